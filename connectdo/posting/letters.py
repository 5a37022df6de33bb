"""The mails by which people come to look after an organisation, and cease to; and those about
calendars that are followed."""

from collections.abc import Sequence

from connectdo.listings.models import Listing
from connectdo.organisations.models import Organisation
from connectdo.pages import whole_address
from connectdo.people.models import Person
from connectdo.people.tickets import CLAIM, INVITED, days_of
from connectdo.post.actions import signed, write
from connectdo.posting.models import FollowedCalendar
from connectdo.text import one_line

MOST_NAMES = 10


def send_invitation(email: str, organisation: Organisation, by: Person, secret: str) -> None:
    """To who is asked to look after an organisation too."""
    _send(
        email,
        "You are asked to look after a group on Connect & Do",
        f"{by.email} asks you to look after the pages of {one_line(organisation.name)} with them. "
        "You could change what the pages say, and cancel or move a date.",
        "Press this link, and sign in with this email address:",
        whole_address("posting.invited", secret=secret),
        f"The link works once. It ends after {days_of(INVITED)} days.",
        "If you do not know them, you do not need to do anything.",
    )


def send_claim(email: str, listing: Listing, by: Person, secret: str) -> None:
    """To the address that a listing shows: whether somebody may look after it."""
    _send(
        email,
        "Somebody asks to look after your page on Connect & Do",
        f"{by.email} says that {one_line(listing.name)} is their group. They ask to look after "
        "its page. They could change what it says, and cancel or move a date.",
        whole_address("directory.listing", listing_id=listing.id),
        "If this is you, or you know them and agree, press this link:",
        whole_address("posting.claimed", secret=secret),
        f"The link works once. It ends after {days_of(CLAIM)} days.",
        "If you do not know them, do not press it. Nothing changes then.",
    )


def send_claim_agreed(person: Person, listing: Listing) -> None:
    """To who claimed a listing."""
    _send(
        person.email,
        f"You look after {one_line(listing.name)} now",
        "The group has agreed. You can change the page, and cancel or move a date:",
        whole_address("posting.groups"),
    )


def send_removed(person: Person, organisation: Organisation) -> None:
    """To who does not look after an organisation any more, and did not ask for that."""
    _send(
        person.email,
        "You do not look after a group on Connect & Do any more",
        f"Somebody who looks after {one_line(organisation.name)} has taken you off its list. "
        "You can no longer change its pages.",
        "If you think that this is wrong, ask the group.",
    )


def send_calendar_emptied(person: Person, calendar: FollowedCalendar, names: Sequence[str]) -> None:
    """To an organiser whose calendar has lost most of its events at once."""
    more = len(names) - MOST_NAMES
    _send(
        person.email,
        "Have your events stopped?",
        f"These are no longer in the calendar {calendar.name}:",
        "\n".join([*names[:MOST_NAMES], *([f"and {more} more"] if more > 0 else [])]),
        "That may be a mistake, so we have left their pages as they are. Do you want to take them "
        "off? Or do you want to give us another address? You can do both here:",
        whole_address("posting.groups"),
    )


def send_calendar_fails(person: Person, calendar: FollowedCalendar) -> None:
    """To an organiser whose calendar has not been read for many days."""
    _send(
        person.email,
        "We cannot read your calendar",
        f"We have tried for a week to read the calendar {calendar.name}. This is what went wrong:",
        calendar.fault,
        "Your pages are as they were. We go on trying every day. You can give us another address "
        "here:",
        whole_address("posting.groups"),
    )


def _send(email: str, subject: str, *paragraphs: str) -> None:
    write(email, subject, signed(*paragraphs))
