"""The mails of moderation, to those who look after a listing or ask to."""

from collections.abc import Sequence

from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import HIDDEN, STOPPED, Listing
from connectdo.moderation.models import APPROVED, ASKED, Report, Version
from connectdo.organisations.models import Membership
from connectdo.pages import whole_address
from connectdo.people.models import Person
from connectdo.post.actions import signed, write

# Pages of a room above this one: where organisers find what they look after, to change it, and
# where somebody says that a listing is theirs.
YOUR_GROUPS = "posting.groups"
CLAIM_PAGE = "posting.claim"


def organisers_of(listing: Listing) -> Sequence[Person]:
    """Those who look after a listing and can come in, the first to join first."""
    if listing.organisation_id is None:
        return []
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == listing.organisation_id)
        .where(Person.disabled_at.is_(None))
        .order_by(Membership.joined_at, Person.id)
    )
    return db.session.scalars(query).all()


def send_decision(version: Version) -> None:
    """Tells whoever wrote a version what became of it; the organisers where that is nobody."""
    listing, writer = version.listing, version.made_by
    if writer is version.decided_by:
        return
    to = [writer] if writer and not writer.disabled_at else organisers_of(listing)
    for person in to:
        write(person.email, *_decision(version))


def send_still_right(person: Person, asked: Sequence[tuple[Listing, str]]) -> None:
    """Asks about listings, each with the secret of its link, in one mail."""
    if len(asked) == 1:
        ((listing, token),) = asked
        subject = f"Is {listing.name} still right?"
        which = [f"Please look at what Connect & Do says of {listing.name}:", _still_right(token)]
    else:
        subject = f"Are your {len(asked)} pages still right?"
        which = ["Please look at what Connect & Do says of these:"]
        which += [f"{listing.name}\n{_still_right(token)}" for listing, token in asked]
    write(
        person.email,
        *_letter(
            subject,
            *which,
            "There you can say that it is still right, change it, or say that it has stopped. "
            "It takes a minute, and you do not need to sign in to say that it is right.",
            "People stay away from a page that nobody has checked. So if we hear nothing for a "
            "year, we hide it.",
        ),
    )


def send_hidden(person: Person, listing: Listing, token: str) -> None:
    """Tells that a listing was hidden, and how to show it again."""
    write(
        person.email,
        *_letter(
            f"We have hidden {listing.name}",
            "Nobody has told us for a year that it is still right, so people cannot find it now. "
            "We have not deleted it.",
            "If it is still right, press this link and say so. People can find it again at once:",
            _still_right(token),
        ),
    )


def send_answer(report: Report, words: str) -> None:
    """Tells a visitor what came of their report, once it is closed."""
    listing = report.listing
    came_of_it = {
        HIDDEN: "We have taken the page down.",
        STOPPED: "The page says now that it has stopped.",
    }
    right = "It is right, or we have put it right."
    write(
        report.email,
        *_letter(
            "What you told Connect & Do",
            f"Thank you for writing to us about {listing.name}. A person has read it and looked at "
            f"the page. {came_of_it.get(listing.status, right)}",
            *_wrote(words),
            "We do not keep your email address any more.",
        ),
    )


def send_claim_agreed(person: Person, listing: Listing, words: str) -> None:
    """To who asked a moderator to look after a listing."""
    write(
        person.email,
        *_letter(
            f"You look after {listing.name} now",
            "A moderator has agreed. You can change the page, and cancel or move a date:",
            whole_address(YOUR_GROUPS),
            *_wrote(words),
        ),
    )


def send_claim_refused(person: Person, listing: Listing, words: str) -> None:
    """To who asked a moderator to look after a listing, and how to ask again."""
    write(
        person.email,
        *_letter(
            f"About your message on {listing.name}",
            f"You asked to look after the page of {listing.name}. A moderator could not agree.",
            *_wrote(words),
            "If you can tell us more, ask again here:",
            whole_address(CLAIM_PAGE, listing_id=listing.id),
        ),
    )


def send_claim_ended(person: Person, listing: Listing) -> None:
    """To who asked to look after a listing that somebody looks after by now, or nobody sees."""
    write(
        person.email,
        *_letter(
            f"About your message on {listing.name}",
            f"You asked to look after the page of {listing.name}. That is not possible any more: "
            "somebody looks after it now, or it is not on the site.",
            "If you help to run the group, ask the others there. Whoever looks after the page can "
            "invite you.",
        ),
    )


def _wrote(words: str) -> list[str]:
    return [f"The moderator wrote:\n{words}"] if words else []


def _still_right(token: str) -> str:
    return whole_address("moderation.still_right", token=token)


def _decision(version: Version) -> tuple[str, str]:
    listing = version.listing
    words = _wrote(version.words)
    if version.decision == APPROVED:
        page = whole_address("directory.listing", listing_id=listing.id)
        return _letter(
            f"{listing.name} is on Connect & Do",
            "A moderator has read what you wrote. Everybody can see it now:",
            page,
            *words,
        )
    if version.decision == ASKED:
        return _letter(
            f"A question about {listing.name}",
            "A moderator has read what you wrote, and asks you to change something.",
            *words,
            "Press this link to change it:",
            whole_address(YOUR_GROUPS),
        )
    return _letter(
        f"About what you wrote of {listing.name}",
        "A moderator has read what you wrote. We cannot show it on Connect & Do.",
        *words,
        "If you change it, we will read it again:",
        whole_address(YOUR_GROUPS),
    )


def _letter(subject: str, *paragraphs: str) -> tuple[str, str]:
    return subject, signed(*paragraphs)
