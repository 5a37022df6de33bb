"""Made-up listings, shaped like a directory of the whole country: the same ones every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from math import cos, radians
from random import Random

from benchmarks.tree import TOWNS, areas, interests, vocabulary
from benchmarks.words import Speech
from connectdo.listings.choices import ACCESS
from connectdo.listings.models import AccessAnswer, Listing, Schedule, Venue
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area

# The moment at which everything is asked: a Wednesday, as it begins.
NOW = datetime(2026, 11, 18)
TODAY = NOW.date()
UNTIMED = 21
# How far from the middle of its town a listing is, usually, in degrees north: some 4.5 km.
ABOUT_TOWN = 0.04
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORGANISATIONS = 3_000


@dataclass(frozen=True)
class MadeUp:
    """A listing, its next date in minutes since 1970 (None: no dates) and the slots it meets in.

    `slots` has bit day * 3 + part of the day, or 21 + day where no time is known.
    """

    listing: Listing
    soonest: int | None
    slots: int


class Author:
    """Writes listings, one after another; a shorter directory is the beginning of a longer."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)
        self.speech = Speech(vocabulary(), seed)
        self.areas = areas()
        self._town_shares = list(accumulate(town.people for town in TOWNS))
        # A few interests are everywhere and most are rare; headings ("Music") are left out.
        every = interests()
        below = [n for n, parent in enumerate(vocabulary().parent) if parent is not None]
        self.interests = [every[n] for n in self.random.sample(below, len(below))]
        self._interest_shares = list(accumulate(1 / (n + 8) for n in range(len(below))))
        names = (self.speech.name(2) for _ in range(ORGANISATIONS))
        self.organisations = [Organisation(name=name) for name in names]

    def listings(self, size: int) -> Iterator[MadeUp]:
        """Listings 1 to `size`."""
        return (self.listing(number) for number in range(1, size + 1))

    def listing(self, number: int) -> MadeUp:
        random = self.random
        is_event = random.random() < 0.2
        carried = random.choices(
            self.interests, cum_weights=self._interest_shares, k=random.randint(1, 3)
        )
        schedules = list(_schedules(random, is_event))
        delivery, has_point = _delivery(random)
        listing = Listing(
            id=number,
            kind="event" if is_event else "group",
            name=self._name(carried[0].name),
            summary=self.speech.text(random.randint(8, 20)),
            description=self._description(carried[0].name),
            audience="",
            first_visit="",
            languages=[],
            tags=[],
            delivery=delivery,
            serves_everywhere=random.random() < (0.01 if has_point else 0.1),
            residents_only=random.random() < 0.03,
            is_free=random.choice((True, True, False, None)),
            confirmed_on=_confirmed(random),
            organisation=random.choice(self.organisations),
            venue=self._venue() if has_point else None,
            interests=sorted(set(carried), key=lambda interest: interest.name),
            serves=self._served() if random.random() < (0.08 if has_point else 0.7) else [],
            access=list(_access(random)),
            schedules=schedules,
        )
        return MadeUp(listing, *_coming(schedules))

    def _name(self, interest: str) -> str:
        own = self.speech.name(self.random.randint(1, 2))
        return f"{own} {interest}" if self.random.random() < 0.5 else own

    def _description(self, interest: str) -> str:
        """40 to 150 words, most with the interest's name among them."""
        words = self.speech.text(self.random.randint(40, 150)).split()
        if self.random.random() < 0.7:
            words.insert(self.random.randrange(len(words)), interest.lower())
        return " ".join(words)

    def _venue(self) -> Venue:
        place = self._town()
        town = TOWNS[place]
        east = self.random.gauss(0, ABOUT_TOWN) / cos(radians(town.latitude))
        return Venue(
            name=f"{self.speech.name(1)} Hall",
            address=f"{self.random.randint(1, 200)} {self.speech.name(1)} Road",
            latitude=town.latitude + self.random.gauss(0, ABOUT_TOWN),
            longitude=town.longitude + east,
            area=self.areas[place],
            area_id=self.areas[place].id,
        )

    def _served(self) -> list[Area]:
        places = {self._town() for _ in range(self.random.randint(1, 3))}
        return sorted((self.areas[place] for place in places), key=lambda area: area.name)

    def _town(self) -> int:
        everywhere = range(len(TOWNS))
        return self.random.choices(everywhere, cum_weights=self._town_shares)[0]


def _delivery(random: Random) -> tuple[list[str], bool]:
    """How it comes to people, and whether it has a place of its own."""
    chance = random.random()
    for share, delivery in ((0.01, "phone"), (0.025, "online"), (0.03, "home_visit")):
        if chance < share:
            return [delivery], False
    if chance < 0.035:
        return ["in_person"], False
    return (["in_person", "online"] if chance < 0.06 else ["in_person"]), True


def _access(random: Random) -> Iterator[AccessAnswer]:
    for feature in ACCESS:
        if random.random() < 0.35:
            yield AccessAnswer(feature=feature, present=random.random() < 0.7)


def _confirmed(random: Random) -> date | None:
    return None if random.random() < 0.15 else TODAY - timedelta(days=random.randrange(700))


def _schedules(random: Random, is_event: bool) -> Iterator[Schedule]:
    """One date to come for an event; for a group one or two weekdays, or none known."""
    how_many = 1 if is_event else random.choices((0, 1, 2), (12, 70, 18))[0]
    for _ in range(how_many):
        day = TODAY + timedelta(days=random.randrange(60))
        recurrence = ""
        if not is_event:
            recurrence = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day.weekday()]}"
            day -= timedelta(weeks=random.randint(9, 100))
        yield Schedule(
            starts_on=day,
            starts_at=None if random.random() < 0.08 else time(random.randint(9, 19), 30),
            recurrence=recurrence,
            dates=[],
            skip_dates=[],
            cancelled_dates=[],
        )


def _coming(schedules: list[Schedule]) -> tuple[int | None, int]:
    """The minute of the next date, and the slots. Plain arithmetic, and not our search's own."""
    moments, slots = [], 0
    for schedule in schedules:
        day, at = schedule.starts_on, schedule.starts_at
        if schedule.recurrence:
            day = TODAY + timedelta(days=(day.weekday() - TODAY.weekday()) % 7)
        minute = at.hour * 60 + at.minute if at else 0
        moments.append((day - date(1970, 1, 1)).days * 1440 + minute)
        part = (at.hour >= 12) + (at.hour >= 17) if at else 0
        slots |= 1 << (day.weekday() * 3 + part if at else UNTIMED + day.weekday())
    return min(moments, default=None), slots
