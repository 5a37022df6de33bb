"""The model: six layers of BERT in numpy, the mean of what comes out, made one unit long.

Devlin and others, "BERT" (2019); Reimers and Gurevych, "Sentence-BERT" (2019). Every text is read
in float32 and by itself: what stands beside it in a batch changes nothing.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from connectdo.meaning.weights import tokenizer, weights

WIDTH = 384
LAYERS, HEADS = 6, 12
EPSILON = 1e-12
# Texts of much the same length are read together, up to so many pieces of words at once: more
# would not fit in the processor's own memory.
PIECES_AT_ONCE = 512
# No text is longer than so many characters for each piece it may have.
CHARACTERS_A_PIECE = 12
NOT_THERE = np.float32(-1e9)
# erf(x) is x P(x^2) / Q(x^2) within 3e-7 (the float32 erf of Eigen, MPL-2.0); flat beyond 4.
P = (
    *(-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05),
    *(-7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02),
)
Q = (
    *(-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03),
    *(-7.37332916720468e-03, -1.42647390514189e-02),
)

Array = np.ndarray


class Model:
    """Texts in, unit vectors out."""

    def __init__(self) -> None:
        self._tokenizer = tokenizer()
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        kept = weights()
        self._words = kept["embeddings.word_embeddings.weight"]
        self._places = (
            kept["embeddings.position_embeddings.weight"]
            + kept["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _pair(kept, "embeddings.LayerNorm")
        self._layers = [_Layer(kept, f"encoder.layer.{n}") for n in range(LAYERS)]

    def vectors(self, texts: Sequence[str], most: int) -> Array:
        """A unit vector for each text, of its first `most` pieces of words."""
        pieces = [self._pieces(text, most) for text in texts]
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for batch in _batches(pieces):
            found[batch] = self._read([pieces[n] for n in batch])
        return found

    def _pieces(self, text: str, most: int) -> list[int]:
        """The numbers of the pieces of a text, its beginning and end marked."""
        ids: list[int] = self._tokenizer.encode(text[: most * CHARACTERS_A_PIECE]).ids
        return ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]

    def _read(self, pieces: list[list[int]]) -> Array:
        longest = max(map(len, pieces))
        ids = np.array([each + [0] * (longest - len(each)) for each in pieces])
        there = np.array([[n < len(each) for n in range(longest)] for each in pieces])
        state = normed(self._words[ids] + self._places[:longest], *self._norm)
        unseen = np.where(there, np.float32(0), NOT_THERE)[:, None, None, :]
        for layer in self._layers:
            state = layer.next(state, unseen)
        mean = (state * there[:, :, None]).sum(axis=1) / there.sum(axis=1)[:, None]
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


class _Layer:
    """One layer: each piece looks at the others, then thinks by itself."""

    def __init__(self, kept: dict[str, Array], name: str) -> None:
        looks = [_pair(kept, f"{name}.attention.self.{n}") for n in ("query", "key", "value")]
        self._looking = _joined([w for w, _ in looks]).T.copy(), _joined([b for _, b in looks])
        self._seen = _dense(kept, f"{name}.attention.output.dense")
        self._seen_norm = _pair(kept, f"{name}.attention.output.LayerNorm")
        self._wide = _dense(kept, f"{name}.intermediate.dense")
        self._narrow = _dense(kept, f"{name}.output.dense")
        self._norm = _pair(kept, f"{name}.output.LayerNorm")

    def next(self, state: Array, unseen: Array) -> Array:
        texts, length, _ = state.shape
        looking = (state @ self._looking[0] + self._looking[1]).reshape(
            texts, length, 3, HEADS, WIDTH // HEADS
        )
        query, key, value = looking.transpose(2, 0, 3, 1, 4)
        heed = query @ key.swapaxes(2, 3)
        heed *= np.float32((WIDTH // HEADS) ** -0.5)
        heed += unseen
        heed = np.exp(heed - heed.max(axis=3, keepdims=True))
        heed /= heed.sum(axis=3, keepdims=True)
        seen = (heed @ value).transpose(0, 2, 1, 3).reshape(texts, length, WIDTH)
        state = normed(state + seen @ self._seen[0] + self._seen[1], *self._seen_norm)
        thought = gelu(state @ self._wide[0] + self._wide[1])
        return normed(state + thought @ self._narrow[0] + self._narrow[1], *self._norm)


def normed(state: Array, scale: Array, shift: Array) -> Array:
    """Every vector with mean 0 and variance 1, scaled and shifted."""
    state = state - state.mean(axis=-1, keepdims=True)
    variance = np.square(state).mean(axis=-1, keepdims=True)
    state /= np.sqrt(variance + np.float32(EPSILON))
    return state * scale + shift


def gelu(x: Array) -> Array:
    """x times the chance that a normal number is below x."""
    part = erf(x * np.float32(0.5**0.5))
    part += 1
    part *= np.float32(0.5)
    part *= x
    return part


def erf(x: Array) -> Array:
    """The error function, in float32."""
    x = np.clip(x, -4, 4)
    square = x * x
    x *= _polynomial(P, square)
    x /= _polynomial(Q, square)
    return x


def _polynomial(coefficients: Sequence[float], x: Array) -> Array:
    """The highest power first, by Horner's rule."""
    value = np.full_like(x, coefficients[0])
    for each in coefficients[1:]:
        value *= x
        value += np.float32(each)
    return value


def _batches(pieces: list[list[int]]) -> Iterator[list[int]]:
    """The numbers of texts to be read together, the shortest first."""
    batch: list[int] = []
    for n in sorted(range(len(pieces)), key=lambda n: len(pieces[n])):
        if batch and (len(batch) + 1) * len(pieces[n]) > PIECES_AT_ONCE:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _pair(kept: dict[str, Array], name: str) -> tuple[Array, Array]:
    return kept[f"{name}.weight"], kept[f"{name}.bias"]


def _dense(kept: dict[str, Array], name: str) -> tuple[Array, Array]:
    """Turned round, so that it is multiplied from the right."""
    weight, bias = _pair(kept, name)
    return weight.T.copy(), bias


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays)
