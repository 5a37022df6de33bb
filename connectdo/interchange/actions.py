"""Drafts -> listings. Flushes and never commits: the import commits a batch at a time."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import selectinload

from connectdo.db import db, reading
from connectdo.interchange.drafts import Draft, Key
from connectdo.interchange.venues import Venues
from connectdo.listings.models import AccessAnswer, Interest, Listing, Schedule
from connectdo.listings.queries import vocabulary
from connectdo.listings.schedules import Times
from connectdo.listings.vocabulary.tokens import tokens
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from connectdo.text import slug

PLAIN_FIELDS = (
    "kind", "name", "summary", "description", "serves_everywhere", "residents_only",
    "schedule_words", "cost", "is_free", "min_age", "max_age", "gender", "audience",
    "first_visit", "booking", "contact_name", "phone", "email", "url", "confirmed_on",
)  # fmt: skip
LIST_FIELDS = ("delivery", "languages")


class Intake:
    """Takes drafts in, batch by batch, remembering what those of a batch share."""

    def __init__(self) -> None:
        with reading():
            self.vocabulary = vocabulary()
            db.session.rollback()
        self.areas: dict[str, Area] = {}
        self.organisations: dict[Key, Organisation] = {}
        self.interests: dict[str, Interest] = {}
        self.venues = Venues(self._area)

    def begin_batch(self, drafts: Sequence[Draft]) -> dict[Key, Listing]:
        """The listings that these drafts are about and that are already here, by source and id.

        What is remembered begins anew: objects of an earlier, committed batch are not ours.
        """
        self.areas = {area.slug: area for area in db.session.scalars(select(Area))}
        self.interests = {each.slug: each for each in db.session.scalars(select(Interest))}
        self.organisations = _organisations(drafts)
        self.venues = Venues(self._area)
        keys = sorted({draft.key for draft in drafts})
        here = select(Listing).where(tuple_(Listing.source, Listing.source_id).in_(keys))
        return {(each.source, each.source_id): each for each in db.session.scalars(here)}

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
        listing.venue = self.venues.at(draft.venue) if draft.venue else None
        # Two ways of writing an area ("St Helens", "St. Helens") are one area.
        listing.serves = list(dict.fromkeys(self._area(name) for name in draft.serves))
        if draft.organisation:
            listing.organisation = self._organisation(draft, listing)
        elif not (listing.organisation and listing.organisation.memberships):
            # Whoever has claimed a listing that came without one looks after it still.
            listing.organisation = None
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
        key = slug(name)
        if key not in self.areas:
            self.areas[key] = Area(name=name, slug=key)
            db.session.add(self.areas[key])
        return self.areas[key]

    def _organisation(self, draft: Draft, listing: Listing) -> Organisation:
        key = draft.source, draft.organisation
        if key not in self.organisations:
            self.organisations[key] = Organisation(source=draft.source, name=draft.organisation)
            db.session.add(self.organisations[key])
        organisation = self.organisations[key]
        if draft.organisation_kind != "other":
            organisation.kind = draft.organisation_kind
        organisation.website = draft.organisation_url or organisation.website
        here = [listing.venue.area] if listing.venue and listing.venue.area else []
        for area in [*here, *listing.serves]:
            if area not in organisation.areas:
                organisation.areas.append(area)
        return organisation


def _organisations(drafts: Iterable[Draft]) -> dict[Key, Organisation]:
    """Those of the organisations the drafts name that are here, by source and name."""
    keys = sorted({(draft.source, draft.organisation) for draft in drafts})
    here = (
        select(Organisation)
        .where(tuple_(Organisation.source, Organisation.name).in_(keys))
        .options(selectinload(Organisation.areas))
    )
    return {(each.source, each.name): each for each in db.session.scalars(here)}


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
