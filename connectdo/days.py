"""Days and moments as clocks in London show them: the clock of every listing, and of whoever
reads a page."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from connectdo.db import utc_now
from connectdo.wording import date_in_words, moment_in_words

LONDON = ZoneInfo("Europe/London")


def london_today() -> date:
    """Today in London."""
    return datetime.now(LONDON).date()


def london_day(moment: datetime) -> date:
    """The day in London of a moment as tables keep it, in UTC and without a zone."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON).date()


def london_moment(moment: datetime) -> datetime:
    """A moment as tables keep it, as the clocks in London showed it."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)


def months_before(day: date, months: int) -> date:
    """So many months earlier; the last day of a shorter month."""
    return day - relativedelta(months=months)


def said_at(moment: datetime) -> str:
    """ "Tuesday 6 October, 6:30pm", of a moment as tables keep it."""
    return moment_in_words(london_moment(moment), True, london_moment(utc_now()))


def said_on(day: date) -> str:
    """ "Tuesday 6 October", of a day in London or a moment as tables keep it."""
    return date_in_words(
        london_day(day) if isinstance(day, datetime) else day, london_today(), weekday=True
    )
