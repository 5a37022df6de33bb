"""What is asked on each page. A form shows the answers there are and gives them back changed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from connectdo.posting.answers import Values

Answers = Mapping[str, Any]


class StepForm(FlaskForm):  # type: ignore[misc]
    """Fields are named for the answers; `asked` are those that it takes as they are."""

    asked: ClassVar[tuple[str, ...]] = ()

    def __init__(self, answers: Answers, *, unread: bool = False) -> None:
        """`unread` leaves what was sent alone: it cannot be read."""
        sent = {"formdata": None} if unread else {}
        super().__init__(data=self.shown(answers), **sent)
        self.before = answers

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        """What the fields hold when the page is opened."""
        return {name: answers[name] for name in cls.asked}

    def said(self) -> Values:
        """What the fields hold now, as answers."""
        return {name: self[name].data for name in self.asked}


def choices(words: Mapping[str, str]) -> list[SelectChoice]:
    """The choices of a field, in their order."""
    return [SelectChoice(value, label) for value, label in words.items()]
