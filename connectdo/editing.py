"""Two people who change one record. A form takes along a mark of what the record said when its page
was made. Who saves when it says something else by then is told so, and keeps what they wrote.

The mark is of what the form is about and nothing else, so that who writes of one thing is not kept
from it by who writes of another.
"""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from flask import current_app, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField

from connectdo.db import Base, db

NOTHING = "nothing"


class EditForm(FlaskForm):  # type: ignore[misc]
    """A form of a record that several people may change. `said` is what the record says now, by the
    names of the fields; what is in there besides counts too. `suggested` is put in the fields and
    does not count."""

    as_read = HiddenField()

    def __init__(self, said: Mapping[str, Any], **suggested: Any) -> None:
        super().__init__(data={**said, **suggested, "as_read": mark_of(said)})
        self.overtaken = False

    def validate_on_submit(self, *more: Any) -> bool:
        """Not where the record says something else than when the page was made. Who saves again has
        seen what it says now."""
        if not super().validate_on_submit(*more):
            return False
        self.overtaken = self.as_read.data != self.as_read.object_data
        self.as_read.data = self.as_read.object_data
        return not self.overtaken

    @property
    def was_shown(self) -> bool:
        """Whether it comes from a page that we made."""
        return self.as_read.raw_data == [self.as_read.object_data]

    @property
    def status(self) -> int:
        """How the page with this form is answered."""
        return 409 if self.overtaken else 422 if self.errors else 200

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """What the record says now where that is not what was written, in words."""
        shown = (each for each in self if not isinstance(each, HiddenField))
        return [
            (each.label.text, _in_words(each)) for each in shown if each.object_data != each.data
        ]


def mark_of(said: Any) -> str:
    """Stands for what a record says, and tells nothing of it."""
    text = json.dumps(said, sort_keys=True, default=str).encode()
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, b"as read\n" + text, "sha256").hex()[:32]


def hold_to_edit(row: Base) -> None:
    """Reads a row as it stands now; on a page that writes, others who would change it wait for the
    commit."""
    if request.method == "POST":
        # PostgreSQL locks no row that an outer join may leave out: only this one is meant.
        db.session.refresh(row, with_for_update={"of": type(row)})


def _in_words(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "yes" if field.object_data else "no"
    said = field.object_data
    labels = {str(each.value): str(each.label) for each in getattr(field, "choices", None) or []}
    every = said if isinstance(said, list) else [said]
    return ", ".join(labels.get(str(each), str(each)) for each in every if each) or NOTHING
