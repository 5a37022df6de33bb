"""A listing -> what is indexed of it. The index holds nothing of people, only of listings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from types import SimpleNamespace
from typing import Any

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from connectdo.listings.choices import DELIVERY
from connectdo.listings.models import (
    AccessAnswer,
    Listing,
    Schedule,
    Venue,
    listing_area,
    listing_interest,
)
from connectdo.listings.queries import times_of
from connectdo.listings.runs import runs
from connectdo.listings.schedules import Times
from connectdo.listings.vocabulary.tokens import stem, tokens
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from connectdo.search.columns import (
    DELIVERY_BIT,
    FACTS,
    NEED_BIT,
    NO_POINT,
    UNKNOWN,
    bits,
    day_number,
    pack_ids,
    pack_runs,
)
from connectdo.search.passages import pack_keys

# Stands between two texts of one field, so that no phrase runs from one into the other.
BREAK = "\x1f"
# What is read of a listing itself, and of its venue.
OWN = (
    Listing.id,
    Listing.kind,
    Listing.name,
    Listing.summary,
    Listing.description,
    Listing.venue_id,
    Listing.delivery,
    Listing.serves_everywhere,
    Listing.residents_only,
    Listing.tags,
    Listing.is_free,
    Listing.audience,
    Listing.languages,
    Listing.first_visit,
    Listing.gender,
    Listing.min_age,
    Listing.max_age,
    Listing.confirmed_on,
)
PLACE = (Venue.name, Venue.address, Venue.latitude, Venue.longitude, Venue.area_id)
LONGEST = 65_535
OLDEST = 120
# The opening of a description counts twice where no summary says what the listing is about.
WORDS_OF_AN_OPENING = 25


@dataclass(frozen=True)
class Document:
    """What the index keeps: stems of three weights, spellings, and packed numbers;
    its passages by their keys.

    `digest` is a hash of all that was read for it, to tell an index that has fallen behind.
    """

    listing_id: int
    digest: int
    heading: list[str]
    summary: list[str]
    body: list[str]
    spellings: list[str]
    facts: bytes
    interests: bytes
    areas: bytes
    runs: bytes
    passages: bytes


def documents(session: Session, ids: list[int], today: date) -> list[Document]:
    """The documents of listings that are there, in a fixed number of statements."""
    return [document(listing, today) for listing in listings_with(session, ids)]


def document(listing: Listing, today: date) -> Document:
    """What is indexed of one listing. Rules with uneven dates are followed from `today`."""
    organisation = listing.organisation.name if listing.organisation else ""
    venue = listing.venue
    heading = _words(listing.name, *listing.tags)
    summary = _words(organisation if organisation != listing.name else "", listing.summary)
    body = _words(
        listing.description,
        "" if listing.summary else " ".join(listing.description.split()[:WORDS_OF_AN_OPENING]),
        listing.audience,
        listing.first_visit,
        " ".join(listing.languages),
        *((venue.name, venue.address, venue.area.name if venue.area else "") if venue else ()),
        *(area.name for area in listing.serves),
        *(DELIVERY[way] for way in listing.delivery if way != "in_person"),
    )
    times = [times_of(schedule) for schedule in listing.schedules]
    interests = pack_ids(interest.id for interest in listing.interests)
    areas = pack_ids(area.id for area in listing.serves)
    facts = _facts(listing, len(heading), len(summary), len(body))
    passages = pack_keys(listing)
    packed = facts.tobytes(), interests, areas, passages
    digest = _digest((heading, summary, body), times, *packed)
    facts["digest"] = digest
    return Document(
        listing_id=listing.id,
        digest=digest,
        heading=[stem(word) for word in heading],
        summary=[stem(word) for word in summary],
        body=[stem(word) for word in body],
        spellings=sorted({word for word in (*heading, *summary) if word != BREAK}),
        facts=facts.tobytes(),
        interests=interests,
        areas=areas,
        runs=pack_runs(run for each in times for run in runs(each, today)),
        passages=passages,
    )


def listings_with(session: Session, ids: list[int]) -> Iterator[Any]:
    """Listings as `document` reads them, of plain rows: they cost a third of what objects that
    follow their changes do."""
    query = (
        select(*OWN, *PLACE, Organisation.name, Area.name)
        .outerjoin(Organisation, Listing.organisation_id == Organisation.id)
        .outerjoin(Venue, Listing.venue_id == Venue.id)
        .outerjoin(Area, Venue.area_id == Area.id)
        .where(Listing.id.in_(ids))
        .order_by(Listing.id)
    )
    carried = listing_interest.c
    interests = select(carried.listing_id, carried.interest_id.label("id"))
    areas = (
        select(listing_area.c.listing_id, Area.id, Area.name)
        .join(Area, listing_area.c.area_id == Area.id)
        .order_by(Area.name)
    )
    belongings = {
        "interests": _by_listing(session, interests, ids),
        "serves": _by_listing(session, areas, ids),
        "schedules": _by_listing(session, select(*Schedule.__table__.c).order_by(Schedule.id), ids),
        "access": _by_listing(session, select(*AccessAnswer.__table__.c), ids),
    }
    for row in session.execute(query):
        own, place = _named(OWN, row), _named(PLACE, row[len(OWN) :])
        organisation, area = row[-2:]
        place.area = SimpleNamespace(name=area) if area else None
        own.organisation = SimpleNamespace(name=organisation) if organisation else None
        own.venue = place if own.venue_id else None
        for name, rows in belongings.items():
            setattr(own, name, rows.get(own.id, ()))
        yield own


def _named(columns: tuple[Any, ...], values: Iterable[Any]) -> SimpleNamespace:
    return SimpleNamespace(**dict(zip((each.key for each in columns), values, strict=False)))


def _by_listing(session: Session, query: Select[Any], ids: list[int]) -> dict[int, list[Any]]:
    """The rows of a query, whose first column is a listing's id, by listing."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    (owner,) = (column for column in query.selected_columns if column.name == "listing_id")
    for row in session.execute(query.where(owner.in_(ids))):
        found[row.listing_id].append(row)
    return found


