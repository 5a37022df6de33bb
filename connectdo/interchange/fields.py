"""Reads the fields of one row: what is there, cleaned; what is wrong, said in plain words.

What decides who may come, and when, must be right: otherwise the row is unfit. What only
describes is left out where it cannot be read, and the sender is told.
"""

import re
from collections.abc import Mapping

from connectdo.interchange.drafts import BadRow
from connectdo.interchange.rows import NOT_UTF_8
from connectdo.text import UNWANTED, one_line, tidy

LONGEST = {
    "name": 200, "organisation": 200, "summary": 300, "description": 20_000, "venue": 200,
    "address": 300, "cost": 300, "audience": 500, "first_visit": 5_000, "contact_name": 100,
    "phone": 50, "email": 254, "url": 500, "source": 100, "source_id": 200, "recurrence": 300,
    "lad": 100,
}  # fmt: skip
LONGEST_LIST = 10_000
LONGEST_VALUE = 100
MOST_VALUES = 500
NUMBERS = {"source_id", "lat", "lon", "cost", "phone"}
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}


class Fields:
    """One row's fields by name. `wrong` makes the row unfit; `cleaned` was put right.

    `firm` asks for a value that must be right where it is given.
    """

    def __init__(self, row: Mapping[str, object]) -> None:
        self.row = row
        self.wrong: list[str] = []
        self.cleaned: list[str] = []

    def refuse_if_wrong(self) -> None:
        """Raises BadRow with everything that is wrong with the row."""
        if self.wrong:
            raise BadRow(" ".join(dict.fromkeys(self.wrong)))

    def text(self, name: str, *, lines: bool = False, longest: int = 0) -> str:
        """A field's text within its longest length, on one line unless it may have several."""
        raw = self._raw(name)
        if NOT_UTF_8.search(raw):
            self.wrong.append(f"The {said(name)} has letters that are not UTF-8. Save as UTF-8.")
            return ""
        if UNWANTED.search(raw):
            self.cleaned.append(f"Took out characters that cannot be shown from the {said(name)}.")
        text = tidy(raw) if lines else one_line(raw)
        longest = longest or LONGEST.get(name, 200)
        if len(text) > longest:
            self.wrong.append(
                f"The {said(name)} must be at most {longest:,} characters long, not {len(text):,}."
            )
            return ""
        return text

    def many(self, name: str, *, firm: bool = False) -> list[str]:
        """Several values, in a list or parted by ";", without empty or repeated ones."""
        values = self.row.get(name)
        if isinstance(values, list):
            found = [self._one(name, value) for value in values[:MOST_VALUES]]
            if len(values) > MOST_VALUES:
                self.cleaned.append(f"Kept the first {MOST_VALUES} of the {said(name)}.")
        else:
            text = self.text(name, lines=True, longest=LONGEST_LIST)
            found = [one_line(value) for value in text.split(";")]
        kept = [value for value in found if len(value) <= LONGEST_VALUE]
        if len(kept) < len(found):
            reason = f"A value of the {said(name)} is over {LONGEST_VALUE} characters long"
            self.leave_out(reason, firm=firm)
        return list(dict.fromkeys(filter(None, kept)))

    def choice(
        self, name: str, allowed: Mapping[str, str], otherwise: str = "", *, firm: bool = False
    ) -> str:
        """The allowed word that a word of the sender's stands for, in any case."""
        text = self.text(name)
        word = text.casefold().replace(" ", "_").replace("-", "_")
        if not word:
            return otherwise
        if word not in allowed:
            known = ", ".join(dict.fromkeys(allowed.values()))
            self.leave_out(f'The {said(name)} "{text[:40]}" is not one of: {known}', firm=firm)
            return otherwise
        return allowed[word]

    def yes_no(self, name: str, *, firm: bool = False) -> bool | None:
        """True, False, or None where the field is empty."""
        text = self.text(name)
        word = text.casefold()
        if word and word not in YES | NO:
            reason = f'The answer under "{said(name)}" must be yes or no, not "{text[:40]}"'
            self.leave_out(reason, firm=firm)
        return None if word not in YES | NO else word in YES

    def whole(self, name: str, most: int) -> int | None:
        """A whole number from 0 to `most`, None where the field is empty."""
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}(\.0+)?", text) or float(text) > most:
            self.wrong.append(
                f'The {said(name)} must be a whole number up to {most:,}, not "{text[:20]}".'
            )
            return None
        return int(float(text))

    def leave_out(self, reason: str, *, firm: bool) -> None:
        """A value that cannot be read: the row is unfit if it is `firm`, else goes in without."""
        if firm:
            self.wrong.append(f"{reason}.")
        else:
            self.cleaned.append(f"{reason}, so it was left out.")

    def _raw(self, name: str) -> str:
        value = self.row.get(name)
        text = _as_text(value)
        if text is None:
            self.cleaned.append(f"Took out the {said(name)}, which is not a text.")
        elif not isinstance(value, str) and text and name not in NUMBERS:
            self.cleaned.append(f"The {said(name)} is a number and was read as a word.")
        return text or ""

    def _one(self, name: str, value: object) -> str:
        """A value of a list; "" for what is no text."""
        text = _as_text(value)
        if text is None:
            self.cleaned.append(f"Took out a value of the {said(name)} that is not a text.")
        return one_line(text or "")


def _as_text(value: object) -> str | None:
    """A text as it is, a number in digits, nothing as ""; None for what is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return "" if value is None else None


def required_name(fields: Fields) -> str:
    """The name of a row, which it must have."""
    name = fields.text("name")
    if not name and not fields.wrong:
        fields.wrong.append("The row has no name. Every listing needs one.")
    return name


def said(name: str) -> str:
    """A field's name as a person would say it."""
    return SAID.get(name, name.replace("_", " "))


SAID = {"lat": "latitude", "lon": "longitude", "lad": "area", "source_id": "id"}
