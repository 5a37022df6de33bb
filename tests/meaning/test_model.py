"""The model gives what the published one gives, however texts are put before it."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from connectdo import meaning
from connectdo.meaning import weights
from connectdo.meaning.model import Model, erf, gelu

MOST = 64


@pytest.fixture(scope="module")
def model() -> Model:
    found = meaning.model()
    assert found is not None
    return found


def test_it_gives_the_likenesses_that_are_published(model):
    """From the first page of the documentation of sentence-transformers, of all-MiniLM-L6-v2."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]

    found = model.vectors(texts, MOST)

    published = [[1, 0.6660, 0.1046], [0.6660, 1, 0.1411], [0.1046, 0.1411, 1]]
    np.testing.assert_allclose(found @ found.T, published, atol=1e-4)


def test_what_stands_beside_a_text_changes_nothing(model):
    texts = ["Choir", "A kettle, a chair and people who have lost someone too", "I like a walk"]

    together = model.vectors(texts, MOST)
    alone = np.concatenate([model.vectors([each], MOST) for each in texts])
    turned = model.vectors(texts[::-1], MOST)[::-1]

    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together, turned, atol=1e-5)


def test_the_same_text_is_the_same_vector_and_one_unit_long(model):
    first, again = (
        model.vectors(["my wife passed away"], MOST),
        model.vectors(["my wife passed away"], MOST),
    )

    assert np.array_equal(first, again)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert first.dtype == np.float32


def test_only_the_beginning_of_a_long_text_is_read(model):
    text = "We walk by the river and talk. " * 5_000

    assert np.array_equal(model.vectors([text], 20), model.vectors([text[:240]], 20))


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x01\x1f", "مرحبا بكم", "🎈" * 3_000, "a" * 100_000, "\u202eolleh"]
)
def test_nothing_that_is_typed_is_an_error(model, text):
    found = model.vectors([text], MOST)

    assert np.isfinite(found).all()
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_no_texts_are_no_vectors(model):
    assert model.vectors([], MOST).shape == (0, meaning.WIDTH)


def test_the_error_function_is_near_enough():
    x = np.linspace(-6, 6, 10_001, dtype=np.float32)

    true = np.array([math.erf(each) for each in x.tolist()])

    assert np.abs(erf(x.copy()) - true).max() < 5e-7


def test_what_a_piece_thinks_is_itself_times_a_chance():
    x = np.linspace(-6, 6, 1_001, dtype=np.float32)

    true = [each * (1 + math.erf(each / 2**0.5)) / 2 for each in x.tolist()]

    assert np.abs(gelu(x) - np.array(true)).max() < 3e-6


def test_other_weights_are_refused(monkeypatch, tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    monkeypatch.setattr(weights, "_folder", lambda: tmp_path)

    with pytest.raises(weights.Unreadable, match="not the published ones"):
        weights.weights()


def test_without_the_wheel_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")

    with pytest.raises(weights.Unreadable, match="make setup"):
        weights.weights()
    assert meaning.state(wanted=True) == meaning.NOT_INSTALLED
    assert meaning.state(wanted=False) == meaning.OFF


def test_the_wheel_itself_is_never_imported():
    """It would ask for torch."""
    said = "import sys; from connectdo.meaning import model; model(); print(sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert weights.PACKAGE not in run.stdout
    assert "'torch'" not in run.stdout
