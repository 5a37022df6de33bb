"""What is asked about a record: what the client agrees to, who else sees it, what to do in an
emergency, and what a team says of itself."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Length, Optional, ValidationError

from connectdo.clients.models import (
    FIGURES,
    KEEP,
    REFERRER,
    Client,
    Consent,
    Team,
    TeamMember,
    Worry,
)
from connectdo.clients.wording import KINDS, QUESTIONS
from connectdo.editing import EditForm
from connectdo.fields import Validator, at_most, choices, line, lines, needed
from connectdo.listings.when.words import Unclear, day_in
from connectdo.people.forms import is_address

YES, NO = "yes", "no"
LONGEST_COVER = timedelta(days=92)
SHORTEST_REASON = 20
LONGEST_NOTE = 3000
NUMBER = re.compile(r"[0-9]{1,9}")
CLOSES_AFTER = (3, 6, 9, 12)
FORGETS_AFTER = (6, 12, 24, 36, 72)


def note(message: str) -> list[Validator]:
    """For a field that must say something, and not a book."""
    return [needed(message), at_most(LONGEST_NOTE)]


def question(about: str) -> RadioField:
    """A question as it is asked aloud. It may be left for another day."""
    return RadioField(
        QUESTIONS[about],
        choices=[SelectChoice(YES, "They say yes"), SelectChoice(NO, "They say no")],
        validators=[Optional(), AnyOf((YES, NO), message="Choose what they said")],
        validate_choice=False,
    )


class ConsentForm(EditForm):
    """What the client says to each question."""

    keep = question(KEEP)
    figures = question(FIGURES)
    referrer = question(REFERRER)

    def __init__(self, answers: Mapping[str, Consent]) -> None:
        self.before = {about: YES if each.given else NO for about, each in answers.items()}
        super().__init__(self.before)

    def changed(self) -> dict[str, bool]:
        """The answers that are new, and whether each is yes."""
        said = {about: self[about].data for about in QUESTIONS}
        return {
            about: each == YES
            for about, each in said.items()
            if each and each != self.before.get(about)
        }


def colleagues(members: Sequence[TeamMember]) -> list[SelectChoice]:
    """Those of a team, each with what they are in it."""
    return [
        SelectChoice(each.person_id, f"{each.person.called}, {KINDS[each.kind]}")
        for each in members
    ]


class CoverForm(FlaskForm):  # type: ignore[misc]
    """Which colleague sees the client too, and up to which day."""

    day: date

    person = RadioField("Who covers?", coerce=int, validate_choice=False)
    until = StringField(
        "What is the last day?",
        description="Like 6 October 2026. They see the record up to the end of that day.",
        filters=[line],
    )

    def __init__(self, members: Sequence[TeamMember], today: date) -> None:
        super().__init__()
        self.people = {each.person_id: each.person for each in members}
        self.person.choices = colleagues(members)
        self.today = today

    def validate_person(self, field: Field) -> None:
        if field.data not in self.people:
            raise ValidationError("Choose who covers")

    def validate_until(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Enter the last day")
        try:
            self.day = day_in(field.data, self.today)
        except Unclear as error:
            raise ValidationError(str(error)) from error
        if not self.today <= self.day <= self.today + LONGEST_COVER:
            raise ValidationError("The last day must be today or in the next 3 months")


class HandOverForm(EditForm):
    """Which colleague has the client from now on."""

    person = RadioField("Who takes over?", coerce=int, validate_choice=False)

    def __init__(self, client: Client, members: Sequence[TeamMember]) -> None:
        super().__init__({"coach": client.coach_id})
        self.people = {each.person_id: each.person for each in members}
        self.person.choices = colleagues(members)

    def validate_person(self, field: Field) -> None:
        if field.data not in self.people:
            raise ValidationError("Choose who takes over")


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """Which record, by its number or by the team and the name, and why."""

    number = StringField(
        "The number of the record, if you have it",
        description="It stands on the page called “Their record”.",
        filters=[line],
    )
    team = StringField("The name of the team", filters=[line])
    name = StringField("The first name or nickname", filters=[line])
    reason = TextAreaField(
        "Why do you need to see it?",
        description="Write at least one sentence. The leads of the team read it today.",
        filters=[lines],
        validators=[
            Length(min=SHORTEST_REASON, message="Write at least one sentence"),
            at_most(LONGEST_NOTE),
        ],
    )

    def validate_number(self, field: Field) -> None:
        if not field.data and not (self.team.data and self.name.data):
            raise ValidationError("Enter the number of the record, or the team and the name")
        if field.data and not NUMBER.fullmatch(field.data):
            raise ValidationError("The number of a record has up to 9 figures and nothing else")


class WorryForm(FlaskForm):  # type: ignore[misc]
    """A note to the leads. Who is in several teams says to which."""

    team = SelectField("Which team?", coerce=int, validate_choice=False)
    words = TextAreaField(
        "What worries you?",
        description="What you saw or heard, when, and what you have done.",
        filters=[lines],
        validators=note("Write what worries you"),
    )

    def __init__(self, teams: Sequence[Team]) -> None:
        super().__init__()
        self.teams = {each.id: each for each in teams}
        self.team.choices = [SelectChoice(each.id, each.name) for each in teams]

    def validate_team(self, field: Field) -> None:
        if len(self.teams) == 1:
            field.data = next(iter(self.teams))
        if field.data not in self.teams:
            raise ValidationError("Choose a team")


class DoneForm(EditForm):
    """What a lead did about a worry."""

    done = TextAreaField(
        "What have you done about it?",
        filters=[lines],
        validators=note("Write what you have done about it"),
    )

    def __init__(self, worry: Worry) -> None:
        super().__init__({"done": worry.done})


def kind_field() -> RadioField:
    """What somebody is in a team."""
    return RadioField(
        "What are they?",
        description="A volunteer or peer supporter does not see outcomes, or notes that are for "
        "colleagues only. A team lead sees everybody’s clients.",
        choices=choices(KINDS),
        validators=[AnyOf(KINDS, message="Choose what they are")],
        validate_choice=False,
    )


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Who joins a team, and as what."""

    email = StringField(
        "Their email address",
        description="If they are new here, we send them a link to set up how they sign in.",
        filters=[line],
        validators=[is_address],
    )
    kind = kind_field()


class KindForm(EditForm):
    """What somebody is in a team from now on."""

    kind = kind_field()


def months(numbers: Sequence[int]) -> list[SelectChoice]:
    """So many months, to choose from."""
    return [SelectChoice(each, f"{each} months") for each in numbers]


class TeamForm(EditForm):
    """What a team does when somebody is worried, and how long it keeps records."""

    safeguarding = TextAreaField(
        "What does your team do when somebody is worried?",
        description="One step on a line, with the phone number in it. Everybody in the team sees "
        "this under “I’m worried about someone”.",
        filters=[lines],
        validators=[at_most(LONGEST_NOTE)],
    )
    close_after_months = SelectField(
        "When does a record close that nobody writes in?", coerce=int, choices=months(CLOSES_AFTER)
    )
    forget_after_months = SelectField(
        "When is a closed record forgotten?", coerce=int, choices=months(FORGETS_AFTER)
    )

    def __init__(self, team: Team) -> None:
        names = ("safeguarding", "close_after_months", "forget_after_months")
        super().__init__({name: getattr(team, name) for name in names})
