"""A listing's times, and what to know before going, in words. Pure.

The words for a rule are few and always the same, so that a visitor learns them once. A rule
there are no words for gives None, and the listing's own words stand in for it.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, GENDER
from connectdo.listings.models import Listing
from connectdo.listings.schedules import (
    Occurrence,
    Times,
    last_allowed,
    planned_dates,
    rule_parts,
)
from connectdo.wording import date_in_words, listed, time_in_words

WEEKDAYS = {name[:2].upper(): name for name in DAYS.values()}
WORKING_DAYS = list(WEEKDAYS)[:5]
WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
NO_WORDS_FOR = {"BYYEARDAY", "BYWEEKNO"}
ORDINAL_DAY = re.compile(r"([+-]?\d+)([A-Z]{2})")
MINUTES_A_DAY = 24 * 60
MOST_DATES = 6
CHECKED_FOR = timedelta(days=180)

# What cannot be said by putting "No" before the name of an access feature.
WITHOUT = {
    "assistance_dogs": "Assistance dogs cannot come in",
    "carers_welcome": "Carers cannot stay",
    "near_bus": "Not near a bus stop",
}
TO_ASK = {
    "assistance_dogs": "assistance dogs",
    "carers_welcome": "whether carers can stay",
    "near_bus": "bus stops nearby",
}
ASKED_ANYWHERE = ("bsl", "large_print", "relaxed")


def schedules_in_words(schedules: Sequence[Times], otherwise: str, today: date) -> list[str]:
    """A line for each schedule. `otherwise` is what the listing itself says of its times.

    That stands alone where a rule has no words, and is added where no time of day is known.
    """
    lines = [schedule_in_words(times, today) for times in schedules]
    known = list(dict.fromkeys(filter(None, lines)))
    if None in lines:
        return [otherwise] if otherwise else [*known, "Dates vary"]
    timed = bool(schedules) and all(times.starts_at for times in schedules)
    return [*known, otherwise] if otherwise and not timed else known


def schedule_in_words(times: Times, today: date) -> str | None:
    """ "Every Tuesday, 6:30pm to 8pm, until 2 July 2027"; None for a rule we have no words for."""
    if not times.recurrence:
        return _joined(_dates_in_words(times, today), _hours(times.starts_at, times.minutes))
    first, last = _first_date(times), _last_date(times)
    rule = _rule_in_words(times.starts_on, rule_parts(times.recurrence))
    if rule is None or first is None:
        return None
    if first == last:
        rule, span = date_in_words(first, today), ""
    else:
        span = _span(first, last, today)
    return _joined(rule, _hours(times.starts_at, times.minutes), span) + _further(times, today)


def occurrence_in_words(occurrence: Occurrence, today: date) -> str:
    """ "Tuesday 24 November, 6:30pm to 8pm"."""
    hours = _hours(occurrence.at, occurrence.minutes)
    return _joined(date_in_words(occurrence.on, today), hours)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _hours(at: time | None, minutes: int | None) -> str:
    if at is None:
        return ""
    start = time_in_words(at)
    if not minutes or minutes >= MINUTES_A_DAY:
        return start
    end = datetime.combine(date.min, at) + timedelta(minutes=minutes)
    return f"{start} to {time_in_words(end.time())}"


# Dates.


def _dates_in_words(times: Times, today: date) -> str:
    """The dates of a schedule without a rule that stand; those that are past only if all are."""
    planned = list(planned_dates(times))
    standing = [day for day in planned if day not in times.cancelled_dates] or planned
    days = [day for day in standing if day >= today] or standing
    if len(days) > MOST_DATES:
        first, last = date_in_words(days[0], days[-1]), date_in_words(days[-1], today)
        return f"{len(days)} dates from {first} to {last}"
    # A year is said once for the dates that share it, with the last of them.
    following = [*days[1:], today]
    return listed([date_in_words(*pair) for pair in zip(days, following, strict=True)])


def _further(times: Times, today: date) -> str:
    """The single dates besides a rule that are still to come."""
    out = times.skip_dates | times.cancelled_dates
    days = sorted(day for day in times.dates - out if day >= today)
    if len(days) > MOST_DATES:
        return f", and on {len(days)} more dates"
    return f", and on {listed([date_in_words(day, today) for day in days])}" if days else ""


def _first_date(times: Times) -> date | None:
    alone = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    return next(planned_dates(alone), None)


def _last_date(times: Times) -> date | None:
    """The last day a rule allows, None for one that goes on."""
    parts = rule_parts(times.recurrence)
    if "COUNT" not in parts:
        return last_allowed(parts, times.starts_at)
    alone = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    return max(planned_dates(alone), default=None)


def _span(first: date, last: date | None, today: date) -> str:
    end = date_in_words(last, today, weekday=False) if last else ""
    if first <= today:
        return f"until {end}" if end else ""
    start = date_in_words(first, last or today, weekday=False)
    return f"from {start} to {end}" if end else f"from {start}"


# Rules.


def _rule_in_words(start: date, parts: dict[str, str]) -> str | None:
    if NO_WORDS_FOR & set(parts):
        return None
    every = int(parts.get("INTERVAL", 1))
    if parts["FREQ"] == "YEARLY":
        return _yearly(start, parts) if every == 1 else None
    in_words = _monthly if parts["FREQ"] == "MONTHLY" else _weekly_or_daily
    words = in_words(start, parts, every)
    return f"{words} in {_months(parts)}" if words and "BYMONTH" in parts else words


def _weekly_or_daily(start: date, parts: dict[str, str], every: int) -> str | None:
    days = _weekdays(parts.get("BYDAY", ""))
    if days is None or {"BYMONTHDAY", "BYSETPOS"} & set(parts):
        return None
    if parts["FREQ"] == "DAILY" and not days:
        return {1: "Every day", 2: "Every other day"}.get(every, f"Every {every} days")
    if parts["FREQ"] == "DAILY" and every > 1:
        return None
    days = days or [list(WEEKDAYS)[start.weekday()]]
    names = listed([WEEKDAYS[day] for day in days])
    if every == 1:
        return _every_week(days)
    if every == 2:
        return f"Every other {names}" if len(days) == 1 else f"Every other week, on {names}"
    return f"Every {every} weeks, on {names}"


def _every_week(days: list[str]) -> str:
    positions = [list(WEEKDAYS).index(day) for day in days]
    in_a_row = positions[-1] - positions[0] == len(days) - 1
    if len(days) == len(WEEKDAYS):
        return "Every day"
    if in_a_row and len(days) > 2:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return f"Every {listed([WEEKDAYS[day] for day in days])}"


def _monthly(start: date, parts: dict[str, str], every: int) -> str | None:
    others = {2: "every other month"}.get(every, f"every {every} months")
    day_numbers = parts.get("BYMONTHDAY", "")
    if "BYDAY" not in parts:
        days = None if "BYSETPOS" in parts else _month_days(day_numbers or str(start.day))
        return f"{days} of {'every month' if every == 1 else others}" if days else None
    if day_numbers:
        return None
    weekdays = _weekdays(parts["BYDAY"])
    if weekdays and "BYSETPOS" not in parts:
        return _every_week(weekdays) if every == 1 else None
    named = _which_weekdays(parts)
    return f"{named} of {'the month' if every == 1 else others}" if named else None


def _yearly(start: date, parts: dict[str, str]) -> str | None:
    told = {"BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"} & set(parts)
    if not told:
        return f"Every year on {start.day} {start:%B}"
    if "BYMONTH" not in told or "," in parts["BYMONTH"]:
        return None
    if told == {"BYMONTH"}:
        return f"Every year on {start.day} {_months(parts)}"
    if told == {"BYMONTH", "BYMONTHDAY"} and parts["BYMONTHDAY"].isdigit():
        return f"Every year on {parts['BYMONTHDAY']} {_months(parts)}"
    named = _which_weekdays(parts) if "BYDAY" in told and "BYMONTHDAY" not in told else None
    return f"{named} of {_months(parts)}, every year" if named else None


def _weekdays(by_day: str) -> list[str] | None:
    """The weekdays of a BYDAY part from Monday on; None where it says which of the month."""
    days = set(by_day.split(",")) if by_day else set()
    return [day for day in WEEKDAYS if day in days] if days <= set(WEEKDAYS) else None


def _which_weekdays(parts: dict[str, str]) -> str | None:
    """ "First Monday and second and last Sunday"."""
    places = _places(parts)
    if places is None or not all(place in WHICH for place, _ in places):
        return None
    by_day: dict[str, list[str]] = {}
    for place, day in places:
        by_day.setdefault(day, []).append(WHICH[place])
    return _sentence(listed([f"{listed(which)} {day}" for day, which in by_day.items()]))


def _places(parts: dict[str, str]) -> list[tuple[int, str]] | None:
    """(1, "Monday") for the first Monday, whichever of the two ways a rule says it."""
    if "BYSETPOS" not in parts:
        found = [ORDINAL_DAY.fullmatch(day) for day in parts["BYDAY"].split(",")]
        ordinals = [(int(each[1]), WEEKDAYS[each[2]]) for each in found if each]
        return ordinals if len(ordinals) == len(found) else None
    days = _weekdays(parts["BYDAY"])
    if days is None or (len(days) != 1 and days != WORKING_DAYS):
        return None
    name = WEEKDAYS[days[0]] if len(days) == 1 else "weekday"
    return [(int(place), name) for place in parts["BYSETPOS"].split(",")]


def _month_days(numbers: str) -> str | None:
    """ "The 1st and 15th", "The last day"."""
    days = [int(number) for number in numbers.split(",")]
    if days == [-1]:
        return "The last day"
    if min(days) < 1:
        return None
    return f"The {listed([_ordinal(day) for day in sorted(days)])}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def _months(parts: dict[str, str]) -> str:
    numbers = sorted(int(number) for number in parts["BYMONTH"].split(","))
    return listed([f"{date(2000, number, 1):%B}" for number in numbers])


# What to know before going.


class Access(NamedTuple):
    """What a place has, what it has not, and what nobody has answered for."""

    present: list[str]
    lacking: list[str]
    unknown: list[str]


def access_in_words(listing: Listing) -> Access:
    """Every access feature, in one of three lists. Only some matter where nobody travels."""
    answers = {answer.feature: answer.present for answer in listing.access}
    asked = list(ACCESS) if _is_somewhere(listing) else ASKED_ANYWHERE
    lacking = [feature for feature in ACCESS if answers.get(feature) is False]
    return Access(
        present=[_sentence(ACCESS[feature]) for feature in ACCESS if answers.get(feature)],
        lacking=[WITHOUT.get(feature, f"No {ACCESS[feature]}") for feature in lacking],
        unknown=[TO_ASK.get(each, ACCESS[each]) for each in asked if each not in answers],
    )


def who_in_words(listing: Listing) -> list[str]:
    """Ages, gender and audience, as far as they are limited."""
    said = [each.strip() for each in (listing.audience or "").split(";")]
    lines = [_ages(listing.min_age, listing.max_age)]
    if listing.gender in ("women", "men"):
        lines.append(GENDER[listing.gender])
        said = [each for each in said if each.casefold() != listing.gender]
    return list(dict.fromkeys(filter(None, [*lines, *said])))


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return f"Ages {youngest} to {oldest}"
    if youngest is not None:
        return f"Ages {youngest} and over"
    return f"Ages {oldest} and under" if oldest is not None else ""


def where_in_words(listing: Listing) -> list[str]:
    """How it comes to you, and where you have to live."""
    ways = [_sentence(DELIVERY[way]) for way in listing.delivery if way != "in_person"]
    if not ways and listing.venue is None:
        ways = ["No fixed place"]
    names = [area.name for area in listing.serves]
    if listing.residents_only and not names and listing.venue and listing.venue.area:
        names = [listing.venue.area.name]
    where = f"people who live in {listed(names)}" if names else "people who live nearby"
    if listing.residents_only:
        return [*ways, f"Only for {where}"]
    if listing.serves_everywhere:
        return [*ways, "For people anywhere"]
    return [*ways, f"For {where}"] if names else ways


def notices(listing: Listing, dates: Sequence[Occurrence], today: date) -> list[str]:
    """What a visitor should see before anything else. `dates` are those still to come."""
    if listing.schedules and not dates:
        over = (
            "This has already happened." if listing.kind == "event" else "There are no more dates."
        )
        return [over if listing.kind == "event" else f"{over} {_check(listing)}"]
    found = []
    standing = next((each for each in dates if not each.cancelled), None)
    off = [each for each in dates if each.cancelled and (not standing or each < standing)]
    if off:
        days = listed([date_in_words(each.on, today) for each in off])
        next_one = date_in_words(standing.on, today) if standing else ""
        then = f"The next date is {next_one}." if standing else "We know of no other dates."
        found.append(f"Not on {days}. {then}")
    if listing.confirmed_on is None:
        found.append(f"Nobody has checked this page yet. {_check(listing)}")
    elif today - listing.confirmed_on > CHECKED_FOR:
        ago = _long_ago((today - listing.confirmed_on).days)
        found.append(f"This page was last checked {ago} ago. {_check(listing)}")
    return found


def _check(listing: Listing) -> str:
    if not _is_somewhere(listing):
        return "Ask if it is still right."
    return "Ring before you go." if listing.phone else "Check before you go."


def _long_ago(days: int) -> str:
    return f"{days // 30} months" if days < 2 * 365 else f"{days // 365} years"


def _is_somewhere(listing: Listing) -> bool:
    return "in_person" in listing.delivery or listing.venue is not None


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a plain text, one for each of its lines."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
