"""Bank holidays of Great Britain. Pure.

They follow from the Banking and Financial Dealings Act 1971 and the days that are proclaimed
every year. One proclaimed for once (a coronation) goes into ONCE when it is announced:
https://www.gov.uk/bank-holidays
"""

from datetime import date, timedelta

from dateutil.easter import easter

NATIONS = {"england-and-wales": "England and Wales", "scotland": "Scotland"}
MONDAY, SATURDAY = 0, 5
# Days proclaimed for a single year, by nation.
ONCE: dict[str, tuple[date, ...]] = {"england-and-wales": (), "scotland": (date(2026, 6, 15),)}


def bank_holidays(nation: str, first: date, last: date) -> list[date]:
    """The days off from `first` to `last`, in order: a holiday at a weekend and its substitute."""
    years = range(first.year, last.year + 1)
    days = {day for year in years for day in _of_year(nation, year)} | set(ONCE[nation])
    return sorted(day for day in days if first <= day <= last)


def _of_year(nation: str, year: int) -> set[date]:
    good_friday = easter(year) - timedelta(days=2)
    both = {good_friday, _monday(year, 5), _last_monday(year, 5)}
    christmas = _with_substitutes(date(year, 12, 25), date(year, 12, 26))
    if nation == "scotland":
        new_year = _with_substitutes(date(year, 1, 1), date(year, 1, 2))
        st_andrew = _with_substitutes(date(year, 11, 30))
        return both | new_year | {_monday(year, 8)} | st_andrew | christmas
    new_year = _with_substitutes(date(year, 1, 1))
    easter_monday = easter(year) + timedelta(days=1)
    return both | new_year | {easter_monday, _last_monday(year, 8)} | christmas


def _with_substitutes(*days: date) -> set[date]:
    """Days in a row and, for each at a weekend, the next working day that is not taken."""
    taken = set(days)
    for day in days:
        substitute = day
        while day.weekday() >= SATURDAY and (
            substitute in taken or substitute.weekday() >= SATURDAY
        ):
            substitute += timedelta(days=1)
        taken.add(substitute)
    return taken


def _monday(year: int, month: int) -> date:
    """The first Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=last.weekday())
