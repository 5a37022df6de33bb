"""Who it is for, what the first visit is like, and whom to ask."""

from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, NumberRange, Optional, ValidationError

from connectdo.fields import at_most, line, lines
from connectdo.listings.choices import ACCESS, BOOKING, GENDER
from connectdo.people.forms import is_address_if_any
from connectdo.posting.answers import Values, access_of
from connectdo.posting.forms import Answers, StepForm, choices
from connectdo.posting.texts import is_phone, is_web_address
from connectdo.wording import sentence

OLDEST = 120
FREE = {"yes": "It is free", "no": "It costs something", "": "I do not know yet"}
AGE = "Enter an age in years, like 18"
FEATURES = {each: sentence(words) for each, words in ACCESS.items()}


class WhoForm(StepForm):
    asked: ClassVar = ("min_age", "max_age", "gender", "audience", "residents_only", "cost")

    is_free = RadioField(
        "What does it cost?",
        choices=choices(FREE),
        validate_choice=False,
        validators=[AnyOf(FREE, message="Choose what it costs")],
    )
    cost = StringField(
        "How much? (optional)",
        description="Like: £3, or £1 if money is short.",
        filters=[line],
        validators=[at_most(300, "How much it costs")],
    )
    gender = RadioField(
        "Who can come?",
        choices=choices(GENDER),
        validate_choice=False,
        validators=[AnyOf(GENDER, message="Choose who can come")],
    )
    min_age = IntegerField(
        "Youngest age (optional)",
        validators=[Optional(), NumberRange(0, OLDEST, message=AGE)],
    )
    max_age = IntegerField(
        "Oldest age (optional)",
        validators=[Optional(), NumberRange(0, OLDEST, message=AGE)],
    )
    audience = StringField(
        "Is it for some people above all? (optional)",
        description="Like: people who look after somebody, or beginners.",
        filters=[line],
        validators=[at_most(500, "Who it is for")],
    )
    languages = StringField(
        "Which languages do you speak there? (optional)",
        description="If it is not only English. Put commas between them.",
        filters=[line],
        validators=[at_most(200, "The languages")],
    )
    residents_only = BooleanField("Only people who live nearby can come")

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        free = answers["is_free"]
        return {
            **super().shown(answers),
            "is_free": {True: "yes", False: "no"}.get(free, ""),
            "languages": ", ".join(answers["languages"]),
        }

    def validate_min_age(self, field: IntegerField) -> None:
        _say_plainly(field)

    def validate_max_age(self, field: IntegerField) -> None:
        _say_plainly(field)
        youngest = self.min_age.data
        if field.data is not None and youngest is not None and field.data < youngest:
            raise ValidationError("The oldest age must be the youngest age or more")

    def said(self) -> Values:
        free = {"yes": True, "no": False}.get(self.is_free.data)
        languages = [each.strip() for each in (self.languages.data or "").split(",")]
        return {
            **super().said(),
            "is_free": free,
            "cost": "" if free else self.cost.data,
            "languages": list(dict.fromkeys(filter(None, languages))),
        }


class VisitForm(StepForm):
    asked: ClassVar = ("first_visit", "booking")

    first_visit = TextAreaField(
        "What happens on somebody's first visit? (optional)",
        description="Who meets them, where to go in, what to bring. "
        "It helps people who are nervous.",
        filters=[lines],
        validators=[at_most(2_000, "What happens on the first visit")],
    )
    booking = RadioField(
        "How do people join?",
        choices=choices(BOOKING),
        validate_choice=False,
        validators=[AnyOf(BOOKING, message="Choose how people join")],
    )
    has = SelectMultipleField(
        "What does the place have? (optional)", choices=choices(FEATURES), validate_choice=False
    )
    lacks = SelectMultipleField(
        "What does it not have? (optional)",
        description="It helps to know before you come. Leave out what you are not sure of.",
        choices=choices(FEATURES),
        validate_choice=False,
    )

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        access = answers["access"]
        return {
            **super().shown(answers),
            "has": [each for each, present in access.items() if present],
            "lacks": [each for each, present in access.items() if not present],
        }

    def validate_lacks(self, field: SelectMultipleField) -> None:
        both = [
            each for each in ACCESS if each in (field.data or []) and each in (self.has.data or [])
        ]
        if both:
            raise ValidationError(f"You said both yes and no to {ACCESS[both[0]]}. Choose one")

    def said(self) -> Values:
        return {**super().said(), "access": access_of(self.has.data or [], self.lacks.data or [])}


class ContactForm(StepForm):
    asked: ClassVar[tuple[str, ...]] = ("contact_name", "phone", "email", "url")

    contact_name = StringField(
        "Whom do people ask for? (optional)",
        description="A first name is enough.",
        filters=[line],
        validators=[at_most(100, "The name")],
    )
    phone = StringField("Phone number", filters=[line], validators=[is_phone])
    email = StringField(
        "Email address",
        description="Everybody can see this. It can be another one than yours.",
        filters=[line],
        validators=[is_address_if_any],
    )
    url = StringField("Website", filters=[line], validators=[is_web_address])

    def validate_phone(self, field: StringField) -> None:
        if not (field.data or self.email.data or self.url.data):
            raise ValidationError("Enter a phone number, an email address or a website")


class PhotoForm(StepForm):
    """A photo is kept when the page is sent; only its name stands in the answers."""

    photo = FileField(
        "Choose a photo (optional)",
        description="A JPEG, PNG, WebP or GIF of up to 10 MB. "
        "We take out where and when it was taken.",
    )
    alt = StringField(
        "What does the photo show?",
        description="For people who cannot see it. Like: eight people knit around a table.",
        filters=[line],
        validators=[at_most(250, "What the photo shows")],
    )
    remove = BooleanField("Take the photo away")

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        return {"alt": (answers["photo"] or {}).get("alt", "")}


def _say_plainly(field: IntegerField) -> None:
    """What is no number is told in our words."""
    if field.process_errors:
        raise ValidationError(AGE)
