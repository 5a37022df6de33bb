"""What is asked of a client, and of those who ask."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, ValidationError

from connectdo.editing import EditForm
from connectdo.fields import at_most, choices, line
from connectdo.listings.when.words import Unclear, day_in
from connectdo.outcomes.instruments import MOMENTS, Item, Questionnaire
from connectdo.outcomes.wording import HOW, WENT_ON

RATHER_NOT = "rather_not"
MOST_STATEMENTS = 6
LONGEST_STATEMENT = 150
LONGEST_WORDS = 200


class PastDay(StringField):
    """A day up to today, as people write it."""

    day: date | None = None

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, description="Like 6 October 2026.", filters=[line], **options)

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            raise ValidationError("Enter the date")
        try:
            day = day_in(self.data, form.today)
        except Unclear as error:
            raise ValidationError(str(error)) from error
        if day > form.today:
            raise ValidationError("The date must be today or earlier. Write the year too")
        self.day = day


class AskForm(FlaskForm):  # type: ignore[misc]
    """What to ask, when it belongs, and how."""

    questionnaire = RadioField("What do you want to ask?", validate_choice=False)
    moment = RadioField(
        "When is this?",
        choices=choices(MOMENTS),
        validators=[AnyOf(MOMENTS, message="Choose when this is")],
        validate_choice=False,
    )
    how = RadioField(
        "How will they answer?",
        choices=choices(HOW),
        validators=[AnyOf(HOW, message="Choose how they will answer")],
        validate_choice=False,
    )

    def __init__(self, asked: Mapping[str, Questionnaire], moment: str) -> None:
        super().__init__(data={"moment": moment})
        self.asked = asked
        names = [SelectChoice(key, each.name) for key, each in asked.items()]
        self.questionnaire.choices = names

    def validate_questionnaire(self, field: Field) -> None:
        if field.data not in self.asked:
            raise ValidationError("Choose what you want to ask")


class AnswersForm(FlaskForm):  # type: ignore[misc]
    """A questionnaire: a field for each item, by the item's key. See `answers_form`."""

    questionnaire: Questionnaire

    @property
    def items(self) -> list[Field]:
        """The fields of the items, in their order."""
        return [self[each.key] for each in self.questionnaire.items]

    def answers(self) -> dict[str, int | None]:
        """What was answered, None where somebody would rather not say."""
        return {
            each.name: None if each.data == RATHER_NOT else int(each.data) for each in self.items
        }


class PaperForm(AnswersForm):
    """The same, from paper, with the day it was filled in."""

    on = PastDay("When did they fill it in?")

    def __init__(self, today: date) -> None:
        super().__init__(data={"on": f"{today.day} {today:%B %Y}"})
        self.today = today


def answers_form(questionnaire: Questionnaire) -> type[AnswersForm]:
    """The form that a client answers on."""
    fields = _fields(questionnaire, "I’d rather not say")
    return type("Questions", (AnswersForm,), fields)


def paper_form(questionnaire: Questionnaire) -> type[PaperForm]:
    """The form that a coach copies an answer on paper into."""
    return type("Paper", (PaperForm,), _fields(questionnaire, "No answer"))


def _fields(questionnaire: Questionnaire, none: str) -> dict[str, object]:
    items = {
        item.key: _field(item, number, none) for number, item in enumerate(questionnaire.items, 1)
    }
    return {"questionnaire": questionnaire, **items}


def _field(item: Item, number: int, none: str) -> RadioField:
    labels = zip(item.values, item.answers, strict=True)
    answers = {**{str(value): label for value, label in labels}, RATHER_NOT: none}
    missing = f"Choose an answer to question {number}, or “{none}”"
    return RadioField(
        item.words,
        description=item.hint,
        choices=[SelectChoice(value, label) for value, label in answers.items()],
        validators=[AnyOf(answers, message=missing)],
        validate_choice=False,
    )


class WentOnForm(FlaskForm):  # type: ignore[misc]
    """What they went on to do."""

    kinds = SelectMultipleField(
        "What did they go on to do?", choices=choices(WENT_ON), validate_choice=False
    )
    on = PastDay("When?")
    words = StringField(
        "More about it (optional)",
        filters=[line],
        validators=[at_most(LONGEST_WORDS)],
    )

    def __init__(self, today: date) -> None:
        super().__init__(data={"on": f"{today.day} {today:%B %Y}"})
        self.today = today

    def validate_kinds(self, field: Field) -> None:
        field.data = [each for each in field.data or [] if each in WENT_ON]
        if not field.data:
            raise ValidationError("Choose at least one thing")


class ChooseForm(EditForm):
    """What a team asks."""

    questionnaires = SelectMultipleField("Questionnaires", validate_choice=False)
    statements = TextAreaField(
        "Statements of your own (optional)",
        description="One on a line, like I feel more supported. People say how much they agree.",
    )

    def __init__(self, there: Mapping[str, str], chosen: Iterable[str], words: list[str]) -> None:
        super().__init__({"questionnaires": sorted(chosen), "statements": "\n".join(words)})
        self.there = there
        self.questionnaires.choices = [SelectChoice(key, name) for key, name in there.items()]

    @property
    def lines(self) -> list[str]:
        """The statements, each once."""
        lines = (line(each) for each in (self.statements.data or "").splitlines())
        return list(dict.fromkeys(each for each in lines if each))

    def validate_questionnaires(self, field: Field) -> None:
        if not set(field.data or []) <= set(self.there):
            raise ValidationError("Choose from the questionnaires that are here")

    def validate_statements(self, _field: Field) -> None:
        if len(self.lines) > MOST_STATEMENTS:
            raise ValidationError(f"Write up to {MOST_STATEMENTS} statements")
        if any(len(each) > LONGEST_STATEMENT for each in self.lines):
            raise ValidationError(f"Write each statement in {LONGEST_STATEMENT} letters or fewer")
