"""Bank holidays, as https://www.gov.uk/bank-holidays gives them."""

from datetime import date

import pytest

from connectdo.listings.when import bank_holidays


@pytest.mark.parametrize(
    ("nation", "year", "days"),
    [
        ("england-and-wales", 2026, "0101 0304 0604 0405 2505 3108 2512 2612 2812"),
        ("england-and-wales", 2027, "0101 2603 2903 0305 3105 3008 2512 2612 2712 2812"),
        ("england-and-wales", 2028, "0101 0301 1404 1704 0105 2905 2808 2512 2612"),
        ("scotland", 2026, "0101 0201 0304 0405 2505 1506 0308 3011 2512 2612 2812"),
        ("scotland", 2027, "0101 0201 0401 2603 0305 3105 0208 3011 2512 2612 2712 2812"),
    ],
)
def test_the_days_off_are_the_holidays_and_their_substitutes(
    nation: str, year: int, days: str
) -> None:
    found = bank_holidays(nation, date(year, 1, 1), date(year, 12, 31))

    assert " ".join(f"{day:%d%m}" for day in found) == days


def test_only_those_between_two_dates_are_told() -> None:
    found = bank_holidays("england-and-wales", date(2026, 12, 26), date(2027, 1, 1))

    assert found == [date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1)]
