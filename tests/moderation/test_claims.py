"""Somebody says that an imported group is theirs, and a moderator decides."""

from typing import Any

import pytest
from flask import Flask

from connectdo.access import MODERATOR
from connectdo.db import db
from connectdo.listings.models import HIDDEN, Listing
from connectdo.moderation import claims
from connectdo.moderation.actions import Decided, hide
from connectdo.moderation.models import Claim
from connectdo.moderation.queries import records_of
from connectdo.people.models import Person
from connectdo.posting.limits import CLAIMS
from tests.factories import make_listing, make_person
from tests.moderation.conftest import Mails
from tests.visitor import Visitor

ADA = "ada@mail.example"
HOW = "Ring the hall and ask for Ada."


@pytest.fixture
def choir(app: Flask) -> Listing:
    """Came from an import without an e-mail address."""
    return make_listing("Lantern Choir", miles=0.0, organisation="Singers")


@pytest.fixture
def ada(app: Flask) -> Visitor:
    """Has signed in, and looks after nothing."""
    visitor = Visitor(app)
    visitor.sign_in(make_person(ADA))
    return visitor


@pytest.fixture
def moderator(visitor: Visitor, mo: Person) -> Visitor:
    visitor.sign_in(mo)
    return visitor


def ask(visitor: Visitor, listing: Listing, words: str = HOW) -> Any:
    return visitor.post(f"/your-groups/claim/{listing.id}/ask-a-moderator", words=words)


def waiting() -> list[Claim]:
    db.session.expire_all()
    return list(db.session.query(Claim).order_by(Claim.id))


def decide(moderator: Visitor, claim: Claim, decision: str, words: str = "") -> Any:
    return moderator.post(f"/moderation/claims/{claim.id}", decision=decision, words=words)


def organisers(listing: Listing) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    run_by = listing.organisation
    return [each.person.email for each in run_by.memberships] if run_by else []


def test_a_moderator_agrees_and_they_look_after_it(
    ada: Visitor, moderator: Visitor, choir: Listing, mails: Mails
) -> None:
    asked = ada.follow(ask(ada, choir))
    queue = moderator.get("/moderation").text
    (claim,) = waiting()
    page = moderator.get(f"/moderation/claims/{claim.id}").text
    decide(moderator, claim, "agree", "Welcome, Ada.")

    assert "A moderator will check it and write to you." in asked.text
    assert "Somebody asks to look after it" in queue
    assert HOW in page
    assert ADA in page
    assert organisers(choir) == [ADA]
    assert "Welcome, Ada." in mails(ADA)[-1].get_content()
    assert "Lantern Choir" in ada.get("/your-groups").text
    assert waiting() == []
    done = [(each.did, each.person and each.person.email) for each in records_of(choir)]
    assert done == [
        ("agreed", "mo@mail.example"),
        ("claimed", ADA),
        ("asked to look after", ADA),
    ]


def test_a_moderator_refuses_and_says_why(
    ada: Visitor, moderator: Visitor, choir: Listing, mails: Mails
) -> None:
    ask(ada, choir)
    (claim,) = waiting()

    silent = decide(moderator, claim, "refuse")
    decide(moderator, claim, "refuse", "The hall does not know you.")

    assert silent.status_code == 422
    assert organisers(choir) == []
    mail = mails(ADA)[-1].get_content()
    assert "The hall does not know you." in mail
    assert f"/your-groups/claim/{choir.id}" in mail
    assert "There is nothing to look at" in moderator.get("/moderation").text


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1_001])
def test_what_cannot_be_checked_is_told_beside_its_field(
    ada: Visitor, choir: Listing, words: str
) -> None:
    response = ask(ada, choir, words)

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert words.strip() in response.text
    assert waiting() == []


def test_to_write_again_takes_the_place_of_the_first(ada: Visitor, choir: Listing) -> None:
    ask(ada, choir)

    ask(ada, choir, "Ring Bo.")

    assert [each.words for each in waiting()] == ["Ring Bo."]
    assert "A moderator has your message" in ada.get(f"/your-groups/claim/{choir.id}").text


def test_who_cannot_read_the_mail_of_the_group_may_ask_a_moderator_too(ada: Visitor) -> None:
    listing = make_listing("Knitting", email="knit@group.example")
    page = ada.get(f"/your-groups/claim/{listing.id}").text

    ask(ada, listing)

    assert "k•••@group.example" in page
    assert "Ask a moderator instead" in page
    assert len(waiting()) == 1


def test_a_claim_that_another_overtook_ends_and_they_are_told(
    app: Flask, ada: Visitor, moderator: Visitor, choir: Listing, mails: Mails
) -> None:
    other = make_listing("Lantern Band")
    other.organisation = choir.organisation
    bo = Visitor(app)
    bo.sign_in(make_person("bo@mail.example"))
    ask(bo, other)
    ask(ada, choir)
    theirs, hers = waiting()
    their_page = f"/moderation/claims/{theirs.id}"

    decide(moderator, hers, "agree")
    late = moderator.get(their_page)

    assert late.status_code == 404
    assert organisers(choir) == [ADA]
    assert "not possible any more" in mails("bo@mail.example")[-1].get_content()
    assert waiting() == []


def test_what_is_hidden_meanwhile_is_nobodys_and_they_are_told(
    ada: Visitor, moderator: Visitor, mo: Person, choir: Listing, mails: Mails
) -> None:
    ask(ada, choir)
    hide(mo, choir)
    db.session.commit()
    (claim,) = waiting()

    told = moderator.follow(decide(moderator, claim, "agree"))

    assert "They cannot look after it any more" in told.text
    assert choir.status == HIDDEN
    assert organisers(choir) == []
    assert "not possible any more" in mails(ADA)[-1].get_content()


def test_two_moderators_decide_once(ada: Visitor, mo: Person, choir: Listing) -> None:
    ask(ada, choir)
    (claim,) = waiting()
    claims.refuse(mo, claim, "No.")

    with pytest.raises(Decided):
        claims.agree(mo, claim)


def test_another_areas_claim_looks_like_none(app: Flask, ada: Visitor, choir: Listing) -> None:
    ask(ada, choir)
    (claim,) = waiting()
    elsewhere = Visitor(app)
    elsewhere.sign_in(make_person("", MODERATOR, areas=["Southwark"]))

    page = elsewhere.get(f"/moderation/claims/{claim.id}")

    assert page.status_code == 404
    assert decide(elsewhere, claim, "agree").status_code == 404
    assert "Lantern Choir" not in elsewhere.get("/moderation").text


def test_what_somebody_looks_after_cannot_be_asked_for(ada: Visitor, choir: Listing) -> None:
    make_person(looks_after=choir.organisation)

    assert ask(ada, choir).status_code == 404


def test_one_person_asks_only_so_often(ada: Visitor, choir: Listing) -> None:
    answers = [ask(ada, choir).status_code for _ in range(CLAIMS.most + 1)]

    assert answers == [303] * CLAIMS.most + [429]
