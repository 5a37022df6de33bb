"""Coming in by a link: it needs no account and no password, and is good once."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from connectdo.db import Base, db, utc_now
from connectdo.people.models import Person
from tests.factories import make_person
from tests.people.conftest import Later, Mails, link_in
from tests.visitor import Visitor

ADA = "ada@mail.example"


def ask(visitor: Visitor, address: str = ADA, **fields: Any) -> None:
    visitor.post("/sign-in", email=address, **fields)


def everything_kept() -> str:
    """All that the database says, in one string."""
    rows = [db.session.execute(select(each)).all() for each in Base.metadata.tables.values()]
    db.session.rollback()
    return str(rows)


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def test_the_button_behind_a_link_signs_in(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])

    page = visitor.get(link)
    response = visitor.post(link)

    assert f"You are signing in as <strong>{ADA}" in page.text
    assert response.headers["Location"] == "/account"
    assert is_signed_in(visitor)


def test_a_program_that_opens_links_does_not_spend_one(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])

    for _ in range(3):
        Visitor(app).get(link)
    visitor.post(link)

    assert is_signed_in(visitor)


def test_a_link_is_good_once(app: Flask, visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])
    visitor.post(link)
    other = Visitor(app)

    again = other.post(link)
    looked = other.get(link)

    assert (again.status_code, looked.status_code) == (410, 410)
    assert "This link has ended" in again.text
    assert not is_signed_in(other)


def test_a_link_without_the_forms_token_does_nothing(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])

    response = visitor.post(link, token=False)

    assert response.status_code == 400
    assert visitor.get(link).status_code == 200


def test_a_link_ends_after_half_an_hour(visitor: Visitor, mails: Mails, later: Later) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])

    later(minutes=29)
    in_time = visitor.get(link).status_code
    later(minutes=2)
    too_late = visitor.post(link)

    assert in_time == 200
    assert too_late.status_code == 410
    assert not is_signed_in(visitor)


def test_a_link_that_never_was_looks_like_one_that_has_ended(
    visitor: Visitor, mails: Mails
) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])
    visitor.post(link)
    visitor.post("/sign-out")

    used, never = visitor.get(link), visitor.get("/sign-in/link/never-was")

    assert used.status_code == never.status_code == 410


def test_when_one_link_is_used_the_older_ones_end(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    ask(visitor)
    older, newer = (link_in(each) for each in mails(ADA))

    visitor.post(newer)

    assert visitor.get(older).status_code == 410


def test_nobody_is_made_before_the_link_is_used(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    before = db.session.scalars(select(Person)).all()

    visitor.post(link_in(mails(ADA)[-1]))
    after = db.session.scalars(select(Person)).all()

    assert before == []
    assert [each.email for each in after] == [ADA]


def test_an_address_is_one_however_it_is_written(visitor: Visitor, mails: Mails) -> None:
    person = make_person(ADA)

    ask(visitor, "  Ada@MAIL.example ")
    visitor.post(link_in(mails(ADA)[-1]))

    assert db.session.scalars(select(Person.id)).all() == [person.id]


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask) -> None:
    make_person(ADA)
    make_person("grace@mail.example", "administrator")
    make_person("mary@mail.example", disabled_at=utc_now())
    seen = set()

    for name in ("ada", "grace", "mary", "nobody"):
        visitor = Visitor(app)
        response = visitor.post("/sign-in", email=f"{name}@mail.example")
        page = visitor.follow(response)
        seen.add((response.status_code, page.status_code, page.text.replace(name, "...")))

    assert len(seen) == 1


@pytest.mark.parametrize("password", ["a b c d e f", ""])
def test_a_password_is_weighed_whether_or_not_there_is_one(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    """The weighing is what takes time: who measures it learns nothing of who is here."""
    make_person(ADA, password=password)
    weighed: list[str] = []
    weigh = PasswordHasher.verify

    def weigh_and_tell(hasher: PasswordHasher, kept: str, typed: str) -> bool:
        weighed.append(kept)
        return weigh(hasher, kept, typed)

    monkeypatch.setattr(PasswordHasher, "verify", weigh_and_tell)

    for address in (ADA, "nobody@mail.example"):
        visitor.post("/sign-in/password", email=address, password="not this one")

    assert len(weighed) == 2


def test_a_person_goes_on_to_where_they_were_heading(visitor: Visitor, mails: Mails) -> None:
    sent_to_sign_in = visitor.get("/account/name")
    page = visitor.follow(sent_to_sign_in)

    ask(visitor, next="/account/name")
    response = visitor.post(link_in(mails(ADA)[-1]))

    assert sent_to_sign_in.headers["Location"] == "/sign-in?next=/account/name"
    assert 'value="/account/name"' in page.text
    assert response.headers["Location"] == "/account/name"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example", "/\t/evil"],
)
def test_nobody_is_sent_on_to_another_site(visitor: Visitor, mails: Mails, elsewhere: str) -> None:
    page = visitor.get("/sign-in", query_string={"next": elsewhere})
    ask(visitor, next=elsewhere)
    by_link = visitor.post(link_in(mails(ADA)[-1]))

    signed_in = visitor.get("/sign-in", query_string={"next": elsewhere})

    assert "evil" not in page.text
    assert by_link.headers["Location"] == "/account"
    assert signed_in.headers["Location"] == "/account"


def test_adding_a_group_begins_with_an_address(visitor: Visitor, mails: Mails) -> None:
    home = visitor.get("/")
    page = visitor.get("/add-your-group")
    ask(visitor, next="/account")

    response = visitor.post(link_in(mails(ADA)[-1]))

    assert "/add-your-group" in home.text
    assert "Your email address" in page.text
    assert response.headers["Location"] == "/account"


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "ada@", "ada@mail", "a d a@mail.example", "ada@mail.example\nBcc: x@mail.example"],
)
def test_what_is_not_an_address_is_asked_again(visitor: Visitor, mails: Mails, typed: str) -> None:
    response = visitor.post("/sign-in", email=typed)

    assert response.status_code == 422
    assert "<title>Error: Sign in" in response.text
    assert "mail address" in response.text


def test_secrets_are_kept_as_hashes_only(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)
    link = link_in(mails(ADA)[-1])
    waiting = everything_kept()

    visitor.post(link)
    signed_in = everything_kept()

    secret = link.rpartition("/")[2]
    assert len(secret) >= 32
    assert secret not in waiting
    assert secret not in signed_in
    assert visitor.cookie_holds("_user_id") not in signed_in


def test_a_link_tells_no_other_site_and_is_not_kept(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)

    headers = visitor.get(link_in(mails(ADA)[-1])).headers

    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_link_does_not_start_as_its_asker_pleases(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    app.config["SITE"] = "https://groups.example"

    visitor.post("/sign-in", host="evil.example", email=ADA)

    text = mails(ADA)[-1].get_content()
    assert "https://groups.example/sign-in/link/" in text
    assert "evil" not in text


def test_a_subject_says_nothing_private(visitor: Visitor, mails: Mails) -> None:
    ask(visitor)

    assert mails(ADA)[-1]["Subject"] == "Your link to Connect & Do"


def test_a_closed_account_gets_no_link(visitor: Visitor, mails: Mails) -> None:
    make_person(ADA, disabled_at=utc_now())

    ask(visitor)

    assert "/sign-in/link/" not in mails(ADA)[-1].get_content()
