"""The charities that people have tagged, and the questions that their tags make."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELLED = Path("directory/ukcat_charities_labelled_a.jsonl")
TAG_NAMES = Path("taxonomies/ukcat/ukcat.csv")
FEWEST_CARRIERS = 10


@dataclass(frozen=True)
class Charity:
    """All that an engine is given of a charity: its tags are not part of it."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Question:
    """A tag's name as a search, and the ids of the charities that carry the tag."""

    text: str
    answers: frozenset[str]


def read_charities(folder: Path, *, with_objects: bool = False) -> list[Charity]:
    """Each charity once, with what it says it does and, if asked, its legal objects after that."""
    charities = {}
    for row in _rows(folder):
        texts = (row["description"], row["extra"]["objects"] if with_objects else "")
        charities[row["id"]] = Charity(row["id"], row["name"], "\n".join(filter(None, texts)))
    return [charities[each] for each in sorted(charities)]


def read_questions(folder: Path) -> list[Question]:
    """A question for each tag that enough charities carry, in the order of the tags' codes.

    Some charities were tagged by two people. They carry what either of them said.
    """
    carriers: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder):
        for code in row["tags"]:
            carriers[code].add(row["id"])
    with (folder / TAG_NAMES).open(encoding="utf-8", newline="") as file:
        names = {row["Code"]: row["tag"] for row in csv.DictReader(file)}
    return [
        Question(names[code], frozenset(ids))
        for code, ids in sorted(carriers.items())
        if len(ids) >= FEWEST_CARRIERS
    ]


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / LABELLED).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
