"""Reads the fields of one row: what is there, cleaned; what is wrong, said in plain words."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from connectdo.interchange.drafts import BadRow
from connectdo.text import UNWANTED, one_line, tidy

LONGEST = {
    "name": 200, "organisation": 200, "summary": 300, "description": 20_000, "venue": 200,
    "address": 300, "cost": 300, "audience": 500, "first_visit": 5_000, "contact_name": 100,
    "phone": 50, "email": 254, "url": 500, "source": 100, "source_id": 200, "recurrence": 300,
    "schedule": 500,
}  # fmt: skip
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}


class Fields:
    """One row's fields by name. `wrong` makes the row unfit; `cleaned` was put right."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self.row = row
        self.wrong: list[str] = []
        self.cleaned: list[str] = []

    def refuse_if_wrong(self) -> None:
        """Raises BadRow with everything that is wrong with the row."""
        if self.wrong:
            raise BadRow(" ".join(self.wrong))

    def text(self, name: str, *, lines: bool = False) -> str:
        """A field's text within its longest length, on one line unless it may have several."""
        raw = self._raw(name)
        if any("\udc80" <= letter <= "\udcff" for letter in raw):
            self.wrong.append(f"The {_said(name)} has letters that are not UTF-8. Save as UTF-8.")
            return ""
        if UNWANTED.search(raw):
            self.cleaned.append(f"Took out characters that cannot be shown from the {_said(name)}.")
        text = tidy(raw) if lines else one_line(raw)
        longest = LONGEST.get(name, 200)
        if len(text) > longest:
            self.wrong.append(
                f"The {_said(name)} is {len(text):,} characters long. The most is {longest:,}."
            )
            return ""
        return text

    def many(self, name: str) -> list[str]:
        """Several values parted by ";", without empty or repeated ones."""
        raw = self.row.get(name)
        if isinstance(raw, list):
            values = [one_line(str(item)) for item in raw if item is not None]
        else:
            values = [one_line(item) for item in self.text(name, lines=True).split(";")]
        if any(len(value) > 100 for value in values):
            self.wrong.append(f"The {_said(name)} has a value over 100 characters long.")
        return list(dict.fromkeys(filter(None, values)))

    def choice(self, name: str, allowed: Mapping[str, str], otherwise: str = "") -> str:
        """One of the allowed words, in any case."""
        text = self.text(name).lower().replace(" ", "_").replace("-", "_")
        if text and text not in allowed:
            self.wrong.append(
                f'The {_said(name)} "{text[:40]}" is not one of: {", ".join(allowed)}.'
            )
        return text if text in allowed else otherwise

    def yes_no(self, name: str) -> bool | None:
        """True, False, or None where the field is empty."""
        text = self.text(name).lower()
        if text and text not in YES | NO:
            self.wrong.append(f'The {_said(name)} must be yes or no, not "{text[:40]}".')
        return None if text not in YES | NO else text in YES

    def whole(self, name: str, most: int) -> int | None:
        """A whole number from 0 to `most`, None where the field is empty."""
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}(\.0+)?", text) or float(text) > most:
            self.wrong.append(f"The {_said(name)} must be a whole number up to {most}.")
            return None
        return int(float(text))

    def day(self, name: str) -> date | None:
        """A date like 2026-10-06, None where the field is empty."""
        text = self.text(name)
        return self._date(name, text[:10]) if text else None

    def days(self, name: str) -> frozenset[date]:
        """Several dates parted by ";". A time of day after a date is passed over."""
        found = (self._date(name, text[:10]) for text in self.many(name))
        return frozenset(day for day in found if day)

    def start(self, name: str) -> tuple[date, time | None] | None:
        """A start like 2026-10-06T18:30 or 2026-10-06, in London wall time."""
        text = self.text(name)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self._not_a_date(name, text, "2026-10-06T18:30")
            return None
        if moment.tzinfo:
            self.wrong.append(f"Write the {_said(name)} in London time, without a time zone.")
            return None
        if not self._year_is_likely(name, moment.date()):
            return None
        return moment.date(), moment.time().replace(second=0) if len(text) > 10 else None

    def point(self, latitude: str, longitude: str) -> tuple[float, float] | None:
        """Degrees WGS84, None where empty. (0, 0) stands for "not known" and is cleaned away."""
        texts = self.text(latitude), self.text(longitude)
        if not any(texts):
            return None
        try:
            north, east = (float(text) for text in texts)
        except ValueError:
            self.wrong.append("The latitude and longitude must both be numbers, like 51.45, -0.10.")
            return None
        if not (math.isfinite(north) and abs(north) <= 90):
            self.wrong.append(f"A latitude of {texts[0][:12]} is not on Earth: it is -90 to 90.")
        elif not (math.isfinite(east) and abs(east) <= 180):
            self.wrong.append(f"A longitude of {texts[1][:12]} is not on Earth: it is -180 to 180.")
        elif north == 0 and east == 0:
            self.cleaned.append("Took out the position 0, 0, which is in the sea off Africa.")
        else:
            return north, east
        return None

    def web_address(self, name: str) -> str:
        """An http or https address; one without a scheme gets https. Others are cleaned away."""
        text = self.text(name)
        if not text:
            return ""
        address = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(address)
            good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
        except ValueError:
            good = False
        if not good or re.search(r"[\s<>\"'\\]", address) or len(address) > LONGEST["url"]:
            self.cleaned.append(f"Took out the {_said(name)}, which is not a web address.")
            return ""
        return address

    def mail_address(self, name: str) -> str:
        """An e-mail address. One that cannot be right is cleaned away."""
        text = self.text(name)
        if not text:
            return ""
        try:
            checked = validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            self.cleaned.append(f"Took out the {_said(name)}, which is not an e-mail address.")
            return ""
        return checked.normalized

    def phone(self, name: str) -> str:
        """A phone number as it was written. One without digits is cleaned away."""
        text = self.text(name)
        if text and sum(letter.isdigit() for letter in text) < 3:
            self.cleaned.append(f"Took out the {_said(name)}, which is not a phone number.")
            return ""
        return text

    def _raw(self, name: str) -> str:
        value = self.row.get(name)
        if isinstance(value, list):
            value = ";".join(str(item) for item in value)
        return "" if value is None or isinstance(value, dict) else str(value)

    def _date(self, name: str, text: str) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._not_a_date(name, text, "2026-10-06")
            return None
        return day if self._year_is_likely(name, day) else None

    def _not_a_date(self, name: str, text: str, example: str) -> None:
        self.wrong.append(
            f'The {_said(name)} "{text[:40]}" is not a date. Write it like {example}.'
        )

    def _year_is_likely(self, name: str, day: date) -> bool:
        likely = 1900 <= day.year <= 2150
        if not likely:
            self.wrong.append(f"The {_said(name)} has the year {day.year}. Check it.")
        return likely


def _said(name: str) -> str:
    """A column's name as a person would say it."""
    return name.replace("_", " ")
