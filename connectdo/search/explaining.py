"""Why each of the listings shown is where it is: its values, and when asked for, as reasons."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from connectdo.search.calendar import NEVER
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, EPOCH_DAY, REMOTE, UNKNOWN
from connectdo.search.matching import Matcher

# A word that a listing holds only weakly is mentioned there, rather than what it is about.
ONLY_MENTIONED = 0.5
EPOCH = datetime(1970, 1, 1)
REACHING = REMOTE | DELIVERY_BIT["home_visit"]
REACHED_BY = {
    ways: tuple(way for way, bit in DELIVERY_BIT.items() if ways & REACHING & bit)
    for ways in range(2 * max(DELIVERY_BIT.values()))
}


class Reasons(NamedTuple):
    """Why a listing is where it is, as values. `next` is London wall time.

    `matches` and `mentions` are parts of what was typed, or interests asked for; `unstated` are
    access needs that nobody has answered for; `remote` are the ways it comes to the person;
    `for_others` when it is not for the person's area; `farther` when it is outside the radius.
    """

    matches: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    miles: float | None = None
    next: datetime | None = None
    next_has_time: bool = False
    free: bool = False
    access: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    area_wide: bool = False
    place_unknown: bool = False
    residents_only: bool = False
    for_others: bool = False
    confirmed: date | None = None
    farther: bool = False


class Explained:
    """The values behind the reasons of a few documents, looked up for all of them at once."""

    def __init__(self, matcher: Matcher, documents: np.ndarray, *, farther: bool = False) -> None:
        snapshot, calendar = matcher.snapshot, matcher.calendar
        self.matcher, self.documents, self.farther = matcher, documents, farther
        self.miles = matcher.miles(documents)
        self.next = calendar.next[documents]
        self.has_time = calendar.has_time[documents]
        self.is_free = snapshot.is_free[documents]
        self.access = snapshot.access_yes[documents]
        self.delivery = snapshot.delivery[documents]
        self.has_point = snapshot.has_point[documents]
        self.serves_someone = snapshot.serves_someone[documents]
        self.residents_only = snapshot.residents_only[documents]
        self.for_others = matcher.for_others(documents)
        self.confirmed = snapshot.confirmed[documents]
        told = [(part.label, part.interests, holders) for part, holders in matcher.parts]
        for asked in matcher.asked:
            interests = () if asked.interest is None else (asked.interest,)
            told.append((asked.name, interests, asked.holders))
        self.labels = [label for label, _, _ in told]
        self.strengths = [holders.strengths_of(documents) for _, _, holders in told]
        self.carried = [self._closest(interests) for _, interests, _ in told]

    def reasons(self, n: int) -> Reasons:
        """The reasons of the `n`th."""
        query, delivery, access = self.matcher.query, int(self.delivery[n]), int(self.access[n])
        goes_nowhere = not self.has_point[n] and not delivery & REACHING
        serves_someone = bool(self.serves_someone[n])
        matches, mentions = self._told(n)
        return Reasons(
            matches=matches,
            mentions=mentions,
            miles=None if np.isnan(self.miles[n]) else round(float(self.miles[n]), 2),
            next=_moment(int(self.next[n])),
            next_has_time=bool(self.has_time[n]),
            free=bool(self.is_free[n] == 1),
            access=tuple(f for f in query.access if access & ACCESS_BIT[f]),
            unstated=tuple(f for f in query.access if not access & ACCESS_BIT[f]),
            remote=REACHED_BY[delivery & REACHING],
            area_wide=goes_nowhere and serves_someone,
            place_unknown=goes_nowhere and not serves_someone and query.place is not None,
            residents_only=bool(self.residents_only[n]),
            for_others=bool(self.for_others[n]),
            confirmed=_day(int(self.confirmed[n])),
            farther=self.farther,
        )

    def _told(self, n: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What of the things asked for the `n`th is about, and what it only mentions."""
        concepts = self.matcher.snapshot.vocabulary.concepts
        about, mentioned = [], []
        for label, strengths, carried in zip(
            self.labels, self.strengths, self.carried, strict=True
        ):
            if not strengths[n]:
                continue
            if carried is not None and carried[n] < len(concepts):
                about.append(concepts[carried[n]].name)
            elif strengths[n] >= ONLY_MENTIONED:
                about.append(label)
            else:
                mentioned.append(label)
        return tuple(dict.fromkeys(about)), tuple(dict.fromkeys(mentioned))

    def _closest(self, interests: tuple[int, ...]) -> np.ndarray | None:
        """Each one's own interest that is closest to these; len(vocabulary) where none is."""
        if not interests:
            return None
        snapshot = self.matcher.snapshot
        close = snapshot.closeness(interests)
        own = snapshot.interests[self.documents]
        best = own[np.arange(len(own)), close[own].argmax(axis=1)]
        return np.where(close[best] > 0, best, len(snapshot.vocabulary))


def _moment(minutes: int) -> datetime | None:
    return None if minutes == NEVER else EPOCH + timedelta(minutes=minutes)


def _day(number: int) -> date | None:
    return None if number == UNKNOWN else EPOCH_DAY + timedelta(days=number)
