"""The tree of interests, and the words and sayings that lead to each. Pure.

A vocabulary is made from the interests in the database, or from the copy that travels with
the search index. Interests are known by their position in it;
`id` is the database's, which stays when others come and go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from connectdo.listings.vocabulary.tokens import JOINING, singular, stem, tokens

SAME = 1.0
CHILD = 0.85
PARENT = 0.5
SIBLING = 0.3


@dataclass(frozen=True)
class Concept:
    """An interest as a value: `words` are other names for it, `sayings` lead to it, and `hints`
    are words that listings about it often use."""

    id: int
    slug: str
    name: str
    parent: str | None
    words: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


# Words that stand at these distances from one another: (distance from the first, stem) of each.
Phrase = tuple[tuple[int, str], ...]


class Span(NamedTuple):
    """Words `start` up to `end` of a text, and the interests they mean.

    `is_name` tells a name for the interest ("choir") from a saying that leads to it.
    """

    start: int
    end: int
    interests: tuple[int, ...]
    is_name: bool


class Vocabulary:
    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = sorted(concepts, key=lambda concept: concept.slug)
        self.position = {concept.slug: n for n, concept in enumerate(self.concepts)}
        self.parent = [self.position.get(concept.parent or "") for concept in self.concepts]
        self.children: list[list[int]] = [[] for _ in self.concepts]
        for child, parent in enumerate(self.parent):
            if parent is not None:
                self.children[parent].append(child)
        self._names = self._phrases(with_sayings=False)
        self._phrases_said = self._phrases(with_sayings=True)
        self._saying = self._interests_saying()
        self._longest = max(map(len, self._phrases_said), default=0)
        self._known = {word for phrase in self._phrases_said for word in phrase}

    def __len__(self) -> int:
        return len(self.concepts)

    def named(self, text: str) -> int | None:
        """The interest that `text`, as a whole, is a name for or the slug of."""
        if text in self.position:
            return self.position[text]
        return next(iter(self._names.get(_key(tokens(text)), ())), None)

    def spans(self, words: Sequence[str], *, said: bool) -> list[Span]:
        """The interests named in a text's words, longest names first, none overlapping.

        With `said`, sayings count too: for what a person types, not for what a listing says.
        """
        phrases = self._phrases_said if said else self._names
        keys = _key(words)
        found: list[Span] = []
        if not any(key in self._known for key in keys):
            return found
        taken = [False] * len(keys)
        for length in range(min(self._longest, len(keys)), 0, -1):
            for start in range(len(keys) - length + 1):
                end = start + length
                interests = phrases.get(keys[start:end])
                if interests and not any(taken[start:end]):
                    taken[start:end] = [True] * length
                    is_name = keys[start:end] in self._names
                    found.append(Span(start, end, interests, is_name))
        return sorted(found, key=lambda span: span.start)

    def knows(self, word: str) -> bool:
        """True for a word that stands in any name or saying."""
        return singular(word) in self._known

    def saying(self, word: str) -> tuple[int, ...]:
        """The interests whose own names have a stem among others."""
        return self._saying.get(word, ())

    def names_of(self, interest: int) -> set[Phrase]:
        """The names of an interest, as they may stand in a text."""
        concept = self.concepts[interest]
        return {_phrase(name) for name in (concept.name, *concept.words)}

    def hints_of(self, interest: int) -> set[Phrase]:
        """The words that hint at an interest and are none of its names."""
        return {_phrase(hint) for hint in self.concepts[interest].hints} - self.names_of(interest)

    def called(self, interests: Iterable[int]) -> tuple[str, ...]:
        """The names of some interests."""
        return tuple(self.concepts[interest].name for interest in interests)

    def spellings(self) -> set[str]:
        """Every word of the names, as it is spelt."""
        return {
            word
            for concept in self.concepts
            for phrase in (concept.name, *concept.words)
            for word in tokens(phrase)
        }

    def with_ancestors(self, interests: Iterable[int]) -> set[int]:
        """The interests given and everything above them."""
        found: set[int] = set()
        for interest in interests:
            node: int | None = interest
            while node is not None:
                found.add(node)
                node = self.parent[node]
        return found

    def with_descendants(self, interest: int) -> set[int]:
        """The interest given and everything below it."""
        found = {interest}
        for child in self.children[interest]:
            found |= self.with_descendants(child)
        return found

    def closeness(self, interest: int) -> dict[int, float]:
        """How well each related interest answers a wish for this one, 0 to 1.

        The same above a child, a child above the parent, the parent above a sibling. Interests
        that only share a top-level heading ("Art and craft") are not related.
        """
        close = dict.fromkeys(self.with_descendants(interest), CHILD)
        close[interest] = SAME
        parent = self.parent[interest]
        if parent is not None and self.parent[parent] is not None:
            close[parent] = PARENT
            for sibling in self.children[parent]:
                close.setdefault(sibling, SIBLING)
        return close

    def as_rows(self) -> list[dict[str, Any]]:
        """The vocabulary as plain values, for keeping beside an index."""
        return [asdict(concept) for concept in self.concepts]

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, Any]]) -> "Vocabulary":
        """The vocabulary that `as_rows` gave."""
        lists = ("words", "sayings", "hints")
        return cls(Concept(**{**row, **{key: tuple(row[key]) for key in lists}}) for row in rows)

    def _interests_saying(self) -> dict[str, tuple[int, ...]]:
        saying: dict[str, tuple[int, ...]] = {}
        for number, concept in enumerate(self.concepts):
            for _, word in _phrase(concept.name):
                saying[word] = (*saying.get(word, ()), number)
        return saying

    def _phrases(self, with_sayings: bool) -> dict[tuple[str, ...], tuple[int, ...]]:
        phrases: dict[tuple[str, ...], tuple[int, ...]] = {}
        for number, concept in enumerate(self.concepts):
            said = concept.sayings if with_sayings else ()
            for phrase in (concept.name, *concept.words, *said):
                key = _key(tokens(phrase))
                if key and number not in phrases.get(key, ()):
                    phrases[key] = (*phrases.get(key, ()), number)
        return phrases


def _phrase(text: str) -> Phrase:
    """The telling words of a name, each as far from the first as there."""
    words = tokens(text)
    telling = [n for n, word in enumerate(words) if word not in JOINING] or range(len(words))
    return tuple((n - telling[0], stem(words[n])) for n in telling)


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(singular(word) for word in words)
