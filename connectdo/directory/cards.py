"""What a list of listings shows of each: a card, the same on every page."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from connectdo.directory.keeping import kept_ids
from connectdo.directory.queries import Row, rows_by_id
from connectdo.listings.choices import DELIVERY, GENDER
from connectdo.listings.rules import is_unchecked
from connectdo.places import Point
from connectdo.search.explaining import Reasons
from connectdo.search.finding import Result
from connectdo.search.quoting import quotes
from connectdo.search.wording import reasons_in_words
from connectdo.wording import listed, moment_in_words, sentence

# What the tags and the line of when and where say is not said again among the reasons.
SAID_WITH_A_VENUE = ("free", "next")
SAID_WITHOUT_ONE = (*SAID_WITH_A_VENUE, "remote")


class Tag(NamedTuple):
    """A few words that stand out on a card; `kind` is one of those of the result_tag macro."""

    text: str
    kind: str = "plain"


class Card(NamedTuple):
    """A listing in words, why it is shown, and whether it is on the visitor's list.

    `by` is who runs it where that is not its own name. `unchecked` is a warning where nobody has
    said for some months that it is still right. `point` is where it is on a map, if anywhere.
    """

    listing_id: int
    name: str
    by: str
    summary: str
    when_and_where: str
    reasons: str
    tags: list[Tag]
    unchecked: str
    kept: bool
    farther: bool
    point: Point | None


def cards(results: Sequence[Result], now: datetime) -> list[Card]:
    """A card for each result whose listing is still there, in the same order.

    `now` is London wall time. Makes one database statement however many results there are, and
    one more for a visitor who has a list, and one where a sentence of a listing is quoted.
    """
    rows = rows_by_id([result.listing_id for result in results])
    kept, said = kept_ids(), quotes(results)
    return [
        _card(rows[result.listing_id], result.reasons, now, kept, said.get(result.listing_id, ""))
        for result in results
        if result.listing_id in rows
    ]


def _card(row: Row, reasons: Reasons, now: datetime, kept: frozenset[int], quote: str) -> Card:
    has_venue = row.venue_id is not None
    said = SAID_WITH_A_VENUE if has_venue else SAID_WITHOUT_ONE
    why = reasons_in_words(reasons, now, quote=quote, leave_out=said)
    when, where = _when(row, reasons, now), _where(row) if has_venue else _ways(row)
    return Card(
        listing_id=row.id,
        name=row.name,
        by=row.organisation if row.organisation and row.organisation != row.name else "",
        summary=row.summary,
        when_and_where=_line([when, where]),
        reasons=sentence(_line(why)),
        tags=_tags(row),
        unchecked=_unchecked(row, now.date()),
        kept=row.id in kept,
        farther=reasons.farther,
        point=_point(row),
    )


def _line(parts: Sequence[str]) -> str:
    return " · ".join(filter(None, parts))


def _when(row: Row, reasons: Reasons, now: datetime) -> str:
    """The next date, else what the listing itself says of its times."""
    if reasons.next is None:
        return row.schedule_words
    moment = moment_in_words(reasons.next, reasons.next_has_time, now)
    return moment if row.kind == "event" else f"Next on {moment}"


def _where(row: Row) -> str:
    """The venue and its postcode, as far as they are known."""
    return ", ".join(filter(None, [row.venue, row.postcode])) or row.address or row.area or ""


def _ways(row: Row) -> str:
    """How it comes to you."""
    ways = [DELIVERY[way] for way in _read(row.delivery) if way != "in_person" and way in DELIVERY]
    return sentence(" or ".join(ways))


@lru_cache(maxsize=1_000)
def _read(kept: str) -> tuple[str, ...]:
    """A list that is kept as JSON."""
    return tuple(json.loads(kept))


def _tags(row: Row) -> list[Tag]:
    """What decides for many people whether to read on."""
    tags = []
    if row.is_free:
        tags.append(Tag("Free", "free"))
    if row.kind == "event":
        tags.append(Tag("Event", "soon"))
    if row.gender in ("women", "men"):
        tags.append(Tag(GENDER[row.gender]))
    if row.booking == "referral":
        tags.append(Tag("You need a referral", "note"))
    languages = _read(row.languages)
    if any(language != "English" for language in languages):
        tags.append(Tag(f"In {listed(languages)}"))
    return tags


def _unchecked(row: Row, today: date) -> str:
    if not is_unchecked(row.confirmed_on, today):
        return ""
    how = "ring before you go" if row.phone else "check before you go"
    return f"Not checked for a while: {how}."


def _point(row: Row) -> Point | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Point(row.latitude, row.longitude)
