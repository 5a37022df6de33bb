"""What holds a new person's listing back is a link that nobody has seen yet, and nothing else."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from connectdo.db import db
from connectdo.listings.models import LIVE, WAITING
from connectdo.listings.said import said
from connectdo.moderation import actions
from connectdo.moderation.links import links_in_text
from connectdo.moderation.models import UNDECIDED, UNSEEN
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from tests.factories import make_listing
from tests.moderation.conftest import Values

LABELS = st.from_regex(r"[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,5})?", fullmatch=True)
ENDINGS = st.sampled_from(["com", "org", "net", "co.uk", "org.uk", "uk", "shop", "me", "info"])
SITES = st.builds("{}.{}".format, LABELS, ENDINGS)
BEFORE = st.sampled_from(["", " ", "(", "Look at ", "See: ", "\n", '"', "💃"])
AFTER = st.sampled_from(["", " ", ")", ".", ", and", "!", "\n", "…", ". We sing"])
WORDS = st.from_regex(r"[a-z]{2,9}", fullmatch=True)
BEGINNINGS = st.sampled_from(
    ["Com", "Org", "Net", "Me", "Info", "Shop", "Co", "Club", "Online", "Site", "Link", "Please"]
)


@given(before=BEFORE, site=SITES, path=st.sampled_from(["", "/", "/join?x=1"]), after=AFTER)
def test_a_site_is_a_link_whatever_stands_around_it(
    before: str, site: str, path: str, after: str
) -> None:
    text = f"{before}{site}{path}{' ' if path and after else ''}{after}"

    assert links_in_text(text) == {f"{site}{path}".rstrip("/")}


@given(before=BEFORE, name=LABELS, more=st.sampled_from(["", ".me", ".co"]), site=SITES)
def test_an_email_address_is_no_link(before: str, name: str, more: str, site: str) -> None:
    assert links_in_text(f"{before}{name}{more}@{site}, or ring us.") == set()


@given(end=WORDS, beginning=BEGINNINGS)
def test_a_space_that_was_forgotten_makes_no_link(end: str, beginning: str) -> None:
    assert links_in_text(f"We meet at the {end}.{beginning} in, all are welcome.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "We meet at St. James.Please bring a mug.",
        "Write to maureen@lanternchoir.co.uk.",
        "Write to info.desk@choir.org.uk or bo+me.co@mail.example",
        "From 6.30pm.Come as you are, in the hall.Me and Bo are there.",
        "Awww. That is sweet. http or www, I never know.",
        "Tea, coffee, etc. Info at the door. £2.50 p.p.",
        "The oldest choir in the.UK",
        "e.g. Mon. and Thu.",
    ],
)
def test_real_texts_without_links(text: str) -> None:
    assert links_in_text(text) == set()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Buy at cheap-pills.shop now", "cheap-pills.shop"),
        ("Look: HTTPS://WWW.Pills.Example/a?b=1.", "pills.example/a?b=1"),
        ("www.pills.example", "pills.example"),
        ("PILLS.COM!", "pills.com"),
        ("CHOIR.ORG.UK", "choir.org.uk"),
        ("(facebook.com/lantern)", "facebook.com/lantern"),
        ("http://192.0.2.1/x", "192.0.2.1/x"),
    ],
)
def test_real_texts_with_a_link(text: str, link: str) -> None:
    assert links_in_text(text) == {link}


@pytest.mark.parametrize("field", ["url", "venue", "photo"])
def test_a_link_waits_wherever_it_stands(
    ada: Person, choirs: Organisation, values: Values, field: str
) -> None:
    choirs.trusted = True
    fields = {
        "url": "https://choir.example",
        "venue": {**values()["venue"], "name": "pills.com"},
        "photo": {"hash": "0" * 32, "alt": "pills.com"},
    }

    listing = actions.post(ada, choirs, values(**{field: fields[field]}))

    assert listing.status == WAITING


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({"cost": "£2"}, UNSEEN),
        ({"description": "See choir.example and lantern.org"}, UNSEEN),
        ({"description": "See pills.com"}, UNDECIDED),
        ({"url": "https://www.pills.example"}, UNDECIDED),
    ],
)
def test_a_link_that_everybody_sees_already_does_not_wait_again(
    app: Flask, ada: Person, choirs: Organisation, change: dict[str, str], decision: str
) -> None:
    choirs.trusted = True
    listing = make_listing(
        "Choir", miles=0.0, url="https://www.choir.example/", description="Ask lantern.org"
    )
    listing.organisation = choirs
    db.session.commit()

    version = actions.propose(ada, listing, {**said(listing), **change}, 0)

    assert listing.status == LIVE
    assert version.decision == decision
