"""What is asked for: the options of a search, from an address or a command line, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, KINDS, NEEDS, TIMES
from connectdo.places import (
    AmbiguousPlace,
    Place,
    UnknownPlace,
    area_names,
    find_place,
    place_at,
)
from connectdo.search.reading import LONGEST_SAID, Reading, read
from connectdo.search.reading.said import Slot
from connectdo.text import one_line, slug

LONGEST_TEXT = 200
# So much of a text is looked at, however much is sent.
MOST_LETTERS = 2_000
MOST_MILES = 500.0
MOST_RESULTS = 1_000
MOST_OFFSET = 1_000_000
MOST_ID = 2**31 - 1
SORTS = {"best": "Best match", "nearest": "Nearest", "soonest": "Soonest"}


class BadQuery(ValueError):
    """Something asked for cannot be used. `option` names it; the message says what to do next."""

    def __init__(self, option: str, message: str, candidates: Sequence[Place] = ()) -> None:
        super().__init__(message)
        self.option = option
        self.candidates = list(candidates)


@dataclass(frozen=True)
class Query:
    """A search. `within` is in miles; `as_of` is a day in London, None for now.

    `matters` is how much each of the interests does, `said` what a person said of themselves, in
    their own words, and how much that does, `when` the days and parts of the day they are free,
    `speaks` the languages besides English that they speak: these only order. `like` is the key of a
    passage (connectdo.search.passages): what means much the same is found as well. `needs`
    decide, as far as it is known. Of the listings that a person has had before, those to
    `leave_out` are not found and those to `mark` are told apart. `reading` is what the text was
    read to say: what it must have is among the `access` and `needs`, where it is near is the place,
    and the rest only orders.
    """

    text: str = ""
    place: Place | None = None
    within: float | None = None
    interests: tuple[str, ...] = ()
    matters: tuple[float, ...] = ()
    said: tuple[tuple[str, float], ...] = ()
    like: int | None = None
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    free: bool = False
    access: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    when: tuple[Slot, ...] = ()
    speaks: tuple[str, ...] = ()
    leave_out: tuple[int, ...] = ()
    mark: tuple[int, ...] = ()
    sort: str = "best"
    as_of: date | None = None
    limit: int = 20
    offset: int = 0
    notes: tuple[str, ...] = field(default=(), compare=False)
    reading: Reading | None = None

    @property
    def words(self) -> str:
        """What is left of the text to be searched for."""
        return self.text if self.reading is None else self.reading.words


OPTIONS = frozenset(
    """text near at within interest day time free access delivery kind area
    as_of limit offset sort leave_out mark not_read""".split()
)


def query_from(options: Mapping[str, object]) -> Query:
    """The query that options of the command line or of a batch describe. Raises BadQuery.

    Options that may be given several times are lists; one value stands for a list of one.
    """
    if unknown := sorted(set(options) - OPTIONS):
        raise BadQuery(unknown[0], f'There is no option "{unknown[0]}".')
    place = _place(options.get("near"), options.get("at"))
    text = one_line(str(options.get("text") or "")[:MOST_LETTERS])[:LONGEST_SAID]
    reading = read(text, left_out=_texts(options.get("not_read")), has_place=place is not None)
    place = place or reading.near
    within = _miles(options.get("within"))
    if within is not None and place is None:
        raise BadQuery("near", "To look within some miles, say near where: a postcode or a town.")
    return Query(
        text=text,
        place=place,
        within=within,
        interests=_texts(options.get("interest")),
        days=_choices("day", options.get("day"), DAYS),
        times=_choices("time", options.get("time"), TIMES),
        free=_flag(options.get("free")),
        access=_with(reading.musts, ACCESS, _choices("access", options.get("access"), ACCESS)),
        delivery=_choices("delivery", options.get("delivery"), DELIVERY),
        kinds=_choices("kind", options.get("kind"), KINDS),
        areas=tuple(_area(name) for name in _texts(options.get("area"))),
        leave_out=_ids("leave_out", options.get("leave_out")),
        mark=_ids("mark", options.get("mark")),
        sort=next(iter(_choices("sort", options.get("sort"), SORTS)), "best"),
        as_of=_day(options.get("as_of")),
        limit=_whole("limit", options.get("limit"), 20, MOST_RESULTS),
        offset=_whole("offset", options.get("offset"), 0, MOST_OFFSET),
        notes=(place.note,) if place and place.note else (),
        needs=_with(reading.musts, NEEDS),
        reading=reading if reading.reads or reading.words != text or reading.which else None,
    )


def _with(
    musts: Sequence[str], known: Mapping[str, str], chosen: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What was chosen, and what of the known must be there too."""
    return tuple(dict.fromkeys((*chosen, *(each for each in musts if each in known))))


def _place(near: object, at: object) -> Place | None:
    if at:
        try:
            latitude, _, longitude = str(at).partition(",")
            return place_at(float(latitude), float(longitude))
        except ValueError as error:
            raise BadQuery(
                "at", "Write a position as latitude,longitude: 51.4525,-0.1017."
            ) from error
    text = one_line(str(near or ""))
    if not text:
        return None
    try:
        return find_place(text)
    except AmbiguousPlace as error:
        raise BadQuery("near", str(error), error.candidates) from error
    except UnknownPlace as error:
        raise BadQuery("near", str(error)) from error


def _miles(value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        miles = float(str(value))
    except ValueError:
        miles = -1.0
    if not 0 < miles <= MOST_MILES:
        raise BadQuery("within", f"Write a number of miles from 1 to {MOST_MILES:.0f}.")
    return miles


def _choices(option: str, value: object, allowed: Mapping[str, str]) -> tuple[str, ...]:
    chosen = [text.lower().replace("-", "_").replace(" ", "_") for text in _texts(value)]
    if option == "day":
        chosen = [text[:3] for text in chosen]
    for text in chosen:
        if text not in allowed:
            raise BadQuery(option, f'"{text[:40]}" is not one of: {", ".join(allowed)}.')
    return tuple(chosen)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    texts = (one_line(str(each))[:LONGEST_TEXT] for each in values if each not in (None, ""))
    return tuple(dict.fromkeys(filter(None, texts)))


def _ids(option: str, value: object) -> tuple[int, ...]:
    """Ids of listings. One that no listing has does no harm."""
    ids = []
    for text in _texts(value):
        if not text.isascii() or not text.isdigit() or int(text[:12]) > MOST_ID:
            raise BadQuery(option, f'"{text[:40]}" is not the number of a listing.')
        ids.append(int(text))
    return tuple(ids)


def _flag(value: object) -> bool:
    return value in (True, 1, "1", "yes", "true", "on")


def _area(name: str) -> str:
    """An area's name as it is written, from its name or slug. One we do not know is kept."""
    known = {slug(each): each for each in area_names()}
    return known.get(slug(name), name)


def _day(value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise BadQuery("as_of", "Write a day like 2026-10-07.") from error


def _whole(option: str, value: object, otherwise: int, most: int) -> int:
    if value in (None, ""):
        return otherwise
    text = str(value)
    if not text.isascii() or not text.isdigit() or int(text[:12]) > most:
        raise BadQuery(option, f"{option} must be a whole number up to {most:,}.")
    return int(text)
