"""Place names as people type them, made alike. Pure.

"St. Helens", "saint helens" and "St Helens" are one key; so are "King's Lynn" and
"kings lynn". A text may also say where: "Brixton, Lambeth" or "brixton lambeth".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`]")
WORD = re.compile(r"[^\W_]+")
# "Weston" stands for "Weston-super-Mare", "Newcastle" for "Newcastle upon Tyne".
JOINED = re.compile(r"(.+?) (?:upon|on|under|super|le|in|by|next) .+")
WHOLE_COUNTRY = frozenset({"uk", "united kingdom", "great britain", "gb", "britain", "england"})


def search_key(name: str) -> str:
    """The name in small letters without accents, punctuation or a leading "the"."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = WORD.findall(APOSTROPHES.sub("", plain).replace("&", " and "))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join("st" if word == "saint" else word for word in words)


def short_keys(name: str, other_names: Iterable[str]) -> set[str]:
    """Keys of the shorter names a place goes by, each a part of its full name."""
    key = search_key(name)
    words = set(key.split())
    short = {search_key(other) for other in other_names}
    joined = JOINED.fullmatch(key)
    if joined:
        short.add(joined[1])
    return {other for other in short if other and set(other.split()) < words}


def readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ways to read a text as (key of the name, keys of where it is), the likeliest first.

    Where-keys are alternatives: one that fits is enough.
    """
    yield search_key(text), ()
    name, comma, rest = text.partition(",")
    if comma:
        parts = [search_key(part) for part in rest.split(",")]
        yield search_key(name), tuple(p for p in parts if p and p not in WHOLE_COUNTRY)
        return
    words = search_key(text).split()
    for size in range(len(words) - 1, 0, -1):
        yield " ".join(words[:size]), (" ".join(words[size:]),)
