"""Whether an address is known here is not told by what is answered, nor by what is done for it."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from connectdo.db import db, utc_now
from connectdo.listings.models import Listing
from connectdo.post.models import Mail
from tests.factories import make_listing, make_organisation, make_person
from tests.visitor import Visitor, without_token

NOBODY = "nobody@mail.example"


@pytest.fixture
def known(app: Flask) -> list[str]:
    """Of a member, of staff, of somebody whose account was closed."""
    make_person("member@mail.example", password="harbour violin thimble")
    make_person("staff@mail.example", "administrator")
    make_person("closed@mail.example", disabled_at=utc_now())
    return ["member@mail.example", "staff@mail.example", "closed@mail.example"]


@pytest.fixture
def work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Visitor, str, dict[str, str]], tuple[object, ...]]:
    """Sends a form: what is answered, and what is weighed and mailed for it, which takes time."""
    weighed: list[str] = []
    weigh = PasswordHasher.verify

    def weigh_and_tell(hasher: PasswordHasher, kept: str, typed: str) -> bool:
        weighed.append(kept)
        return weigh(hasher, kept, typed)

    monkeypatch.setattr(PasswordHasher, "verify", weigh_and_tell)

    def do(visitor: Visitor, path: str, fields: dict[str, str]) -> tuple[object, ...]:
        weighed.clear()
        mails = mails_waiting()
        response = visitor.send(path, fields)
        text = without_token(response).replace(fields["email"], "...")
        mailed = mails_waiting() - mails
        place = response.headers.get("Location")
        return response.status_code, place, text, len(weighed), mailed

    return do


def mails_waiting() -> int:
    return db.session.execute(select(func.count(Mail.id))).scalar_one()


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/sign-in", {}), ("/sign-in/password", {"password": "not this one"})],
)
def test_coming_in(
    app: Flask,
    known: list[str],
    work: Callable[..., tuple[object, ...]],
    path: str,
    fields: dict[str, str],
) -> None:
    done = [work(Visitor(app), path, {**fields, "email": each}) for each in [*known, NOBODY]]

    assert done == [done[-1]] * len(done)


def test_inviting_to_a_group(
    app: Flask, known: list[str], work: Callable[..., tuple[object, ...]]
) -> None:
    group = make_organisation("Singers")
    visitor = Visitor(app)
    visitor.sign_in(make_person(looks_after=group))
    path = f"/your-groups/organisations/{group.id}/people"

    done = [work(visitor, path, {"email": each}) for each in [*known, NOBODY]]

    assert done == [done[-1]] * len(done)


def test_claiming_a_group(
    app: Flask, known: list[str], work: Callable[..., tuple[object, ...]]
) -> None:
    """Whether whom it shows has an account."""
    visitor = Visitor(app)
    visitor.sign_in(make_person())

    def listing(email: str) -> Listing:
        return make_listing("Bowls", email=email)

    done = [
        work(visitor, f"/your-groups/claim/{listing(each).id}", {"email": each})[3:]
        for each in [*known, NOBODY]
    ]

    assert done == [done[-1]] * len(done)
