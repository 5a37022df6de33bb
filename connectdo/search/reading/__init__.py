"""What a sentence about a life says exactly, by rules: text in, values out.

"I'm 72 and use a wheelchair, something in the evenings round Brixton way, not another church hall"
says an age, a need, a time, a place and what they would rather not have. Each is said back as a
label that can be taken off. What is not certain is left to the words.

Names and keywords are not read: "The Evening Choir" and "Young at Heart" are searched as typed. Of
those only a postcode and what stands after "near" say where.

Nothing here is kept or logged.
"""

import re
from collections.abc import Collection, Iterator
from itertools import chain

from connectdo.places import Place
from connectdo.search.reading import people, times, where, wishes
from connectdo.search.reading.said import Read, Reading, Unwanted

__all__ = ["LONGEST_SAID", "Read", "Reading", "Unwanted", "read", "speaks_of_somebody"]

LONGEST_SAID = 500
FEWEST_WORDS = 4
SPEAKS_OF_SOMEBODY = re.compile(
    r"\b(?:i|i'?[mdv]e?|i'?ll|my|me|mine|myself|we|we'?[rv]e|our|us|he|he'?s|she|she'?s|his|her|him"
    r"|they|they'?re|their|some ?thing|somthing|anything|somewhere|anywhere|someone|anyone"
    r"|is there|are there|what'?s there|wants?|needs?|would like|looking for)\b",
    re.IGNORECASE,
)
SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\xa0": " "})
ORPHANED = re.compile(r"(?: *[,;] *)*[,;](?: *[,;] *)+|^[ ,;.]+|[ ,;]+$")
JOINED = re.compile(r"\s+(?:and|or|but|on|at|in|for)(?=\s*[,.;!?]|\s*$)", re.IGNORECASE)


def read(text: str, *, left_out: Collection[str] = (), has_place: bool = False) -> Reading:
    """What a text says exactly. What the visitor took off is `left_out`, by its keys: it does not
    count, and its words are not searched for either. A place that they filled in wins."""
    text = text[:LONGEST_SAID]
    plain = text.translate(SAME_LENGTH)
    is_sentence = _is_sentence(plain)
    reads = list(_rules(plain)) if is_sentence else []
    which: tuple[Place, ...] = ()
    if not has_place:
        for told in where.where(plain, in_a_sentence=is_sentence):
            reads += [told.read] if told.read else []
            which = told.shared
    reads = list(_each_once(reads))
    spans = [span for read in reads if not read.keeps_words for span in read.spans]
    in_force = tuple(read for read in reads if read.key not in left_out)
    return Reading(in_force, (_without(text, spans) or text) if spans else text, which)


def speaks_of_somebody(text: str) -> bool:
    """Whether a text may be what somebody says of a life, and no name and no keyword."""
    return bool(SPEAKS_OF_SOMEBODY.search(text[:LONGEST_SAID].translate(SAME_LENGTH)))


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and speaks_of_somebody(text)


def _rules(text: str) -> Iterator[Read]:
    return chain(
        people.access(text),
        people.age(text),
        people.sex(text),
        people.languages(text),
        times.times(text),
        wishes.free(text),
        wishes.unwanted(text),
    )


def _each_once(reads: list[Read]) -> Iterator[Read]:
    """What is said twice is read once, wherever it stands."""
    by_key: dict[str, Read] = {}
    for read in reads:
        before = by_key.get(read.key)
        spans = read.spans if before is None else (*before.spans, *read.spans)
        by_key[read.key] = read._replace(spans=spans)
    yield from by_key.values()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without some of it, and without the commas that are left between nothing."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = " ".join(text.split())
    return ORPHANED.sub(lambda found: ", " if found.start() else "", JOINED.sub("", text)).strip()
