"""Programmes in plain words. Pure."""

from datetime import date, timedelta

from connectdo.programmes.models import (
    CALL,
    EMAIL,
    FIRST_MEETING,
    INTENSIVE,
    INTRODUCTION,
    LAST_MEETING,
    LOOK_BACK,
    MEETING,
    NEXT_DAY,
    REVIEW,
    SIGNPOSTING,
    SUPPORTED,
    TEXT,
    VISIT,
    VISITS,
    Contact,
    Programme,
)
from connectdo.programmes.steps import Offered
from connectdo.programmes.totals import time_in_words
from connectdo.programmes.weeks import WEEKS, Week, week_of
from connectdo.wording import date_in_words, sentence

KINDS = {
    CALL: "call",
    TEXT: "text",
    EMAIL: "e-mail",
    MEETING: "face to face",
    VISIT: "visit together",
}
SEVERAL = {
    CALL: "calls",
    TEXT: "texts",
    EMAIL: "e-mails",
    MEETING: "times face to face",
    VISIT: "visits together",
}
# The minutes that are one press away.
MINUTES = {
    CALL: (5, 10, 15, 20, 30),
    TEXT: (1, 2, 3, 5, 10),
    EMAIL: (2, 5, 10, 15, 20),
    MEETING: (30, 45, 60, 90, 120),
    VISIT: (30, 60, 90, 120, 180),
}
LEVELS = {
    SIGNPOSTING: "Signposting: they go by themselves, and know where and when",
    SUPPORTED: "Supported: calls, and a visit or two together",
    INTENSIVE: "Intensive: you meet often, and go with them",
}
ENDINGS = {
    "alone": "They go on alone",
    "others": "Others walk beside them now",
    "stopped": "They wanted to stop",
    "lost": "We lost touch",
}
STEPS = {
    INTRODUCTION: "Introduction",
    FIRST_MEETING: "First meeting",
    VISITS: "Visit together",
    NEXT_DAY: "Call the day after a visit",
    REVIEW: "Review at 6 weeks",
    LAST_MEETING: "Last meeting at 12 weeks",
    LOOK_BACK: "Look back 3 months later",
}
COULD = {
    INTRODUCTION: "You could ring, and say who you are.",
    FIRST_MEETING: "You could meet somewhere they like, and talk about what they love.",
    VISITS: "You could go somewhere together.",
    NEXT_DAY: "You could ring, and ask how it was.",
    REVIEW: "You could meet, and talk about what goes well and what does not.",
    LAST_MEETING: "You could meet, and look at how far they have come.",
    LOOK_BACK: "You could ring, and ask what they do now.",
}
BEGIN = "You met: the 12 weeks could begin"
# How each step is mostly done.
DONE_BY = {
    INTRODUCTION: CALL,
    FIRST_MEETING: MEETING,
    VISITS: VISIT,
    NEXT_DAY: CALL,
    REVIEW: MEETING,
    LAST_MEETING: MEETING,
    LOOK_BACK: CALL,
}


def where_they_are(programme: Programme | None, today: date) -> str:
    """ "Week 3 of 12. You first met on Tuesday 3 March."."""
    if programme is None:
        return "The 12 weeks begin when you first meet."
    met = date_in_words(programme.started_on, today)
    if programme.ended_on:
        ended = date_in_words(programme.ended_on, today)
        return f"You first met on {met}. The 12 weeks ended on {ended}, {_after(programme)}."
    week = week_of(programme, today)
    words = f"Week {week} of {WEEKS}" if week <= WEEKS else f"Week {week}. It runs on, as suits"
    return f"{words}. You first met on {met}."


def _after(programme: Programme) -> str:
    days = ((programme.ended_on or programme.started_on) - programme.started_on).days
    weeks = days // 7
    if not weeks:
        return "in the first week"
    return f"after {weeks} {'week' if weeks == 1 else 'weeks'}"


def contact_in_words(contact: Contact) -> str:
    """ "Call, 12 minutes"; "37 texts, 2 hours"."""
    what = KINDS[contact.kind]
    if contact.times > 1:
        what = f"{contact.times} {SEVERAL[contact.kind]}"
    return f"{sentence(what)}, {time_in_words(contact.minutes)}"


def day_in_words(day: date, today: date) -> str:
    """ "today", "tomorrow", "Tuesday 3 March"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get((day - today).days) or date_in_words(day, today)


def due_in_words(step: Offered, today: date) -> str:
    """ "Tomorrow", "From Tuesday 14 April", "Since Monday 6 April"; "" where any day suits."""
    if step.due is None:
        return ""
    if abs(step.due - today) <= timedelta(days=1) and step.due >= today:
        return sentence(day_in_words(step.due, today))
    when = date_in_words(step.due, today)
    return f"From {when}" if step.due > today else f"Since {when}"


def week_in_words(week: Week, today: date) -> str:
    """ "Week 3, from Tuesday 17 March"."""
    if week.number is None:
        return "Outside the 12 weeks"
    if week.starts_on is None:
        return "Before the first meeting"
    return f"Week {week.number}, from {date_in_words(week.starts_on, today)}"
