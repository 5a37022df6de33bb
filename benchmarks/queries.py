"""Two hundred questions, like those that a directory is asked: the same ones every time.

What a question means is handed to the other engines worked out: the words that tell something,
the interests they name and the filters. Only our search reads the typed text itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from benchmarks.corpus import Corpus
from benchmarks.tree import TOWNS, vocabulary
from benchmarks.words import made_up_words
from connectdo.listings.choices import DAYS
from connectdo.listings.vocabulary import CHILD, SAME
from connectdo.listings.vocabulary.tokens import JOINING, stem, tokens
from connectdo.places import Place, Point
from connectdo.search.query import Query

HOW_MANY = 200
KILOMETRES_A_MILE = 1.609344
RADII = (2, 5, 20)
# The first words by frequency are common, those after them middling, the last ones rare.
COMMON, MIDDLING = 300, 3_000
KINDS = ("word", "word", "words", "words", "phrase", "name", "name and word", "interest")
NEEDS = ("step_free", "accessible_toilet", "hearing_loop", "quiet", "parking")


@dataclass(frozen=True)
class Part:
    """A word of the text, or the words that name an interest: (place in the text, stem) of each.

    `meant` is how near each interest that answers it is to the one named, 0 to 1.
    """

    words: tuple[tuple[int, str], ...]
    meant: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question: as our search is asked, and what its text and its interests mean.

    A listing answers when it holds any word of any part or carries an interest meant. Of each
    interest asked for by name, `interests` has it first and then all those below it. No question
    of the mix has both.
    """

    query: Query
    parts: tuple[Part, ...]
    interests: tuple[tuple[int, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the text that tells something, each once."""
        return tuple(dict.fromkeys(word for part in self.parts for _, word in part.words))

    @property
    def closeness(self) -> dict[int, float]:
        """Every interest that answers, meant or asked for by name: how near it is, 0 to 1."""
        close = dict(pair for part in self.parts for pair in part.meant)
        for first, *below in self.interests:
            close |= {first: SAME} | {each: max(CHILD, close.get(each, 0)) for each in below}
        return close

    def __str__(self) -> str:
        query = self.query
        place = query.place.point if query.place else None
        return (
            f'"{query.text}" {" ".join(query.interests)} at {place} within {query.within} miles, '
            f"days {query.days}, access {query.access}, free {query.free}"
        )


def asked_of(corpus: Corpus, how_many: int = HOW_MANY) -> list[Asked]:
    """The questions. Their words are taken from listings, so that each is somewhere."""
    mix = _Mix(corpus)
    return [mix.asked(number) for number in range(how_many)]


class _Mix:
    def __init__(self, corpus: Corpus) -> None:
        self.random = Random(2)
        rank = {word: n for n, word in enumerate(made_up_words(vocabulary()))}
        step = max(1, corpus.size // 400)
        bodies = [body.split(" ") for n, (_, _, body) in enumerate(corpus.texts()) if n % step == 0]
        here = {word for body in bodies for word in body if word in rank}
        ranked = sorted(here, key=rank.__getitem__)
        self.bands = [
            [word for word in ranked if rank[word] < COMMON],
            [word for word in ranked if COMMON <= rank[word] < MIDDLING],
            [word for word in ranked if rank[word] >= MIDDLING],
        ]
        self.phrases = [pair for body in bodies for pair in _pairs(body, rank)]
        self.interests = sorted(set(corpus.interests.numbers.tolist()))
        self.names = [n for n in self.interests if _names_itself(n)]

    def asked(self, number: int) -> Asked:
        kind = KINDS[number % len(KINDS)]
        words, named, wanted = [], [], []
        if kind == "word":
            words = [self._word()]
        elif kind == "words":
            words = list(dict.fromkeys(self._word() for _ in range(self.random.randint(2, 4))))
        elif kind == "phrase":
            words = list(self.random.choice(self.phrases))
        elif kind == "interest":
            wanted = self.random.sample(self.interests, self.random.choice((1, 1, 2)))
        else:
            named = [self.random.choice(self.names)]
            words = [self._word()] if kind == "name and word" else []
        return self._question(words, named, wanted, number // len(KINDS))

    def _word(self) -> str:
        return self.random.choice(self.random.choice(self.bands))

    def _question(self, words: list[str], named: list[int], wanted: list[int], turn: int) -> Asked:
        tree, random = vocabulary(), self.random
        texts = [tree.concepts[n].name.lower() for n in named] + words
        place = self._place() if turn % 8 != 7 else None
        radius = RADII[turn % 4] if place and turn % 4 < 3 else None
        query = Query(
            text=" ".join(texts),
            place=place,
            within=radius and radius / KILOMETRES_A_MILE,
            interests=tuple(tree.concepts[n].slug for n in wanted),
            days=tuple(random.sample(list(DAYS), 2)) if random.random() < 0.25 else (),
            access=tuple(random.sample(NEEDS, 1)) if random.random() < 0.2 else (),
            free=random.random() < 0.1,
        )
        below = [[n, *sorted(tree.with_descendants(n) - {n})] for n in wanted]
        return Asked(query, tuple(_parts(texts, named)), tuple(map(tuple, below)))

    def _place(self) -> Place:
        """Somewhere in a town; a bigger town more often."""
        town = self.random.choices(TOWNS, [town.people for town in TOWNS])[0]
        north, east = self.random.gauss(0, 0.03), self.random.gauss(0, 0.05)
        point = Point(town.latitude + north, town.longitude + east)
        return Place(town.area, "point", point, town.area)


def _parts(texts: list[str], named: list[int]) -> Iterator[Part]:
    place = 0
    for text, interest in zip(texts, [*named, *[None] * len(texts)], strict=False):
        words = tokens(text)
        close = {} if interest is None else vocabulary().closeness(interest)
        telling = [
            (place + n, stem(word))
            for n, word in enumerate(words)
            if word not in JOINING or len(words) == 1
        ]
        yield Part(tuple(telling), tuple(sorted(close.items())))
        place += len(words)


def _pairs(words: list[str], rank: dict[str, int]) -> list[tuple[str, str]]:
    """Words that stand together, neither of them joining."""
    return [(a, b) for a, b in pairwise(words) if a in rank and b in rank and a != b]


def _names_itself(interest: int) -> bool:
    """True where the whole name is read as this interest and no other."""
    words = tokens(vocabulary().concepts[interest].name)
    spans = vocabulary().spans(words, said=True)
    return [(span.end - span.start, span.interests) for span in spans] == [
        (len(words), (interest,))
    ]
