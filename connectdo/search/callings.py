"""Which interests mean much the same as what was typed, by what people call them."""

import numpy as np

from connectdo.listings.vocabulary import Vocabulary
from connectdo.search.passages import KEY, key_of, phrases
from connectdo.search.vectors import Vectors


class Callings:
    """The phrases of a vocabulary with their vectors, as far as they have been read."""

    def __init__(self, vocabulary: Vocabulary, vectors: Vectors) -> None:
        self.vocabulary = vocabulary
        self.texts = [each for concept in vocabulary.concepts for each in phrases(concept)]
        counts = [len(phrases(concept)) for concept in vocabulary.concepts]
        self._owners = np.repeat(np.arange(len(counts)), counts)
        self.keys = np.array([key_of(each) for each in self.texts], dtype=KEY)
        rows = vectors.rows(self.keys)
        self.are_read = bool((rows >= 0).all())
        # They are few, and every sentence asks for them.
        self._unpacked = vectors.unpacked(rows)

    def closeness(self, vector: np.ndarray) -> np.ndarray:
        """How close each interest is to a unit vector, by its closest phrase, never below 0; the
        last is no interest."""
        close = np.zeros(len(self.vocabulary) + 1, dtype=np.float32)
        if len(self.keys):
            np.maximum.at(close, self._owners, self._unpacked @ vector)
        return close
