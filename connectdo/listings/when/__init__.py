"""When a group meets, as its organiser says it: a form's answers -> schedules, and back. Pure.

A form offers few ways to say it (`reading.REPEATS`), each of which is a rule that calendars,
search and our own words understand. So a rule that came from elsewhere may have no answers that
say it: it is kept as it is until somebody says it anew.

Term time is said by the first and last day of each term, as they differ from council to
council and school to school.

    words          dates, times of day and lengths as people write them
    answers        the fields of a form, and what is wrong with them
    reading        answers -> schedules
    telling        schedules -> answers
    changes        one date cancelled or moved, an end set
    bank_holidays  the days that everybody has off
"""

from connectdo.listings.when.answers import Answered, Answers
from connectdo.listings.when.bank_holidays import NATIONS, bank_holidays
from connectdo.listings.when.changes import (
    CannotChange,
    cancel_date,
    carry_over,
    end_after,
    move_date,
    restore_date,
    skip_days,
)
from connectdo.listings.when.reading import REPEATS, WHICH, When, read_when
from connectdo.listings.when.telling import NotSaid, answers_of

__all__ = [
    "NATIONS",
    "REPEATS",
    "WHICH",
    "Answered",
    "Answers",
    "CannotChange",
    "NotSaid",
    "When",
    "answers_of",
    "bank_holidays",
    "cancel_date",
    "carry_over",
    "end_after",
    "move_date",
    "read_when",
    "restore_date",
    "skip_days",
]
