"""What a sentence says exactly, as values."""

from dataclasses import dataclass
from typing import NamedTuple

from connectdo.places import Place

# A day and a part of the day; either may be empty for any.
Slot = tuple[str, str]


class Unwanted(NamedTuple):
    """What somebody would rather not have: interests by their slugs, words, ways of delivery."""

    interests: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


class Read(NamedTuple):
    """One thing that was read. It orders what is found; only a `must` decides, and `near` says
    where from.

    `key` is how addresses name it, `label` how it is said back, `spans` where it stands in the
    text. Words that say more than that (`keeps_words`) are searched for as well.
    """

    key: str
    label: str
    spans: tuple[tuple[int, int], ...]
    keeps_words: bool = False
    must: str = ""
    like: str = ""
    when: tuple[Slot, ...] = ()
    speaks: str = ""
    age: int = 0
    sex: str = ""
    unwanted: Unwanted | None = None
    near: Place | None = None


@dataclass(frozen=True)
class Reading:
    """All that was read of a text, and the words that are left to search for.

    `which` are the places that one was named after; nobody knows which of them was meant.
    """

    reads: tuple[Read, ...] = ()
    words: str = ""
    which: tuple[Place, ...] = ()

    @property
    def near(self) -> Place | None:
        return next((read.near for read in self.reads if read.near), None)

    @property
    def musts(self) -> tuple[str, ...]:
        return tuple(read.must for read in self.reads if read.must)

    @property
    def likes(self) -> tuple[str, ...]:
        return tuple(read.like for read in self.reads if read.like)

    @property
    def when(self) -> tuple[Slot, ...]:
        return tuple(slot for read in self.reads for slot in read.when)

    @property
    def speaks(self) -> tuple[str, ...]:
        return tuple(read.speaks for read in self.reads if read.speaks)

    @property
    def age(self) -> int:
        return next((read.age for read in self.reads if read.age), 0)

    @property
    def sex(self) -> str:
        return next((read.sex for read in self.reads if read.sex), "")

    @property
    def unwanted(self) -> tuple[Unwanted, ...]:
        return tuple(read.unwanted for read in self.reads if read.unwanted)
