"""A listing -> what is indexed of it. The index holds nothing of people, only of listings."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from connectdo.listings.choices import DELIVERY
from connectdo.listings.models import Interest, Listing, Venue
from connectdo.listings.queries import times_of
from connectdo.listings.runs import runs
from connectdo.listings.vocabulary.tokens import stem, tokens
from connectdo.search.columns import (
    ACCESS_BIT,
    DELIVERY_BIT,
    FACTS,
    NO_POINT,
    UNKNOWN,
    bits,
    day_number,
    pack_ids,
    pack_runs,
)

# Stands between two texts of one field, so that no phrase runs from one into the other.
BREAK = "\x1f"


@dataclass(frozen=True)
class Document:
    """What the index keeps: stems of three weights, spellings, and packed numbers.

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


def documents(session: Session, ids: list[int], today: date) -> list[Document]:
    """The documents of listings that are there, in a fixed number of statements."""
    query = (
        select(Listing)
        .where(Listing.id.in_(ids))
        .options(
            joinedload(Listing.organisation),
            joinedload(Listing.venue).joinedload(Venue.area),
            selectinload(Listing.interests).joinedload(Interest.parent),
            selectinload(Listing.serves),
            selectinload(Listing.schedules),
            selectinload(Listing.access),
        )
        .order_by(Listing.id)
    )
    return [document(listing, today) for listing in session.scalars(query).unique()]


def document(listing: Listing, today: date) -> Document:
    """What is indexed of one listing. Rules with uneven dates are followed from `today`."""
    organisation = listing.organisation.name if listing.organisation else ""
    venue = listing.venue
    heading = _words(listing.name, *(i.name for i in listing.interests), *listing.tags)
    summary = _words(organisation, listing.summary)
    body = _words(
        listing.description,
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
    digest = _digest(heading, summary, body, facts.tobytes(), interests, areas, times)
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
    )


def _digest(*parts: object) -> int:
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "little")


def _words(*texts: str) -> list[str]:
    words: list[str] = []
    for text in filter(None, texts):
        words += tokens(text)
        words.append(BREAK)
    return words[:-1]


def _facts(listing: Listing, heading: int, summary: int, body: int) -> np.ndarray:
    """One record; the lengths of the texts are in words."""
    venue = listing.venue
    placed = venue is not None and venue.latitude is not None and venue.longitude is not None
    facts = np.zeros(1, dtype=FACTS)
    facts["listing"] = listing.id
    facts["latitude"] = venue.latitude if venue and placed else NO_POINT
    facts["longitude"] = venue.longitude if venue and placed else NO_POINT
    facts["area"] = venue.area_id if venue and venue.area_id else UNKNOWN
    facts["confirmed"] = day_number(listing.confirmed_on) if listing.confirmed_on else UNKNOWN
    facts["access_yes"] = bits((a.feature for a in listing.access if a.present), ACCESS_BIT)
    facts["access_no"] = bits((a.feature for a in listing.access if not a.present), ACCESS_BIT)
    facts["delivery"] = bits(listing.delivery, DELIVERY_BIT)
    facts["is_event"] = listing.kind == "event"
    facts["is_free"] = UNKNOWN if listing.is_free is None else listing.is_free
    facts["residents_only"] = listing.residents_only
    facts["serves_everywhere"] = listing.serves_everywhere
    for name, length in (("heading", heading), ("summary", summary), ("body", body)):
        facts[f"{name}_length"] = min(length, 65_535)
    return facts
