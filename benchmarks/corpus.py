"""The listings that every engine is given: one pass over the made-up ones, kept in a folder.

The pass writes our own index, as the site would (`documents.document`, `index.rebuild`), and
beside it the same stems as lines of text and the same numbers as arrays, for the others. So all
of them hold the very same words, and totals can be compared to the last listing.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.made_up import TODAY, Author
from benchmarks.tree import TOWNS, vocabulary
from connectdo.progress import Progress
from connectdo.search import index
from connectdo.search.columns import FACTS, IDS
from connectdo.search.documents import Document, document

NO_DATE = -1
TEXTS = ("heading", "summary", "body")


@dataclass(frozen=True)
class Pairs:
    """(document, number) pairs, by document: interests carried, or areas served."""

    documents: np.ndarray
    numbers: np.ndarray

    def of(self, number: int) -> np.ndarray:
        """The documents that have a number."""
        return self.documents[self.numbers == number]


@dataclass(frozen=True)
class Corpus:
    """Document n is listing n + 1. Interests are positions in the vocabulary, areas ids.

    `soonest` is the next date in minutes since 1970, or NO_DATE; `slots` as in `made_up`.
    """

    folder: Path
    facts: np.ndarray
    interests: Pairs
    serves: Pairs
    soonest: np.ndarray
    slots: np.ndarray

    @property
    def size(self) -> int:
        return len(self.facts)

    @property
    def index_folder(self) -> Path:
        return self.folder / "index"

    def texts(self) -> Iterator[list[str]]:
        """The stems of each listing's heading, summary and body, parted by spaces."""
        with (self.folder / "texts.tsv").open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")

    def interest_terms(self) -> Iterator[str]:
        """The interests that each listing carries itself, as words: "i12 i40"."""
        carried = np.split(
            self.interests.numbers,
            np.searchsorted(self.interests.documents, np.arange(1, self.size)),
        )
        return (" ".join(f"i{number}" for number in numbers) for numbers in carried)

    def with_above(self) -> Pairs:
        """The interests of each listing and all those above them, each once."""
        tree = vocabulary()
        span = len(tree)
        above = [np.array(sorted(tree.with_ancestors([n]))) for n in range(span)]
        counts = np.array([len(each) for each in above])[self.interests.numbers]
        documents = np.repeat(self.interests.documents, counts)
        numbers = np.concatenate([above[n] for n in self.interests.numbers])
        pairs = np.unique(documents * span + numbers)
        return Pairs(pairs // span, pairs % span)

    def with_homes(self) -> Pairs:
        """The areas each listing serves and the one it is in, each once."""
        span = len(TOWNS) + 1
        placed = np.flatnonzero(self.facts["area"] > 0)
        documents = np.concatenate([placed, self.serves.documents])
        areas = np.concatenate([self.facts["area"][placed], self.serves.numbers])
        pairs = np.unique(documents * span + areas)
        return Pairs(pairs // span, pairs % span)


def corpus_of(folder: Path, size: int, progress: Progress) -> Corpus:
    """A corpus of that many listings, made under `folder` if it is not there from before."""
    place = folder / f"{size}-of-format-{index.FORMAT}"
    if not (place / "numbers.npz").exists():
        place.mkdir(parents=True, exist_ok=True)
        _make(place, size, progress)
    with np.load(place / "numbers.npz") as kept:
        return Corpus(
            folder=place,
            facts=kept["facts"],
            interests=Pairs(kept["interest_documents"], kept["interest_numbers"]),
            serves=Pairs(kept["serves_documents"], kept["serves_numbers"]),
            soonest=kept["soonest"],
            slots=kept["slots"],
        )


@dataclass
class _Notes:
    """What is kept of each listing for the others, as documents go by on their way to ours."""

    facts: bytearray = field(default_factory=bytearray)
    interest_documents: "array[int]" = field(default_factory=lambda: array("q"))
    interest_numbers: "array[int]" = field(default_factory=lambda: array("q"))
    serves_documents: "array[int]" = field(default_factory=lambda: array("q"))
    serves_numbers: "array[int]" = field(default_factory=lambda: array("q"))
    soonest: "array[int]" = field(default_factory=lambda: array("q"))
    slots: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, document: Document, soonest: int | None, slots: int) -> None:
        number = len(self.soonest)
        self.facts += document.facts
        interests = np.frombuffer(document.interests, IDS) - 1
        areas = np.frombuffer(document.areas, IDS)
        self.interest_documents.extend([number] * len(interests))
        self.interest_numbers.extend(interests.tolist())
        self.serves_documents.extend([number] * len(areas))
        self.serves_numbers.extend(areas.tolist())
        self.soonest.append(NO_DATE if soonest is None else soonest)
        self.slots.append(slots)


def _make(folder: Path, size: int, progress: Progress) -> None:
    notes = _Notes()
    areas = {number: town.area for number, town in enumerate(TOWNS, 1)}
    state = index.State("benchmark", 1, vocabulary().as_rows(), areas)

    def documents() -> Iterator[Document]:
        for made_up in Author().listings(size):
            made = document(made_up.listing, TODAY)
            notes.add(made, made_up.soonest, made_up.slots)
            texts.write("\t".join(" ".join(getattr(made, name)) for name in TEXTS) + "\n")
            step(1)
            yield made

    with (
        (folder / "texts.tsv").open("w", encoding="utf-8", newline="\n") as texts,
        progress(f"Writing {size:,} listings and our index", size) as step,
    ):
        index.rebuild(folder / "index", state, documents())
    numbers: dict[str, Any] = {name: np.array(values) for name, values in vars(notes).items()}
    numbers["facts"] = np.frombuffer(notes.facts, FACTS)
    # The file of numbers is the last, so that it tells whether everything is there.
    np.savez(folder / "numbers.npz", **numbers)
