"""What is written of something on a shortlist."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, ValidationError

from connectdo.fields import at_most, choices, line, lines
from connectdo.listings.when.words import Unclear, day_in
from connectdo.people.forms import is_address
from connectdo.shortlists.models import NO, VISITING, Item
from connectdo.shortlists.wording import STATES

LONGEST_WHY = 300
LONGEST_NOTE = 2_000


class ItemForm(FlaskForm):  # type: ignore[misc]
    """Where it has got to, why it was chosen, and notes. The private note is for colleagues."""

    number = HiddenField()
    state = RadioField(
        "Where has it got to?",
        choices=choices(STATES),
        validators=[AnyOf(STATES, message="Choose where it has got to")],
        validate_choice=False,
    )
    visit_on = StringField(
        "If you visit together, on which day?",
        description="Like 24 November.",
        filters=[line],
    )
    why_not = StringField(
        "If it is not for them, why? (optional)",
        description="In their words.",
        filters=[line],
        validators=[at_most(LONGEST_WHY, "Why it is not for them")],
    )
    why = StringField(
        "Why did you choose it? (optional)",
        description="In their words. It is on the sheet that they take home.",
        filters=[line],
        validators=[at_most(LONGEST_WHY, "Why you chose it")],
    )
    note = TextAreaField(
        "A note for them (optional)",
        description="It is on the sheet that they take home.",
        filters=[lines],
        validators=[at_most(LONGEST_NOTE, "The note for them")],
    )
    private_note = TextAreaField(
        "A note for colleagues (optional)",
        description="Only coaches of the team see it. They may ask to read it.",
        filters=[lines],
        validators=[at_most(LONGEST_NOTE, "The note for colleagues")],
    )

    def __init__(self, item: Item, today: date, *, for_colleagues: bool) -> None:
        visit_on = f"{item.visit_on.day} {item.visit_on:%B %Y}" if item.visit_on else ""
        names = ("number", "state", "why_not", "why", "note", "private_note")
        super().__init__(
            data={**{name: getattr(item, name) for name in names}, "visit_on": visit_on}
        )
        self.today, self.day = today, item.visit_on
        if not for_colleagues:
            del self.private_note

    def validate_visit_on(self, field: Field) -> None:
        self.day = None
        if self.state.data != VISITING or not field.data:
            return
        try:
            self.day = day_in(field.data, self.today)
        except Unclear as unclear:
            raise ValidationError(str(unclear).removesuffix(".")) from unclear

    @property
    def number_read(self) -> int:
        """Which state of the item was changed, 0 where the form does not say."""
        text = next(iter(self.number.raw_data or ()), "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def values(self) -> dict[str, Any]:
        """What is kept."""
        kept = {name: self[name].data or "" for name in ("state", "why", "note")}
        kept["visit_on"] = self.day
        kept["why_not"] = (self.why_not.data or "") if self.state.data == NO else ""
        if "private_note" in self:
            kept["private_note"] = self.private_note.data or ""
        return kept


class MailForm(FlaskForm):  # type: ignore[misc]
    """Where to send the link. It is kept no longer than the mail waits."""

    email = StringField("Their email address", filters=[line], validators=[is_address])
