"""When somebody could go, as they say it: "evenings", "Saturday mornings", "after school"."""

import re
from collections.abc import Iterator
from itertools import product

from connectdo.listings.choices import DAYS
from connectdo.search.reading.said import Read, Slot

WEEKDAYS, WEEKEND = tuple(DAYS)[:5], tuple(DAYS)[5:]
DAY = r"(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?"
PART = r"(?P<part>morning|afternoon|evening|night)s?"
# Sundays of other kinds, and words of a time that is past or is no time to go anywhere.
NOT_A_DAY = r"(?<!last )(?<!this )(?<!since )(?<!good )(?<!black )(?<!easter )(?<!until )"
NOT_A_TIME = r"(?<!good )(?<!this )(?<!last )(?<!yesterday )"
NO_TIME_AFTER = r"(?! (?:class|standard|primrose|prayer|dress|school|meal|paper))"
SUNDAY_BEST = r"(?! (?:lunch|dinner|roast|school|best|papers?|mass|service|league|assembly))"
CLOCK = r"(?<!\d )(?<!one )(?<!two )(?<!three )(?<!four )(?<!five )(?<!six )(?<!clock )"
# "I work evenings", "not Tuesdays": when they cannot.
CANNOT = re.compile(
    r"\b(?:not|no|never|can'?t|cannot|don'?t|won'?t|works?|working|busy|except|apart from|hates?"
    r"|has (?:them|the kids|the children))"
    r"\b[^.,;!?]{0,20}$",
    re.IGNORECASE,
)
BEFORE_SEEN = 40

RULES = (
    (rf"\b{NOT_A_DAY}(?:on |every |of a |any )*{DAY}(?: {PART})?\b{SUNDAY_BEST}", ""),
    (rf"\b{NOT_A_TIME}(?:(?:in the|of an?|during the|on an|any|free) )?evenings?\b{NO_TIME_AFTER}",
     "evening"),
    (r"\b(?:of a night|after work)\b", "evening"),
    (rf"\b{CLOCK}(?:in the|of a|during the) mornings?\b|\b(?:weekday |free )?mornings\b",
     "morning"),
    (r"\b(?:in the|of an|during the) afternoons?\b|\b(?:weekday |free )?afternoons\b",
     "afternoon"),
    (r"\b(?:(?:in|during) the day(?:time)?|daytimes?)\b", "daytime"),
    (r"\bafter school\b", "after-school"),
    (r"\b(?:at |on )?(?:the )?week ?ends?\b", "weekends"),
    (r"\bweekdays\b|\b(?:in|during) the week\b|\bmid ?week\b", "weekdays"),
    (r"\b(?:in|during) school (?:hours|time)\b|\bwhile (?:the kids|they|he|she)(?: are|'re| is|'s)"
     r" at school\b", "school-hours"),
)  # fmt: skip
_rules = [(re.compile(rule, re.IGNORECASE), key) for rule, key in RULES]

MEANT: dict[str, tuple[str, tuple[Slot, ...]]] = {
    "evening": ("evenings", (("", "evening"),)),
    "morning": ("mornings", (("", "morning"),)),
    "afternoon": ("afternoons", (("", "afternoon"),)),
    "daytime": ("in the daytime", (("", "morning"), ("", "afternoon"))),
    "after-school": ("after school", tuple(product(WEEKDAYS, ("afternoon", "evening")))),
    "weekends": ("weekends", tuple((day, "") for day in WEEKEND)),
    "weekdays": ("weekdays", tuple((day, "") for day in WEEKDAYS)),
    "school-hours": ("in school hours", tuple(product(WEEKDAYS, ("morning", "afternoon")))),
}


def times(text: str) -> Iterator[Read]:
    """Each time that a sentence names, unless it says that they cannot then."""
    told: set[int] = set()
    for rule, key in _rules:
        for found in rule.finditer(text):
            if not told.isdisjoint(range(*found.span())):
                continue
            told.update(range(*found.span()))
            if CANNOT.search(text[max(0, found.start() - BEFORE_SEEN) : found.start()]):
                continue
            if key:
                label, when = MEANT[key]
                yield Read(key, label, (found.span(),), when=when)
            else:
                yield _on_a_day(found)


def _on_a_day(found: re.Match[str]) -> Read:
    day = found["day"].lower()[:3]
    part = (found["part"] or "").lower().replace("night", "evening")
    label = f"{DAYS[day]} {part}s" if part else f"{DAYS[day]}s"
    return Read(f"{day}-{part}" if part else day, label, (found.span(),), when=((day, part),))
