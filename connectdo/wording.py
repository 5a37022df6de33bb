"""Times, distances and lists in words, as GOV.UK's style says them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache


def miles_in_words(miles: float) -> str:
    """A distance as people say it: to a tenth below 10 miles, whole above."""
    if miles < 0.1:
        return "less than 0.1 miles"
    if miles >= 9.95:
        return f"{miles:,.0f} miles"
    text = f"{miles:.1f}".removesuffix(".0")
    return "1 mile" if text == "1" else f"{text} miles"


def moment_in_words(moment: datetime, has_time: bool, now: datetime) -> str:
    """ "Tuesday 20 October, 6:30pm"; the year is said when it is not this one."""
    day = date_in_words(moment.date(), now.date())
    return f"{day}, {time_in_words(moment.time())}" if has_time else day


@lru_cache(maxsize=2_000)
def date_in_words(day: date, today: date, *, weekday: bool = True) -> str:
    """ "Tuesday 20 October", with the year when it is another than today's."""
    words = f"{day:%A} {day.day} {day:%B}" if weekday else f"{day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def time_in_words(at: time) -> str:
    """ "6:30pm", "10am", "midday", "midnight"."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def lowered(name: str) -> str:
    """An interest's name inside a sentence: "Tai chi" -> "tai chi", but "BSL" as it is."""
    first = name.split(" ", 1)[0]
    return name if first.isupper() and len(first) > 1 else name[:1].lower() + name[1:]


def sentence(words: str) -> str:
    """Words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]
