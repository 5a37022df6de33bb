"""Why each of the listings shown is where it is: its values, and when asked for, as reasons."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from connectdo.search.calendar import NEVER
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, EPOCH_DAY, REMOTE, UNKNOWN
from connectdo.search.matching import Matcher, Scored
from connectdo.search.understanding import Part

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


class Told(NamedTuple):
    """Something asked for, how strongly each document holds it, and its closest interest."""

    label: str
    strengths: np.ndarray
    closest: np.ndarray
    part: Part | None


class Explained:
    """The values behind the reasons of a few documents, looked up for all of them at once."""

    def __init__(self, matcher: Matcher, scored: Scored, *, farther: bool = False) -> None:
        snapshot, calendar, documents = matcher.snapshot, matcher.calendar, scored.documents
        self._matcher, self._documents, self._farther = matcher, documents, farther
        self._columns = (
            scored.miles,
            calendar.next[documents],
            calendar.has_time[documents],
            snapshot.is_free[documents] == 1,
            snapshot.access_yes[documents],
            snapshot.delivery[documents],
            snapshot.needs_no_travel[documents],
            snapshot.serves_someone[documents],
            snapshot.residents_only[documents],
            scored.for_others,
            snapshot.confirmed[documents],
        )
        self._told = [
            Told(part.label, holders.strengths_of(documents), self._closest(part.interests), part)
            for part, holders in matcher.parts
        ]
        for asked in matcher.asked:
            closest = self._closest(() if asked.interest is None else (asked.interest,))
            strengths = asked.holders.strengths_of(documents)
            self._told.append(Told(asked.name, strengths, closest, None))

    def reasons(self) -> list[Reasons]:
        """The reasons of each."""
        columns = (column.tolist() for column in self._columns)
        told = zip(*self._about_and_mentioned(), strict=True)
        rows = zip(told, *columns, strict=True)
        return [self._reasons(*row) for row in rows]

    def _reasons(
        self,
        told: tuple[list[str], list[str]],
        miles: float,
        minutes: int,
        has_time: bool,
        free: bool,
        access: int,
        delivery: int,
        needs_no_travel: bool,
        serves_someone: bool,
        residents_only: bool,
        for_others: bool,
        confirmed: int,
    ) -> Reasons:
        query = self._matcher.query
        goes_nowhere = needs_no_travel and not delivery & REACHING
        return Reasons(
            tuple(dict.fromkeys(told[0])),
            tuple(dict.fromkeys(told[1])),
            None if miles != miles else round(miles, 2),
            None if minutes == NEVER else EPOCH + timedelta(minutes=minutes),
            has_time,
            free,
            tuple([f for f in query.access if access & ACCESS_BIT[f]]),
            tuple([f for f in query.access if not access & ACCESS_BIT[f]]),
            REACHED_BY[delivery & REACHING],
            goes_nowhere and serves_someone,
            goes_nowhere and not serves_someone and query.place is not None,
            residents_only,
            for_others,
            None if confirmed == UNKNOWN else EPOCH_DAY + timedelta(days=confirmed),
            self._farther,
        )

    def _about_and_mentioned(self) -> tuple[list[list[str]], list[list[str]]]:
        """What of the things asked for each is about, and what it only mentions."""
        concepts = self._matcher.snapshot.vocabulary.concepts
        about: list[list[str]] = [[] for _ in self._documents]
        mentioned: list[list[str]] = [[] for _ in self._documents]
        for told in self._told:
            values = zip(told.strengths.tolist(), told.closest.tolist(), strict=True)
            for n, (strength, interest) in enumerate(values):
                if strength and interest < len(concepts):
                    about[n].append(concepts[interest].name)
                elif strength >= ONLY_MENTIONED:
                    about[n].append(told.label)
                elif strength:
                    mentioned[n].append(self._words_there(told, n))
        return about, mentioned

    def _words_there(self, told: "Told", n: int) -> str:
        """Those words of something typed that the `n`th really holds."""
        if told.part is None or len(told.part.words) < 2:
            return told.label
        document, snapshot = self._documents[n : n + 1], self._matcher.snapshot
        there = [
            spelt
            for spelt, (_, word) in zip(told.part.spelt, told.part.words, strict=True)
            if snapshot.postings(word).strengths_of(document)[0]
        ]
        return told.label if len(there) == len(told.part.words) else " ".join(there)

    def _closest(self, interests: tuple[int, ...]) -> np.ndarray:
        """Each one's own interest that is closest to these; len(vocabulary) where none is."""
        snapshot = self._matcher.snapshot
        nothing = len(snapshot.vocabulary)
        if not interests:
            return np.full(len(self._documents), nothing)
        close = snapshot.closeness(interests)
        own = snapshot.interests[self._documents]
        best = own[np.arange(len(own)), close[own].argmax(axis=1)]
        return np.where(close[best] > 0, best, nothing)
