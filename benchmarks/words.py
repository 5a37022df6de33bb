"""Made-up words that look like words: as frequent as real ones are, and their own stems.

A word that stemming or an interest's name would change could be read in one way by our search
and in another by the engines beside it, and the totals would differ. These cannot.
"""

from functools import cache
from random import Random

import numpy as np

from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.vocabulary.tokens import JOINING, singular, stem

HOW_MANY = 30_000
# Words that join others, as often as in real text. Nobody searches for them alone.
COMMONEST = "the and to of in for we you are our or with all is on at from your can be".split()
# Zipf's law with Mandelbrot's shift: the share of the word of rank r is as 1 / (r + SHIFT).
SHIFT = 2.7

STARTS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sp st t tr v w".split()
MIDDLES = "a a e e i i o o u u ai ea ee oa oo ou".split()
ENDS = ["", "", "", "", *"b d g l lm m n nd p r rk rm rn rt st t th x".split()]


@cache
def made_up_words(vocabulary: Vocabulary) -> list[str]:
    """Words that no interest is called by, the same ones every time, commonest first."""
    random = Random(1)
    found: dict[str, None] = {}
    while len(found) < HOW_MANY:
        syllables = random.choice((1, 2, 2, 2, 3))
        word = "".join(_syllable(random) for _ in range(syllables))
        if 4 <= len(word) <= 10 and _is_plain(word, vocabulary):
            found[word] = None
    return list(found)


class Speech:
    """Draws words as often as they would be said: the joining ones, then the made-up ones."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self.made_up = made_up_words(vocabulary)
        words = [*COMMONEST, *self.made_up]
        self._words = np.array(words, dtype=object)
        shares = 1 / (np.arange(len(words)) + SHIFT)
        self._up_to = np.cumsum(shares / shares.sum())
        self._joining = self._up_to[len(COMMONEST) - 1]
        self._chances = np.random.default_rng(seed)

    def text(self, words: int) -> str:
        """That many words of running text."""
        return self._drawn(self._chances.random(words))

    def name(self, words: int) -> str:
        """That many words, none of them joining, as a name has them."""
        chances = self._chances.random(words)
        return self._drawn(self._joining + chances * (1 - self._joining)).title()

    def _drawn(self, chances: np.ndarray) -> str:
        places = np.searchsorted(self._up_to, chances)
        return " ".join(self._words[np.minimum(places, len(self._words) - 1)])


def _syllable(random: Random) -> str:
    return random.choice(STARTS) + random.choice(MIDDLES) + random.choice(ENDS)


def _is_plain(word: str, vocabulary: Vocabulary) -> bool:
    """True for a word of plain letters that stemming and the interests leave alone."""
    known = word in JOINING or vocabulary.knows(word)
    return not known and singular(word) == word and stem(word) == word
