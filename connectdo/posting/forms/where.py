"""Where it is: a place, a place whose address is not shown, or nowhere in particular."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, ValidationError

from connectdo.fields import at_most, line, lines
from connectdo.listings.choices import DELIVERY
from connectdo.places import Place, area_names, find_postcode, tidy_postcode
from connectdo.posting.answers import FIXED, HIDDEN, NOWHERE, Values
from connectdo.posting.forms import Answers, StepForm, choices
from connectdo.wording import sentence

LONGEST_NAME = 200
LONGEST_ADDRESS = 300
MOST_AREAS = 40
PLACES = {
    FIXED: "At one place",
    HIDDEN: "At one place, but do not show the address",
    NOWHERE: "It has no fixed place",
}
WAYS = {each: sentence(words) for each, words in DELIVERY.items() if each != "in_person"}
ANOTHER = "another"


class WhereForm(StepForm):
    """Of a hidden address the public sees half the postcode."""

    place = RadioField(
        "Where is it?",
        choices=choices(PLACES),
        validate_choice=False,
        validators=[AnyOf(PLACES, message="Choose where it is")],
    )
    postcode = StringField(
        "What is the postcode of the place?",
        description="Leave it empty if there is no fixed place. "
        "If you hide the address, people see the first half only, like SE24.",
        filters=[line],
    )
    ways = SelectMultipleField(
        "Can people join in another way? (optional)", choices=choices(WAYS), validate_choice=False
    )

    found: Place | None = None

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        return {
            "place": answers["place"],
            "postcode": answers["postcode"],
            "ways": answers["delivery"],
        }

    def validate_postcode(self, field: StringField) -> None:
        if self.place.data not in (FIXED, HIDDEN):
            return
        typed = field.data or ""
        self.found = find_postcode(typed) if tidy_postcode(typed) else None
        if self.found is None:
            raise ValidationError("Enter a full UK postcode, like SE24 0NG")

    def said(self) -> Values:
        place = self.place.data
        ways = [each for each in WAYS if each in (self.ways.data or [])]
        here = ["in_person"] if place != NOWHERE or not ways else []
        found = self.found
        said: Values = {
            "place": place,
            "hide_address": place == HIDDEN,
            "delivery": [*here, *ways],
            "postcode": "",
        }
        if found is None or place == NOWHERE:
            return {**said, "venue": None}
        postcode = tidy_postcode(self.postcode.data or "") or ""
        venue = self.before["venue"]
        same = venue and venue["postcode"] == postcode
        return {**said, "postcode": postcode, "venue": venue if same else None}


class VenueForm(StepForm):
    """The places known at the postcode, or another."""

    known = RadioField("Which place is it?", choices=[], validate_choice=False)
    name = StringField(
        "What is the place called?",
        description="Like Lantern Street Hall.",
        filters=[line],
        validators=[at_most(LONGEST_NAME, "The name of the place")],
    )
    address = StringField(
        "Number and street (optional)",
        description="Like 12 Lantern Street.",
        filters=[line],
        validators=[at_most(LONGEST_ADDRESS, "The number and street")],
    )

    def __init__(self, answers: Answers, venues: Sequence[Values]) -> None:
        super().__init__(answers)
        self.venues = venues
        words = {str(n): _in_words(each) for n, each in enumerate(venues)}
        self.known.choices = choices({**words, ANOTHER: "Another place"})
        venue = answers["venue"]
        if not self.is_submitted() and venue:
            here = [str(n) for n, each in enumerate(venues) if _is_same(each, venue)]
            self.known.data = here[0] if here else ANOTHER
        if not venues:
            del self.known

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        venue = answers["venue"] or {}
        return {"name": venue.get("name", ""), "address": venue.get("address", "")}

    def validate_known(self, field: RadioField) -> None:
        if field.data not in {ANOTHER, *(str(n) for n in range(len(self.venues)))}:
            raise ValidationError("Choose which place it is")

    def validate_name(self, field: StringField) -> None:
        is_hidden = self.before["place"] == HIDDEN
        if self._is_another() and not (is_hidden or field.data or self.address.data):
            raise ValidationError("Enter what the place is called, or its number and street")

    def said(self) -> Values:
        if not self._is_another():
            return {"venue": dict(self.venues[int(self.known.data)])}
        found = find_postcode(self.before["postcode"])
        return {
            "venue": {
                "name": self.name.data or "",
                "address": self.address.data or "",
                "postcode": self.before["postcode"],
                "latitude": found.point.latitude if found else None,
                "longitude": found.point.longitude if found else None,
            }
        }

    def _is_another(self) -> bool:
        return self.known is None or self.known.data == ANOTHER


class ReachForm(StepForm):
    """For what has no place: whom it comes to."""

    serves_everywhere = BooleanField("People anywhere can join")
    serves = TextAreaField(
        "Which areas is it for?",
        description="One on a line, like Lambeth. Leave it empty if people anywhere can join.",
        filters=[lines],
    )

    @classmethod
    def shown(cls, answers: Answers) -> Values:
        return {
            "serves": "\n".join(answers["serves"]),
            "serves_everywhere": answers["serves_everywhere"],
        }

    def validate_serves(self, _field: TextAreaField) -> None:
        names = {each.casefold(): each for each in area_names()}
        written = self._written()
        self.known = [names[each.casefold()] for each in written if each.casefold() in names]
        unknown = [each for each in written if each.casefold() not in names]
        if unknown:
            raise ValidationError(
                f'We know no area called "{unknown[0][:40]}". Use the name of a borough or district'
            )
        if len(written) > MOST_AREAS:
            raise ValidationError(f"Enter up to {MOST_AREAS} areas")
        if not written and not self.serves_everywhere.data:
            raise ValidationError("Enter an area, or say that people anywhere can join")

    def said(self) -> Values:
        return {
            "serves": list(dict.fromkeys(self.known)),
            "serves_everywhere": bool(self.serves_everywhere.data),
        }

    def _written(self) -> list[str]:
        rows = (self.serves.data or "").replace(",", "\n").splitlines()
        return [each.strip() for each in rows if each.strip()]


def _in_words(venue: Values) -> str:
    return (
        ", ".join(each for each in (venue["name"], venue["address"]) if each) or venue["postcode"]
    )


def _is_same(one: Values, other: Values) -> bool:
    return all(one[key] == other[key] for key in ("name", "address", "postcode"))
