"""What it is: its name, what people do there, who runs it, its interests."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, ValidationError

from connectdo.fields import at_most, line, lines, needed
from connectdo.listings.vocabulary import Vocabulary
from connectdo.organisations.models import Organisation
from connectdo.posting.answers import Values
from connectdo.posting.forms import Answers, StepForm, choices

LONGEST_NAME = 200
LONGEST_SUMMARY = 300
LONGEST_DESCRIPTION = 5_000
MOST_INTERESTS = 12
LONGEST_MORE = 500
KINDS = {"group": "A group that meets regularly", "event": "An event, once or on a few dates"}
ANOTHER = "another"


class RunByForm(StepForm):
    """Asks who runs it: an organisation that they look after, or another."""

    organisation: RadioField
    organisation_name: StringField

    def __init__(self, answers: Answers, looked_after: Sequence[Organisation]) -> None:
        super().__init__(answers)
        self.ids = {str(each.id) for each in looked_after}
        names = {str(each.id): each.name for each in looked_after}
        self.organisation.choices = choices({**names, ANOTHER: "Somebody else"})
        if not looked_after:
            del self.organisation

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        known = answers["organisation_id"]
        chosen = str(known) if known else ANOTHER if answers["organisation_name"] else ""
        return {
            **super().shown(answers),
            "organisation": chosen,
            "organisation_name": answers["organisation_name"],
        }

    def validate_organisation(self, field: RadioField) -> None:
        if field.data not in self.ids | {ANOTHER}:
            raise ValidationError("Choose who runs it")

    @property
    def is_new(self) -> bool:
        """Whether it is none of those that they look after."""
        return self.organisation is None or self.organisation.data not in self.ids

    def said(self) -> Values:
        return {
            **super().said(),
            "organisation_id": None if self.is_new else int(self.organisation.data),
            "organisation_name": self.organisation_name.data if self.is_new else "",
        }


class WhatForm(RunByForm):
    """`home_page` is a trap: people do not see it, and programs that fill in forms do."""

    asked: ClassVar = ("kind", "name", "summary", "description")

    kind = RadioField(
        "What do you want to add?",
        choices=choices(KINDS),
        validate_choice=False,
        validators=[AnyOf(KINDS, message="Choose a group or an event")],
    )
    name = StringField(
        "What is it called?",
        description="Like Tuesday Knitters.",
        filters=[line],
        validators=[needed("Enter what it is called"), at_most(LONGEST_NAME, "The name")],
    )
    summary = StringField(
        "What is it, in one sentence? (optional)",
        description="Like: We knit, talk and drink tea. People see this first.",
        filters=[line],
        validators=[at_most(LONGEST_SUMMARY, "The sentence")],
    )
    description = TextAreaField(
        "What do people do there?",
        description="You can paste what you have written before.",
        filters=[lines],
        validators=[
            needed("Say what people do there"),
            at_most(LONGEST_DESCRIPTION, "What people do there"),
        ],
    )
    organisation = RadioField("Who runs it?", choices=[], validate_choice=False)
    organisation_name = StringField(
        "The name of who runs it (optional)",
        description="A charity, a club or a person. Leave it empty if it has the same name.",
        filters=[line],
        validators=[at_most(LONGEST_NAME, "The name of who runs it")],
    )
    home_page = StringField(
        "Leave this empty",
        filters=[line],
        validators=[Length(max=0, message="Leave the last field empty")],
    )


class InterestsForm(StepForm):
    """The interests suggested and those chosen before; others by their names."""

    interests = SelectMultipleField(
        "What is it about?",
        description="People who look for these will find you.",
        choices=[],
        validate_choice=False,
    )
    more = TextAreaField(
        "Anything else it is about? (optional)",
        description="Put each on a line of its own, like Chess.",
        filters=[lines],
        validators=[at_most(LONGEST_MORE, "What else it is about")],
    )

    def __init__(
        self,
        answers: Answers,
        vocabulary: Vocabulary,
        offered: Sequence[str],
        *,
        ticked: Sequence[str],
    ) -> None:
        self.vocabulary = vocabulary
        super().__init__({**answers, "interests": answers["interests"] or ticked})
        known = [
            each
            for each in dict.fromkeys([*answers["interests"], *offered])
            if each in vocabulary.position
        ]
        self.interests.choices = choices({each: self._name(each) for each in known})

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        return {"interests": answers["interests"]}

    def validate_more(self, field: TextAreaField) -> None:
        _, unknown = names_in(self.vocabulary, field.data or "")
        if unknown:
            raise ValidationError(
                f'We have no interest called "{unknown[0][:40]}". Try another word, or leave it out'
            )
        if len(self._chosen()) > MOST_INTERESTS:
            raise ValidationError(f"Choose up to {MOST_INTERESTS}")
        if not self._chosen():
            raise ValidationError(
                "Choose what it is about, or write it here, so that people find it"
            )

    def said(self) -> Values:
        return {"interests": self._chosen()}

    def _chosen(self) -> list[str]:
        ticked = [each for each in self.interests.data or [] if each in self.vocabulary.position]
        written, _ = names_in(self.vocabulary, self.more.data or "")
        return list(dict.fromkeys([*ticked, *written]))

    def _name(self, slug: str) -> str:
        return self.vocabulary.concepts[self.vocabulary.position[slug]].name


def names_in(vocabulary: Vocabulary, text: str) -> tuple[list[str], list[str]]:
    """The slugs of the interests that are named, one on a line, and the names that are unknown."""
    rows = [each.strip() for each in text.replace(",", "\n").splitlines() if each.strip()]
    found = {each: vocabulary.named(each) for each in rows}
    slugs = [vocabulary.concepts[each].slug for each in found.values() if each is not None]
    return list(dict.fromkeys(slugs)), [name for name, each in found.items() if each is None]
