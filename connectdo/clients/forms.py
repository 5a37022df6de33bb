"""What a coach writes of a client. Everything but the name may be left out."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, ValidationError

from connectdo.clients.models import PASSION, Client, TeamMember
from connectdo.clients.wording import CLIENT_NEEDS, PARTS, SAID, TRAVEL
from connectdo.editing import EditForm
from connectdo.fields import at_most, choices, line, needed
from connectdo.listings.choices import DAYS
from connectdo.places import AmbiguousPlace, Place, UnknownPlace, find_place
from connectdo.wording import sentence

LONGEST_NAME = 60
LONGEST_SAID = 200
MOST_LANGUAGES = 5
WITHIN = ("0.5", "1", "1.5", "2", "3", "5", "10")
SLOTS = {f"{day} {part}".strip(): day for day in DAYS for part in PARTS}


class NameForm(FlaskForm):  # type: ignore[misc]
    """All that a record begins with. Who is in several teams says in which."""

    name = StringField(
        "What do they like to be called?",
        description="A first name or nickname. You need nothing else to begin.",
        filters=[line],
        validators=[
            needed("Enter a first name or nickname"),
            at_most(LONGEST_NAME, "The name"),
        ],
    )
    team = SelectField("Team", coerce=int, validate_choice=False)

    def __init__(self, memberships: list[TeamMember]) -> None:
        super().__init__()
        self.teams = {each.team_id: each.team for each in memberships}
        self.team.choices = [SelectChoice(key, each.name) for key, each in self.teams.items()]

    def validate_team(self, field: Field) -> None:
        if len(self.teams) == 1:
            field.data = next(iter(self.teams))
        if field.data not in self.teams:
            raise ValidationError("Choose a team")


class InterestForm(FlaskForm):  # type: ignore[misc]
    """Something they said."""

    said = StringField(
        "What do they love, or hope to do?",
        description="In their own words. “Growing tomatoes with my grandad.”",
        filters=[line],
        validators=[
            needed("Write what they said"),
            at_most(LONGEST_SAID),
        ],
    )
    kind = RadioField(
        "How do they feel about it?",
        choices=choices(SAID),
        default=PASSION,
        validators=[AnyOf(SAID, message="Choose how they feel about it")],
        validate_choice=False,
    )


class AboutForm(EditForm):
    """Where, how far, when, and what they need."""

    name = StringField(
        "What do they like to be called?",
        filters=[line],
        validators=NameForm.name.kwargs["validators"],
    )
    near = StringField(
        "Where do they start from?",
        description="A postcode, half a postcode, or the name of a place. We keep only the first "
        "half of a postcode.",
        filters=[line],
    )
    whole_postcode = BooleanField("They want us to keep the whole postcode")
    within = SelectField(
        "How far will they go?",
        choices=[
            SelectChoice("", "Any distance"),
            *(SelectChoice(each, f"{each} mile{'' if each == '1' else 's'}") for each in WITHIN),
        ],
        validate_choice=False,
    )
    travel = SelectMultipleField("How do they get about?", choices=choices(TRAVEL))
    free_when = SelectMultipleField("When are they free?", choices=choices(SLOTS))
    needs = SelectMultipleField(
        "What do they need?",
        description="What does not have this is not suggested. Where we do not know, it says so.",
        choices=choices(CLIENT_NEEDS),
    )
    languages = StringField(
        "What languages do they speak?",
        description="For example, English, Somali",
        filters=[line],
    )

    def __init__(self, client: Client) -> None:
        super().__init__(
            {
                "name": client.name,
                "near": client.near,
                "whole_postcode": " " in client.near and client.near[-1:].isalpha(),
                "within": f"{client.within:g}" if client.within else "",
                "travel": client.travel,
                "free_when": client.free_when,
                "needs": client.needs,
                "languages": ", ".join(client.languages),
            }
        )
        self.place: Place | None = None

    def validate_near(self, field: Field) -> None:
        if not field.data:
            return
        try:
            self.place = find_place(field.data)
        except AmbiguousPlace as error:
            raise ValidationError(f"{error} Write which one, with its county or city") from error
        except UnknownPlace as error:
            raise ValidationError(str(error)) from error

    def validate_within(self, field: Field) -> None:
        if field.data not in ("", *WITHIN):
            field.data = ""

    def known(self) -> dict[str, object]:
        """What is kept. Of a postcode only its first half, unless the client wants more."""
        near = self.place.name if self.place else ""
        if self.place and self.place.kind == "postcode" and not self.whole_postcode.data:
            near = near.split(" ")[0]
        said = (line(each) for each in (self.languages.data or "").split(","))
        languages = [sentence(each)[:40] for each in said if each]
        return {
            "name": self.name.data,
            "near": near,
            "within": float(self.within.data) if near and self.within.data else None,
            "travel": self.travel.data,
            "free_when": self.free_when.data,
            "needs": self.needs.data,
            "languages": list(dict.fromkeys(languages))[:MOST_LANGUAGES],
        }
