"""The passages that are read for their meaning: a listing as a whole and its sentences, and what
people call interests.

A passage is known by a hash of its text, so what says the same is read once, and what has changed
is another. Pure.
"""

import re
from hashlib import blake2b
from typing import Any

import numpy as np

from connectdo.listings.vocabulary import Concept

KEY = np.dtype("<u8")
# Where one sentence ends and another begins: after a full stop that no title or street needs, at
# the end of a line, before a bullet.
END = re.compile(
    r"(?<![ (.][A-Za-z]\.)(?<!\b(?:St|Mr|Dr|Rd|no|No|eg|ie)\.)(?<!\b(?:Mrs|Ave)\.)(?<=[.!?])"
    r"[\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9£])"
    r"|\s*[\r\n]+\s*[-–*•·]?\s*|\s+[•·]\s+"
)
# Fewer words say too little to answer anything; more than so many sentences are seldom read.
FEWEST_WORDS = 4
MOST_SENTENCES = 10


def passages(listing: Any) -> list[str]:
    """The whole, then the sentences, of a listing or a row with its texts."""
    whole = (listing.name, listing.summary, listing.description, listing.audience)
    return [". ".join(filter(None, map(_trimmed, whole))), *sentences(listing)]


def sentences(listing: Any) -> list[str]:
    """The sentences of what a listing says, in its order, each once."""
    said = (listing.summary, listing.description, listing.audience, listing.first_visit)
    every = (one_line for text in said for one_line in map(_spaced, END.split(text or "")))
    telling = (each for each in every if len(each.split()) >= FEWEST_WORDS)
    return list(dict.fromkeys(telling))[:MOST_SENTENCES]


def key_of(passage: str) -> int:
    """What a passage is known by."""
    return int.from_bytes(blake2b(passage.encode(), digest_size=KEY.itemsize).digest(), "little")


def key_of_whole(listing: Any) -> int:
    """What a listing as a whole is known by."""
    return key_of(passages(listing)[0])


def pack_keys(listing: Any) -> bytes:
    """The keys of a listing's passages, the whole's first."""
    return np.array([key_of(each) for each in passages(listing)], dtype=KEY).tobytes()


def phrases(concept: Concept) -> tuple[str, ...]:
    """What an interest is called, and what people say when it would suit them."""
    return (concept.name, *concept.words, *concept.sayings)


def sentence_of(listing: Any, key: int) -> str | None:
    """The sentence of a listing, as it is now, that a key stands for; None where it has gone."""
    return next((each for each in sentences(listing) if key_of(each) == key), None)


def _trimmed(text: str) -> str:
    return _spaced(text).rstrip(".")


def _spaced(text: str) -> str:
    return " ".join((text or "").split())