def _digest(texts: Iterable[list[str]], times: list[Times], *packed: bytes) -> int:
    """Sets of dates are put in order: theirs is another one in every process."""
    dates = [
        (each.starts_on, each.starts_at, each.minutes, each.recurrence)
        + tuple(map(sorted, (each.dates, each.skip_dates, each.cancelled_dates)))
        for each in times
    ]
    said = "\n".join(map(" ".join, texts))
    hashed = blake2b(f"{said}\n{dates}\n{packed}".encode(), digest_size=8)
    return int.from_bytes(hashed.digest(), "little")


def _words(*texts: str) -> list[str]:
    words: list[str] = []
    for text in filter(None, texts):
        words += tokens(text)
        words.append(BREAK)
    return words[:-1]


def _answers(listing: Listing) -> dict[str, bool]:
    """What people may need that the listing says yes or no to."""
    answers = {answer.feature: answer.present for answer in listing.access}
    if listing.is_free is not None:
        answers["free"] = listing.is_free
    if listing.gender in ("women", "men"):
        answers |= {"women_only": listing.gender == "women", "men_only": listing.gender == "men"}
    return answers


def _facts(listing: Listing, heading: int, summary: int, body: int) -> np.ndarray:
    """One record; the lengths of the texts are in words."""
    venue = listing.venue
    placed = venue is not None and venue.latitude is not None and venue.longitude is not None
    answers = _answers(listing)
    values = {
        "listing": listing.id,
        "digest": 0,
        "latitude": venue.latitude if venue and placed else NO_POINT,
        "longitude": venue.longitude if venue and placed else NO_POINT,
        "area": venue.area_id if venue and venue.area_id else UNKNOWN,
        "confirmed": day_number(listing.confirmed_on) if listing.confirmed_on else UNKNOWN,
        "access_yes": bits((need for need, answer in answers.items() if answer), NEED_BIT),
        "access_no": bits((need for need, answer in answers.items() if not answer), NEED_BIT),
        "heading_length": min(heading, LONGEST),
        "summary_length": min(summary, LONGEST),
        "body_length": min(body, LONGEST),
        "delivery": bits(listing.delivery, DELIVERY_BIT),
        "is_event": listing.kind == "event",
        "is_free": UNKNOWN if listing.is_free is None else listing.is_free,
        "youngest": UNKNOWN if listing.min_age is None else min(listing.min_age, OLDEST),
        "oldest": UNKNOWN if listing.max_age is None else min(listing.max_age, OLDEST),
        "residents_only": listing.residents_only,
        "serves_everywhere": listing.serves_everywhere,
    }
    return np.array([tuple(values[name] for name in FACTS.names or ())], dtype=FACTS)
