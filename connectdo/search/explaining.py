"""Why each of the listings shown is where it is: its values, and when asked for, as reasons."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import compress, repeat
from operator import not_
from typing import NamedTuple

import numpy as np

from connectdo.search.calendar import NEVER, NO, UNSAID, YES
from connectdo.search.columns import DELIVERY_BIT, EPOCH_DAY, REMOTE, UNKNOWN
from connectdo.search.matching import Matcher, Scored
from connectdo.search.sayings import best_passages
from connectdo.search.snapshot import Snapshot
from connectdo.search.understanding import Part

# A word that a listing holds only weakly is mentioned there, rather than what it is about.
ONLY_MENTIONED = 0.5
EPOCH = datetime(1970, 1, 1)
REACHING = REMOTE | DELIVERY_BIT["home_visit"]
REACHED_BY = {
    ways: tuple(way for way, bit in DELIVERY_BIT.items() if ways & REACHING & bit)
    for ways in range(2 * max(DELIVERY_BIT.values()))
}

SAID = {YES: True, UNSAID: None, NO: False}
Names = tuple[str, ...]


class Reasons(NamedTuple):
    """Why a listing is where it is, as values. `next` is London wall time.

    `matches` and `mentions` are parts of what was typed, or interests asked for; `hints` are
    interests that its other words speak of, and what the person said that it means. `needs` are
    those it answers, `unstated` those that nobody has answered for. `remote` are the ways it comes
    to the person; `for_others` when it is not for the person's area; `farther` when it is outside
    the radius; `suits` whether it is when the person is free, None where nobody knows or asked;
    `marked` when it was to be told apart; `languages` are those of the person's that it names;
    `answers` is the sentence of its own that answers, by its key (connectdo.search.passages).
    """

    matches: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    miles: float | None = None
    next: datetime | None = None
    next_has_time: bool = False
    free: bool = False
    needs: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    area_wide: bool = False
    place_unknown: bool = False
    residents_only: bool = False
    for_others: bool = False
    confirmed: date | None = None
    farther: bool = False
    suits: bool | None = None
    marked: bool = False
    languages: tuple[str, ...] = ()
    answers: int | None = None


def reasons_for(matcher: Matcher, scored: Scored, *, farther: bool) -> list[Reasons]:
    """The reasons of each of a few documents, all of them looked up at once."""
    snapshot, calendar, documents = matcher.snapshot, matcher.calendar, scored.documents
    place, when, mark = matcher.query.place, matcher.query.when, matcher.query.mark
    reaching = snapshot.delivery[documents] & REACHING
    serves = snapshot.serves_someone[documents]
    goes_nowhere = snapshot.needs_no_travel[documents] & (reaching == 0)
    marked = np.isin(snapshot.listing[documents], mark).tolist() if mark else repeat(False)
    return list(
        map(
            Reasons,
            *_told(matcher, scored),
            [None if m != m else m for m in scored.miles.round(2).tolist()],
            map(_moment, calendar.next[documents].tolist()),
            calendar.has_time[documents].tolist(),
            (snapshot.is_free[documents] == 1).tolist(),
            *_needs(matcher, documents),
            map(REACHED_BY.__getitem__, reaching.tolist()),
            (goes_nowhere & serves).tolist(),
            (goes_nowhere & ~serves).tolist() if place else repeat(False),
            snapshot.residents_only[documents].tolist(),
            scored.for_others.tolist(),
            map(_day, snapshot.confirmed[documents].tolist()),
            repeat(farther),
            map(SAID.__getitem__, matcher.suits(documents).tolist()) if when else repeat(None),
            marked,
            _languages(matcher, documents),
            _answers(matcher, documents),
        )
    )


@lru_cache(maxsize=10_000)
def _moment(minutes: int) -> datetime | None:
    return None if minutes == NEVER else EPOCH + timedelta(minutes=minutes)


@lru_cache(maxsize=10_000)
def _day(number: int) -> date | None:
    return None if number == UNKNOWN else EPOCH_DAY + timedelta(days=number)


def _needs(matcher: Matcher, documents: np.ndarray) -> tuple[Iterable[Names], Iterable[Names]]:
    """Of each document the needs it answers, and those that it does not state."""
    if not matcher.needs:
        return repeat(()), repeat(())
    columns = [matcher.answers(documents, need).tolist() for need in matcher.needs]
    rows = list(zip(*columns, strict=True))
    return (
        [tuple(compress(matcher.needs, row)) for row in rows],
        [tuple(compress(matcher.needs, map(not_, row))) for row in rows],
    )


def _languages(matcher: Matcher, documents: np.ndarray) -> Iterable[Names]:
    """Of each document the languages of the person's that it names."""
    if not matcher.languages:
        return repeat(())
    names = [name for name, _ in matcher.languages]
    says = [(spoken.strengths_of(documents) > 0).tolist() for _, spoken in matcher.languages]
    return [tuple(compress(names, row)) for row in zip(*says, strict=True)]


