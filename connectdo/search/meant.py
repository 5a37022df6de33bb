"""What was typed -> its vector. The last few are remembered by this process, in memory alone."""

import re
from functools import lru_cache

import numpy as np

from connectdo.meaning import model

# Longer than people write; a sentence of so many pieces takes three times what a usual one does.
MOST_PIECES = 64
REMEMBERED = 256
LATIN = re.compile("[A-Za-z]")


def vector_of(text: str) -> np.ndarray | None:
    """The unit vector of a text, None where it is nothing for the model, which reads English."""
    letters = sum(each.isalpha() for each in text)
    if 2 * len(LATIN.findall(text)) <= letters or not letters:
        return None
    return _read(" ".join(text.casefold().split()))


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> np.ndarray | None:
    reader = model()
    return None if reader is None else reader.vectors([text], MOST_PIECES)[0]
