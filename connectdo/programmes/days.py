"""A day as a coach writes it, in the past or to come. Pure."""

from datetime import date, timedelta

from connectdo.listings.when.words import Unclear, day_in
from connectdo.text import one_line

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=364)


def past_day(text: str, today: date) -> date:
    """Today or before: "yesterday", "6 October", the last one there was. Raises Unclear."""
    named = {"today": today, "yesterday": today - A_DAY}
    day = named.get(one_line(text).casefold()) or day_in(text, today - A_YEAR)
    if day > today:
        raise Unclear("The day must be today or before.")
    return day


def coming_day(text: str, today: date) -> date:
    """Today or after: "tomorrow", "6 October", the next one there is. Raises Unclear."""
    named = {"today": today, "tomorrow": today + A_DAY}
    day = named.get(one_line(text).casefold()) or day_in(text, today)
    if day < today:
        raise Unclear("The day must be today or later.")
    return day