def _answers(matcher: Matcher, documents: np.ndarray) -> Iterable[int | None]:
    """The key of the sentence of each document that answers what was typed, or said."""
    if matcher.alike is None or matcher.meanings is None:
        return best_passages(matcher, documents) if matcher.sayings else repeat(None)
    return matcher.meanings.best_passages(matcher.alike, documents)


def _told(matcher: Matcher, scored: Scored) -> tuple[list[Names], list[Names], list[Names]]:
    """What of the things asked for each document is about, only mentions, or hints at."""
    snapshot, documents = matcher.snapshot, scored.documents
    about: list[Names] = [()] * len(documents)
    mentioned, hinted = about.copy(), about.copy()
    for (part, _), strengths in zip(matcher.parts, scored.strengths, strict=False):
        closest = _closest(snapshot, documents, part.interests)
        for n, strength in enumerate(strengths.tolist()):
            if not strength:
                continue
            if closest[n]:
                about[n] += (closest[n],)
            elif not (words := _words_there(snapshot, part, documents[n : n + 1])):
                hinted[n] += snapshot.vocabulary.called(part.interests)
            elif strength >= ONLY_MENTIONED:
                about[n] += (part.label,)
            else:
                mentioned[n] += (words,)
    first = len(matcher.parts) + len(matcher.asked)
    for saying, strengths in zip(matcher.sayings, scored.strengths[first:], strict=True):
        for n in np.flatnonzero(strengths).tolist() if saying.name else ():
            hinted[n] += (saying.name,)
    of_interests = scored.strengths[len(matcher.parts) : first]
    for asked, strengths in zip(matcher.asked, of_interests, strict=True):
        interests = () if asked.interest is None else (asked.interest,)
        closest = _closest(snapshot, documents, interests)
        for n, strength in enumerate(strengths.tolist()):
            if strength:
                about[n] += (closest[n] or asked.name,)
    return _each_once(about), _each_once(mentioned), _each_once(hinted)


def _each_once(told: list[Names]) -> list[Names]:
    return [tuple(dict.fromkeys(names)) if len(names) > 1 else names for names in told]


def _words_there(snapshot: Snapshot, part: Part, document: np.ndarray) -> str:
    """Those words of a part that a document really holds."""
    if len(part.words) < 2 and not part.interests:
        return part.label
    there = [
        spelt
        for spelt, (_, word) in zip(part.spelt, part.words, strict=True)
        if snapshot.postings(word).strengths_of(document)[0]
    ]
    return part.label if len(there) == len(part.words) else " ".join(there)


def _closest(
    snapshot: Snapshot, documents: np.ndarray, interests: tuple[int, ...]
) -> Sequence[str]:
    """The name of each one's own interest that is closest to these, "" where none is."""
    if not interests:
        return [""] * len(documents)
    close, concepts = snapshot.closeness(interests), snapshot.vocabulary.concepts
    own = snapshot.interests[documents]
    best = own[np.arange(len(own)), close[own].argmax(axis=1)].tolist()
    return [concepts[n].name if close[n] > 0 else "" for n in best]
