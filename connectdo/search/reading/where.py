"""Where somebody is or wants to go: "near SE24", "round Brixton way", "in Hackney".

Only places that we know ourselves, and only where the words can mean nothing else: a name that
several places share is asked about and never chosen for them.
"""

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from connectdo.places import AmbiguousPlace, Place, boundary_areas, known_place
from connectdo.search.reading.said import Read

POSTCODE = re.compile(
    r"\b(?:(?:near|in|round|around|at|by|from) )?"
    r"(?P<place>[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2})\b",
    re.IGNORECASE,
)
# After these a place is said, whatever its letters; after "in" it may be any word.
SURE = r"near(?:by)?(?: to)?|round|around|close to|not far from|over in|live in|living in|based in"
SURE += r"|live near|moved (?:here )?to|moved into|staying in"
WORD = r"[^\W\d_](?:[^\W\d_]|['.-])*"
NAME = rf"{WORD}(?: {WORD}){{0,3}}"
OUTCODE = r"[A-Za-z]{1,2}\d[A-Za-z\d]?\b(?! ?\d[A-Za-z]{2}\b)"
SAID_SURELY = re.compile(rf"\b(?:{SURE}) (?P<place>{OUTCODE}|{NAME})", re.IGNORECASE)
SAID_WITH_IN = re.compile(rf"\b(?:in|by|at) (?P<place>{OUTCODE}|{NAME})", re.IGNORECASE)
ITS_WAY = re.compile(
    rf"\b(?:(?:round|over|up|down|out|from) )?(?P<place>{WORD}(?: {WORD})?) way\b", re.IGNORECASE
)
NEAR = re.compile(rf"\bnear (?P<place>{OUTCODE}|{NAME})", re.IGNORECASE)
MOST_LOOKED_AT = 8
MOST_WORDS = 3
AS_NAMED = re.compile(r"[A-Z]")

# Where they were once, or somebody else is.
ELSEWHERE = re.compile(
    r"\b(?:grew up|born|raised|brought up|back home|used to live|lived|came|come|from|died|buried"
    r"|holidays?|stationed|served|fought)(?: (?:here|over|back|there))*$"
    r"|\b(?:famil(?:y|ies)|kids|children|grand(?:children|kids)|daughters?|sons?|brothers?|sisters?"
    r"|friends?|ex)\b[^.,;]{0,20} (?:lives?|living|is|are|moved)(?: (?:away|over|out))*$",
    re.IGNORECASE,
)
# Places whose names are ordinary words, where they are not written as names; and months always.
ORDINARY = frozenset(
    """ash banks bath battle beer bow box bridge bury chard church city clive deal diss dollar eye
    forth grain grove hay heather hill hillside hook hope hull hurst law lea leek locking lynn mark
    mold newton oval over par pool quarter rake reading ridge rock rode rugby rye sale sandwich
    sandy scone send settle stable steep stock stone street valley wales wall ware wells wing wool
    worth wye borough central""".split()
)
NEVER = frozenset(
    """january february march april may june july august september october november december the a
    an my our your his her their this that me us you here there and or of on if i we it time bed
    england scotland britain wales uk ireland to for but because who which is are was were am with
    from at by in so as not no be do have has had get feel know want need""".split()
)


class Told(NamedTuple):
    """What was found to be a place, or else the places that share the name."""

    read: Read | None = None
    shared: tuple[Place, ...] = ()


def where(text: str, *, in_a_sentence: bool) -> Iterator[Told]:
    """The place that a text names. Of two, nobody knows which one they would go to.

    Where it is no sentence, a postcode and what comes after "near" are read and nothing else.
    """
    told = list(_told(text, in_a_sentence=in_a_sentence))
    places = {each.read.near.name: each for each in told if each.read and each.read.near}
    if len(places) == 1:
        yield from places.values()
    elif not places and (shared := [each for each in told if each.shared]):
        yield shared[0]


def _told(text: str, *, in_a_sentence: bool) -> Iterator[Told]:
    for found in islice(POSTCODE.finditer(text), MOST_LOOKED_AT):
        yield from _looked_up(found["place"], found.start(), found.end("place"))
    rules = (SAID_SURELY, SAID_WITH_IN, ITS_WAY) if in_a_sentence else (NEAR,)
    for rule in rules:
        for found in islice(rule.finditer(text), MOST_LOOKED_AT):
            if not ELSEWHERE.search(text[max(0, found.start() - 40) : found.start()].rstrip()):
                yield from _longest(found, is_its_way=rule is ITS_WAY)


def _longest(found: re.Match[str], *, is_its_way: bool) -> Iterator[Told]:
    """The place of the most words, from the first one on, that there is."""
    words = list(takewhile(_may_be_named, found["place"].split(" ")[:MOST_WORDS]))
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size]).rstrip(".'-")
        ordinary = size == 1 and name.casefold() in ORDINARY
        if ordinary and not AS_NAMED.match(name):
            continue
        start = found.start("place")
        end = found.end() if is_its_way else start + len(name)
        told = list(_looked_up(name, found.start(), end))
        if told:
            yield from told
            return


def _may_be_named(word: str) -> bool:
    return word.casefold().strip(".'") not in NEVER


def _looked_up(name: str, start: int, end: int) -> Iterator[Told]:
    try:
        place = known_place(name)
    except AmbiguousPlace as several:
        yield _among_ours(several.candidates, start, end)
        return
    if place is not None:
        yield Told(_read(place, start, end))


def _among_ours(candidates: list[Place], start: int, end: int) -> Told:
    """Of places that share a name the one that this directory is for, if there is one: there is
    a Brixton in Devon, but nobody in Devon asks here."""
    ours = {area.name for area in boundary_areas()}
    here = [place for place in candidates if place.area in ours]
    if len(here) == 1:
        return Told(_read(here[0], start, end))
    return Told(shared=tuple(here or candidates))


def _read(place: Place, start: int, end: int) -> Read:
    return Read("near", f"near {place.name}", ((start, end),), near=place)
