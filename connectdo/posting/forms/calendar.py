"""A calendar that somebody keeps already: where it is, and what it does not say."""

from collections.abc import Sequence
from typing import ClassVar

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, ValidationError

from connectdo.calendars import BadAddress, tidy_address
from connectdo.calendars.addresses import LONGEST
from connectdo.calendars.reading import MOST_BYTES
from connectdo.fields import at_most, line, lines
from connectdo.listings.choices import BOOKING
from connectdo.listings.models import Listing
from connectdo.listings.vocabulary import Vocabulary
from connectdo.organisations.models import Organisation
from connectdo.places import find_postcode, tidy_postcode
from connectdo.posting import looking
from connectdo.posting.answers import Values
from connectdo.posting.forms import Answers, choices
from connectdo.posting.forms.what import LONGEST_MORE, RunByForm, names_in
from connectdo.posting.forms.where import LONGEST_ADDRESS, LONGEST_NAME
from connectdo.posting.forms.who import FREE, ContactForm
from connectdo.posting.models import FollowedCalendar
from connectdo.text import one_line

ASK, AS_IT_IS = "ask", "as it is"
LONGEST_FILE_NAME = 100


class CalendarForm(FlaskForm):  # type: ignore[misc]
    """An address or a file, and where the rest is taken from."""

    address = StringField(
        "The address of your calendar",
        description="It often ends in .ics. In Google Calendar it is called Secret address in iCal "
        "format. We look at it every few hours and keep your pages right.",
        filters=[line],
    )
    file = FileField(
        "Or a file",
        description="A file that ends in .ics, of up to 2 MB. It is read once. You can send a "
        "newer one later.",
    )
    like = RadioField("Where do we take the rest from?", choices=[], validate_choice=False)

    def __init__(self, listings: Sequence[Listing], calendar: FollowedCalendar | None) -> None:
        super().__init__(data={"address": calendar.address} if calendar else {})
        self.listings = {str(each.id): each for each in listings}
        kept = {AS_IT_IS: "Leave it as it is"} if calendar else {}
        asked = {} if calendar else {ASK: "None of these: ask me"}
        names = {key: each.name for key, each in self.listings.items()}
        self.offered = {**kept, **names, **asked}
        self.like.choices = choices(self.offered)
        self.like.description = (
            "A calendar says what, when and where. It does not say what it costs, whom to ask for "
            "and how to join. We take that from a page that you have."
        )
        if calendar and not self.is_submitted():
            self.like.data = AS_IT_IS
        if not listings:
            del self.like

    def validate_address(self, field: StringField) -> None:
        if self.upload and field.data:
            raise ValidationError("Give an address or a file, not both")
        if self.upload:
            return
        if not field.data:
            raise ValidationError("Enter the address of your calendar, or choose a file")
        try:
            field.data = tidy_address(field.data, looking.NETWORK.ports)
        except BadAddress as error:
            raise ValidationError(str(error).removesuffix(".")) from error
        if len(field.data) > LONGEST:
            raise ValidationError(f"The address must be {LONGEST:,} characters or fewer")

    def validate_like(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Choose where we take the rest from")

    @property
    def upload(self) -> FileStorage | None:
        """The file, if one was chosen."""
        file = self.file.data
        return file if isinstance(file, FileStorage) and file.filename else None

    @property
    def chosen(self) -> Listing | None:
        """The listing that the rest is taken from."""
        return self.listings.get(self.like.data or "") if self.like else None

    def name(self, host: str) -> str:
        """What its organisers know it by."""
        return one_line((self.upload.filename or "") if self.upload else host)[-LONGEST_FILE_NAME:]

    def uploaded(self) -> bytes:
        """What is in the file; of one that is too large, a little more than may be."""
        return self.upload.stream.read(MOST_BYTES + 1) if self.upload else b""


class RestForm(RunByForm, ContactForm):
    """All that a calendar does not say, on one page."""

    asked: ClassVar = (*ContactForm.asked, "cost", "booking")

    organisation = RadioField("Whose calendar is it?", choices=[], validate_choice=False)
    organisation_name = StringField(
        "The name of who runs the events",
        description="A charity, a club or a person.",
        filters=[line],
        validators=[at_most(LONGEST_NAME, "The name of who runs the events")],
    )
    interests = TextAreaField(
        "What are most of the events about?",
        description="Put each on a line of its own, like Chess. People who look for these will "
        "find you.",
        filters=[lines],
        validators=[at_most(LONGEST_MORE, "What the events are about")],
    )
    postcode = StringField(
        "What is the postcode of the usual place?",
        description="Leave it empty if there is none. If an event has another postcode in your "
        "calendar, we use that.",
        filters=[line],
    )
    place = StringField(
        "What is the place called?",
        description="Like Lantern Street Hall.",
        filters=[line],
        validators=[at_most(LONGEST_NAME, "The name of the place")],
    )
    street = StringField(
        "Number and street (optional)",
        filters=[line],
        validators=[at_most(LONGEST_ADDRESS, "The number and street")],
    )
    is_free = RadioField(
        "What do most of them cost?",
        choices=choices(FREE),
        validate_choice=False,
        validators=[AnyOf(FREE, message="Choose what they cost")],
    )
    cost = StringField(
        "How much? (optional)",
        description="Like: £3, or £1 if money is short.",
        filters=[line],
        validators=[at_most(300, "How much it costs")],
    )
    booking = RadioField(
        "How do people join?",
        choices=choices(BOOKING),
        validate_choice=False,
        validators=[AnyOf(BOOKING, message="Choose how people join")],
    )

    def __init__(
        self, answers: Answers, looked_after: Sequence[Organisation], vocabulary: Vocabulary
    ) -> None:
        self.vocabulary = vocabulary
        super().__init__(answers, looked_after)

    def validate_organisation_name(self, field: StringField) -> None:
        if self.is_new and not field.data:
            raise ValidationError("Enter the name of who runs the events")

    def validate_interests(self, field: TextAreaField) -> None:
        self.slugs, unknown = names_in(self.vocabulary, field.data or "")
        if unknown:
            raise ValidationError(
                f'We have no interest called "{unknown[0][:40]}". Try another word, or leave it out'
            )
        if not self.slugs:
            raise ValidationError("Say what the events are about, so that people find them")

    def validate_postcode(self, field: StringField) -> None:
        typed = field.data or ""
        self.found = find_postcode(typed) if tidy_postcode(typed) else None
        if typed and self.found is None:
            raise ValidationError("Enter a full UK postcode, like SE24 0NG")

    def validate_place(self, field: StringField) -> None:
        if self.postcode.data and not field.data:
            raise ValidationError("Enter what the place is called")

    def said(self) -> Values:
        free = {"yes": True, "no": False}.get(self.is_free.data)
        return {
            **super().said(),
            "interests": self.slugs,
            "is_free": free,
            "cost": "" if free else self.cost.data,
            "venue": self._venue(),
            "delivery": ["in_person"],
        }

    def _venue(self) -> Values | None:
        if self.found is None:
            return None
        return {
            "name": self.place.data,
            "address": self.street.data,
            "postcode": tidy_postcode(self.postcode.data or ""),
            "latitude": self.found.point.latitude,
            "longitude": self.found.point.longitude,
        }


class StopFollowingForm(FlaskForm):  # type: ignore[misc]
    """Whether the pages stay."""

    pages = RadioField(
        "What about the pages that came from it?",
        choices=choices(
            {"leave": "Leave them as they are", "stop": "Say on them that they have stopped"}
        ),
        validate_choice=False,
        validators=[AnyOf(("leave", "stop"), message="Choose what to do with the pages")],
    )
