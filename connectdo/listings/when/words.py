"""Dates, times of day and lengths of time as people write them. Pure.

What cannot be read raises Unclear; its message says what to write instead.
"""

import re
from datetime import date, time, timedelta

from connectdo.text import one_line

MONTHS = [f"{date(2000, number, 1):%B}".casefold() for number in range(1, 13)]
FIRST_YEAR = 1900
YEARS_AHEAD = 10
MOST_DATES = 200
MOST_LETTERS = 10_000
LONGEST_SPAN = timedelta(days=2 * 366)
MINUTES_A_DAY = 24 * 60

WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[ ,]*")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})")
WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    r"(?P<month>[a-z]{3,9})\.?,?(?: (?P<year>\d{4}|\d{2}))?"
)
BARE_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
BETWEEN_DATES = re.compile(r"[\n;,&]|\band\b")
FROM_TO = re.compile(r" +(?:to|until|till|-) +| *[–—] *")

CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d))? ?(?P<half>[ap]\.?m\.?)?")
HOURS = {"midday": time(12), "noon": time(12), "midnight": time(0)}
LENGTHS = {
    "half an hour": 30, "an hour": 60, "one hour": 60, "an hour and a half": 90, "two hours": 120,
    "all day": MINUTES_A_DAY,
}  # fmt: skip
HOURS_AND_MINUTES = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:\.\d{1,2})?) ?h(?:(?:ou)?rs?)?)?[ ,]*(?:and )?"
    r"(?:(?P<minutes>\d{1,4}) ?(?P<word>m(?:in(?:ute)?s?)?)?)?"
)

Span = tuple[date, date]


class Unclear(ValueError):
    """What was written cannot be read; the message says what to write."""


def day_in(text: str, today: date) -> date:
    """The date that "6 October 2026", "Tue 6 Oct" or "6/10/26" says.

    Without a year it is the next such day that has not passed.
    """
    written = one_line(text)
    plain = written.casefold()
    weekday = WEEKDAY.match(plain)
    rest = plain[weekday.end() :] if weekday else plain
    match = ISO.fullmatch(rest) or NUMBERS.fullmatch(rest) or WORDS.fullmatch(rest)
    month = _month(match["month"]) if match else None
    if match is None or month is None:
        raise Unclear(f'"{written[:40]}" is not a date. Write it like 6 October 2026.')
    day = _date(match["year"], month, int(match["day"]), today)
    if weekday and f"{day:%a}".casefold() != weekday[1]:
        raise Unclear(f"{day.day} {day:%B %Y} is a {day:%A}. Check the day or the date.")
    return day


def spans_in(text: str, today: date) -> list[Span]:
    """Dates and spans of dates ("21 December 2026 to 3 January 2027"), one on a line or with
    commas between them. A single date is a span of one day."""
    if len(text) > MOST_LETTERS:
        raise Unclear(f"That is too long. Write up to {MOST_DATES} dates.")
    plain = re.sub(r"\b((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*),", r"\1", text, flags=re.IGNORECASE)
    plain = re.sub(r",(?= *\d{4}\b)", "", plain)
    pieces = [piece for piece in map(one_line, BETWEEN_DATES.split(plain)) if piece]
    if len(pieces) > MOST_DATES:
        raise Unclear(f"Write up to {MOST_DATES} dates.")
    return [_span(piece, today) for piece in pieces]


def days_in(text: str, today: date) -> list[date]:
    """Every day of `spans_in`, in order and once."""
    found = set()
    for first, last in spans_in(text, today):
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
        if len(found) > MOST_DATES:
            raise Unclear(f"Write up to {MOST_DATES} dates.")
    return sorted(found)


def time_in(text: str) -> time:
    """The time of day that "6:30pm", "6.30 pm", "18:30" or "midday" says."""
    written = one_line(text)
    plain = written.casefold()
    if plain in HOURS:
        return HOURS[plain]
    match = CLOCK.fullmatch(plain)
    hour, minute = (int(match["hour"]), int(match["minute"] or 0)) if match else (99, 99)
    half = match["half"] if match else None
    if match is None or minute > 59 or hour > (12 if half else 23) or (half and not hour):
        raise Unclear(f'"{written[:40]}" is not a time. Write it like 6:30pm.')
    if half:
        return time(hour % 12 + (12 if half.startswith("p") else 0), minute)
    if not match["minute"] or (hour < 12 and not match["hour"].startswith("0")):
        raise Unclear(f"Is {written} in the morning or the evening? Write it with am or pm.")
    return time(hour, minute)


def minutes_in(text: str, starts: time | None) -> int:
    """How long it lasts, from an end ("8pm") or a length ("90 minutes", "1 hour 30")."""
    plain = one_line(text).casefold().replace("1/2", ".5").replace("½", ".5")
    length = _length(plain)
    if length is None:
        if starts is None:
            raise Unclear("Say when it starts too, or leave the end empty.")
        ends = time_in(text)
        length = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        if length <= 0 and ends == time(0):
            length += MINUTES_A_DAY
        if length <= 0:
            raise Unclear(
                "The end must be after the start. If it goes on past midnight, "
                "write how long it lasts, like 3 hours."
            )
    if not 1 <= length <= MINUTES_A_DAY:
        raise Unclear("It must last between a minute and 24 hours.")
    return length


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    known = (number for number, name in enumerate(MONTHS, 1) if name.startswith(text))
    return next(known, None)


def _date(year: str | None, month: int, day: int, today: date) -> date:
    if year is None:
        this_year = _known_date(today.year, month, day)
        return this_year if this_year >= today else _known_date(today.year + 1, month, day)
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not FIRST_YEAR <= full <= today.year + YEARS_AHEAD:
        raise Unclear(f"The year {full} is too far away. Check it.")
    return _known_date(full, month, day)


def _known_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        named = f"{date(2000, month, 1):%B}" if 1 <= month <= 12 else f"month {month}"
        raise Unclear(f"There is no {day} {named} {year}. Check the date.") from error


def _span(text: str, today: date) -> Span:
    first, *rest = FROM_TO.split(text, maxsplit=1)
    if not rest:
        day = day_in(text, today)
        return day, day
    last = day_in(rest[0], today)
    if BARE_DAY.fullmatch(first):
        first = f"{first} {last:%B %Y}"
    begins = day_in(first, today)
    if not re.search(r"\d{4}|\d[/.\-]\d{2}$|[a-z.] \d{2}$", first.casefold()):
        # The year that the end says is the start's too, or the one before.
        begins = _known_date(last.year, begins.month, begins.day)
        if begins > last:
            begins = _known_date(last.year - 1, begins.month, begins.day)
    if begins > last:
        raise Unclear(f'"{text[:60]}" ends before it begins. Check the dates.')
    if last - begins > LONGEST_SPAN:
        raise Unclear(f'"{text[:60]}" is more than two years. Check the dates.')
    return begins, last


def _length(plain: str) -> int | None:
    """Minutes, None for what is not a length of time."""
    if plain in LENGTHS:
        return LENGTHS[plain]
    match = HOURS_AND_MINUTES.fullmatch(plain)
    if match is None or not (match["hours"] or match["word"]):
        return None
    return round(float(match["hours"] or 0) * 60) + int(match["minutes"] or 0)
