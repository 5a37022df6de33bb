"""How many contacts there were, how long they took, and that in a sentence. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from connectdo.programmes.models import CALL, EMAIL, MEETING, TEXT, VISIT, Contact

KINDS = (CALL, TEXT, EMAIL, MEETING, VISIT)
WRITTEN = (TEXT, EMAIL)
FACE_TO_FACE = (MEETING, VISIT)


class Total(NamedTuple):
    """How many, and how many minutes they took together."""

    times: int = 0
    minutes: int = 0


class Totals(NamedTuple):
    """A total for each kind of contact, in the order of KINDS."""

    kinds: dict[str, Total]

    def of(self, *kinds: str) -> Total:
        """Several kinds together."""
        found = [self.kinds[each] for each in kinds]
        return Total(sum(each.times for each in found), sum(each.minutes for each in found))

    @property
    def all(self) -> Total:
        """Everything together."""
        return self.of(*KINDS)


def totals_of(contacts: Iterable[Contact]) -> Totals:
    """Adds contacts up."""
    kinds = dict.fromkeys(KINDS, Total())
    for each in contacts:
        times, minutes = kinds[each.kind]
        kinds[each.kind] = Total(times + each.times, minutes + each.minutes)
    return Totals(kinds)


def totals_in_words(totals: Totals) -> str:
    """ "5 calls, 37 texts and e-mails, 5 hours face to face, 8 hours in all"; "" for none."""
    if not totals.all.times:
        return ""
    calls, written = totals.of(CALL).times, totals.of(*WRITTEN).times
    met = totals.of(*FACE_TO_FACE)
    words = [
        f"{calls:,} {'call' if calls == 1 else 'calls'}" if calls else "",
        f"{written:,} {'text or e-mail' if written == 1 else 'texts and e-mails'}"
        if written
        else "",
        f"{time_in_words(met.minutes)} face to face" if met.times else "",
        f"{time_in_words(totals.all.minutes)} in all",
    ]
    return ", ".join(filter(None, words))


def time_in_words(minutes: int) -> str:
    """ "5 hours", "1 hour 30 minutes", "12 minutes"."""
    hours, rest = divmod(minutes, 60)
    words = [
        f"{hours:,} {'hour' if hours == 1 else 'hours'}" if hours else "",
        f"{rest} {'minute' if rest == 1 else 'minutes'}" if rest or not hours else "",
    ]
    return " ".join(filter(None, words))
