"""What a moderator decides with."""

from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, ValidationError

from connectdo.editing import EditForm
from connectdo.fields import at_most, lines

LONGEST_WORDS = 2_000
APPROVE, ASK, REFUSE = "approve", "ask", "refuse"
WAITS = {
    APPROVE: "Approve: everybody can see it",
    ASK: "Ask for a change",
    REFUSE: "Refuse: it is not shown",
}
IS_SHOWN = {
    APPROVE: "It is right",
    ASK: "Ask for a change, and leave it as it is until then",
    REFUSE: "Take it back: show what was there before",
}
AGREE = "agree"
OF_A_CLAIM = {
    AGREE: "Agree: they look after it from now on",
    REFUSE: "Refuse",
}
NOTHING, HIDE, STOPPED, RIGHT, LEAVE = "nothing", "hide", "stopped", "right", "leave"
OF_A_REPORT = {
    NOTHING: "The page is right, or I have put it right",
    STOPPED: "It has stopped",
    HIDE: "Hide the page",
}
OF_SILENCE = {
    RIGHT: "I have checked, and it is still right",
    STOPPED: "It has stopped",
    LEAVE: "Leave it as it is",
}


class WordsForm(EditForm):
    """A choice, and why. `about` names what it is decided about."""

    decision = RadioField("What do you decide?", validate_choice=False)
    words = TextAreaField(
        filters=[lines],
        validators=[at_most(LONGEST_WORDS)],
    )

    @property
    def said(self) -> str:
        """What was written."""
        return self.words.data or ""

    @property
    def words_said(self) -> list[str]:
        """All that was written."""
        return [self.said]

    def __init__(self, choices: dict[str, str], about: str) -> None:
        super().__init__({"about": about})
        self.decision.choices = [SelectChoice(value, label) for value, label in choices.items()]
        self.decision.validators = [AnyOf(choices, message="Choose what you decide")]


class DecisionForm(WordsForm):
    """Decides about a version. Who is asked or refused is told why."""

    words = TextAreaField(
        "What do you want to tell them?",
        description="We send it to whoever wrote this. You need it to ask or to refuse.",
        filters=[lines],
        validators=[at_most(LONGEST_WORDS)],
    )

    def validate_words(self, field: Field) -> None:
        if self.decision.data in (ASK, REFUSE) and not field.data:
            raise ValidationError("Write what they should change, or why it is not shown")


class ClaimDecisionForm(WordsForm):
    """Decides whether somebody looks after a listing. Who is refused is told why."""

    words = TextAreaField(
        "What do you want to tell them?",
        description="We send it to who asks. You need it to refuse.",
        filters=[lines],
        validators=[at_most(LONGEST_WORDS)],
    )

    def validate_words(self, field: Field) -> None:
        if self.decision.data == REFUSE and not field.data:
            raise ValidationError("Write why you do not agree, or what you need to know")


class NoteForm(WordsForm):
    """Decides about a report or a listing that nobody confirms."""

    words = TextAreaField(
        "A note for other moderators (optional)",
        filters=[lines],
        validators=[at_most(LONGEST_WORDS)],
    )


class ReportForm(NoteForm):
    """Closes a report. What came of it is mailed to a visitor who left an address."""

    answer = TextAreaField(
        "Tell them (optional)",
        description="They left an email address. We write to them what came of it, and this.",
        filters=[lines],
        validators=[at_most(LONGEST_WORDS)],
    )

    @property
    def words_said(self) -> list[str]:
        """All that was written."""
        return [self.said, self.answer.data or ""]
