"""Drafts -> listings. Flushes and never commits: the command commits a batch at a time."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import selectinload

from connectdo.db import db
from connectdo.interchange.drafts import Draft, Key, Position
from connectdo.listings.models import AccessAnswer, Interest, Listing, Schedule, Venue
from connectdo.listings.queries import vocabulary
from connectdo.listings.schedules import Times
from connectdo.listings.vocabulary.tokens import tokens
from connectdo.organisations.models import Organisation
from connectdo.places import Point, area_at, find_postcode
from connectdo.places.models import Area
from connectdo.text import slug


class Intake:
    """Takes drafts in, batch by batch, remembering what they share."""

    def __init__(self) -> None:
        self.vocabulary = vocabulary()
        self.areas: dict[str, Area] = {}
        self.organisations: dict[tuple[str, str], Organisation] = {}
        self.venues: dict[Position, Venue] = {}
        self.interests: dict[str, Interest] = {}
        self.counted: dict[Key, str] = {}

    def begin_batch(self, drafts: Sequence[Draft]) -> dict[Key, Listing]:
        """The listings that these drafts are about and that are already here, by source and id.

        What is remembered begins anew: objects of an earlier, committed batch are not ours.
        """
        keys = sorted({draft.key for draft in drafts})
        query = select(Listing).where(tuple_(Listing.source, Listing.source_id).in_(keys))
        here = {(each.source, each.source_id): each for each in db.session.scalars(query)}
        self.areas = {area.name.casefold(): area for area in db.session.scalars(select(Area))}
        self.interests = {each.slug: each for each in db.session.scalars(select(Interest))}
        made = sorted(
            {(draft.source, draft.organisation) for draft in drafts if draft.organisation}
        )
        self.organisations = {
            (each.source, each.name): each
            for each in db.session.scalars(
                select(Organisation)
                .where(tuple_(Organisation.source, Organisation.name).in_(made))
                .options(selectinload(Organisation.areas))
            )
        }
        self.venues = {}
        return here

    def add(self, draft: Draft) -> Listing:
        """A new listing that says what the draft says."""
        listing = Listing(source=draft.source, source_id=draft.source_id)
        self.change(listing, draft)
        db.session.add(listing)
        return listing

    def change(self, listing: Listing, draft: Draft) -> None:
        """Makes a listing say what the draft says."""
        for name in PLAIN_FIELDS:
            setattr(listing, name, getattr(draft, name))
        for name in LIST_FIELDS:
            setattr(listing, name, list(getattr(draft, name)))
        listing.interests, listing.tags = self._interests(draft)
        listing.venue = self._venue(draft.venue) if draft.venue else None
        listing.serves = [self._area(name) for name in dict.fromkeys(draft.serves)]
        listing.organisation = self._organisation(draft, listing) if draft.organisation else None
        listing.access = [
            AccessAnswer(feature=feature, present=present)
            for feature, present in sorted(draft.access.items())
        ]
        listing.schedules = [_schedule(times) for times in draft.times]
        listing.source_hash = draft.digest()

    def _interests(self, draft: Draft) -> tuple[list[Interest], list[str]]:
        """The interests of the tree that a draft names, and the rest as its own tags.

        A draft that names none has those its own name speaks of ("7 Hills Cycling Club").
        """
        found: dict[int, None] = {}
        tags = []
        for said in draft.interests:
            whole = self.vocabulary.named(said)
            if whole is not None:
                found[whole] = None
            else:
                tags.append(said)
                found |= dict.fromkeys(self._spoken_of(said))
        if not found:
            found = dict.fromkeys(self._spoken_of(draft.name))
        slugs = [self.vocabulary.concepts[number].slug for number in found]
        return [self.interests[each] for each in slugs], tags

    def _spoken_of(self, text: str) -> list[int]:
        spans = self.vocabulary.spans(tokens(text), said=False)
        return [interest for span in spans for interest in span.interests]

    def _area(self, name: str) -> Area:
        key = name.casefold()
        if key not in self.areas:
            self.areas[key] = Area(name=name, slug=slug(name))
            db.session.add(self.areas[key])
        return self.areas[key]

    def _organisation(self, draft: Draft, listing: Listing) -> Organisation:
        key = (draft.source, draft.organisation)
        organisation = self.organisations.get(key)
        if organisation is None:
            organisation = Organisation(
                source=draft.source,
                name=draft.organisation,
                kind=draft.organisation_kind,
                website=draft.organisation_url,
                registered_number=draft.registered_number,
            )
            db.session.add(organisation)
        self.organisations[key] = organisation
        here = [listing.venue.area] if listing.venue and listing.venue.area else []
        for area in [*here, *listing.serves]:
            if area not in organisation.areas:
                organisation.areas.append(area)
        return organisation

    def _venue(self, given: Position) -> Venue:
        if given in self.venues:
            return self.venues[given]
        position = _positioned(given)
        venue = db.session.scalar(
            select(Venue).where(
                Venue.name == position.name,
                Venue.address == position.address,
                Venue.postcode == position.postcode,
                Venue.latitude.is_not_distinct_from(position.latitude),
                Venue.longitude.is_not_distinct_from(position.longitude),
            )
        )
        if venue is None:
            venue = Venue(
                name=position.name,
                address=position.address,
                postcode=position.postcode,
                latitude=position.latitude,
                longitude=position.longitude,
                area=self._area(position.area) if position.area else None,
            )
            db.session.add(venue)
        self.venues[given] = venue
        return venue


PLAIN_FIELDS = (
    "kind", "name", "summary", "description", "serves_everywhere", "residents_only",
    "schedule_words", "cost", "is_free", "min_age", "max_age", "gender", "audience",
    "first_visit", "booking", "contact_name", "phone", "email", "url", "confirmed_on",
)  # fmt: skip
LIST_FIELDS = ("delivery", "languages")


def drop_empty_venues() -> None:
    """Venues that no listing is at any more."""
    used = select(Listing.venue_id).where(Listing.venue_id.is_not(None))
    db.session.execute(
        delete(Venue).where(Venue.id.not_in(used)),
        execution_options={"no_listing_changes": True},
    )


def _positioned(given: Position) -> Position:
    """The position with what its postcode or its point tell of it filled in."""
    latitude, longitude, area = given.latitude, given.longitude, given.area
    if latitude is None or longitude is None:
        place = find_postcode(given.postcode) if given.postcode else None
        if place is None:
            return given
        latitude, longitude = place.point.latitude, place.point.longitude
        area = area or place.area or ""
    elif not area:
        area = area_at(Point(latitude, longitude)) or ""
    return Position(given.name, given.address, given.postcode, latitude, longitude, area)


def _schedule(times: Times) -> Schedule:
    return Schedule(
        starts_on=times.starts_on,
        starts_at=times.starts_at,
        minutes=times.minutes,
        recurrence=times.recurrence,
        dates=_texts(times.dates),
        skip_dates=_texts(times.skip_dates),
        cancelled_dates=_texts(times.cancelled_dates),
    )


def _texts(days: Iterable[object]) -> list[str]:
    return sorted(str(day) for day in days)
