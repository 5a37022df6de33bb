"""The frame of a public page knows who seems to be signed in, and asks the database nothing."""

import pytest

from connectdo.people.here import SIGNED_IN
from tests.conftest import Statements
from tests.factories import make_listing, make_person
from tests.visitor import Visitor

HEADER = 'class="govuk-link cd-header__link" href="/your-groups"'
FOOTER = 'class="govuk-link cd-footer__link" href="/your-groups"'


def test_who_is_signed_in_finds_their_groups_and_the_way_out(visitor: Visitor) -> None:
    visitor.sign_in(make_person())

    page = visitor.get("/").text
    out = visitor.follow(visitor.post("/sign-out"))

    assert HEADER in page
    assert 'action="/sign-out"' in page
    assert "You are signed out" in out.text
    assert HEADER not in visitor.get("/").text


def test_everybody_else_finds_their_groups_at_the_foot(visitor: Visitor) -> None:
    page = visitor.get("/").text

    asked = visitor.follow(visitor.get("/your-groups"))

    assert FOOTER in page
    assert HEADER not in page
    assert 'action="/sign-out"' not in page
    assert "Sign in" in asked.text


@pytest.mark.parametrize("path", ["/", "/listings/{id}", "/privacy", "/never-was"])
def test_a_public_page_asks_no_more_for_who_is_signed_in(
    visitor: Visitor, statements: Statements, path: str
) -> None:
    address = path.format(id=make_listing("Choir").id)
    visitor.get(address)
    counts = []
    for person in (None, make_person()):
        if person:
            visitor.sign_in(person)
        with statements() as made:
            visitor.get(address)
        counts.append(len(made))

    assert visitor.cookie_holds(SIGNED_IN)
    assert counts[0] == counts[1]


def test_a_page_with_a_way_out_of_its_own_has_one(visitor: Visitor) -> None:
    visitor.sign_in(make_person())

    assert visitor.get("/account").text.count('action="/sign-out"') == 1
