"""People, organisations and listings as moderation knows them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from connectdo.access import MODERATOR
from connectdo.listings.said import said
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from tests.factories import make_listing, make_organisation, make_person
from tests.people.conftest import Mails, later, mails

__all__ = ["Mails", "later", "mails"]

Values = Callable[..., dict[str, Any]]


@pytest.fixture
def choirs(app: Flask) -> Organisation:
    return make_organisation("Choirs of Lambeth")


@pytest.fixture
def ada(choirs: Organisation) -> Person:
    """An organiser."""
    return make_person("ada@mail.example", looks_after=choirs)


@pytest.fixture
def mo(app: Flask) -> Person:
    """A moderator of Lambeth."""
    return make_person("mo@mail.example", MODERATOR, areas=["Lambeth"])


@pytest.fixture
def values(app: Flask) -> Values:
    """What a listing in Lambeth says, but for what a test is about."""
    plain = said(make_listing("A pattern", weekly="Tue 18:30", near="SE24 0NG", miles=0.0))
    venue = {
        "name": "Hall",
        "address": "1 Half Moon Lane",
        "postcode": "SE24 0NG",
        "latitude": None,
        "longitude": None,
    }

    def made(**fields: Any) -> dict[str, Any]:
        return {**plain, "name": "Tuesday choir", "venue": venue, "interests": ["choir"], **fields}

    return made
