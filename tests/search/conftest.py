"""Searching, as a test says it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from connectdo.listings.queries import listings_by_id
from connectdo.search.encoding import read_unread
from connectdo.search.finding import Found, find
from connectdo.search.query import query_from
from connectdo.search.sync import sync
from tests.factories import TODAY

Search = Callable[..., Found]


@pytest.fixture
def search(app: Flask) -> Search:
    """Searches as of the tests' day, once the index has heard everything."""

    def search(text: str = "", **options: Any) -> Found:
        sync()
        read_unread()
        return find(query_from({"text": text, "as_of": TODAY, **options}))

    return search


@pytest.fixture
def names(search: Search) -> Callable[..., list[str]]:
    """The names of what a search finds, best first."""

    def names(text: str = "", **options: Any) -> list[str]:
        found = search(text, **options)
        return [each.name for each in listings_by_id(r.listing_id for r in found.results)]

    return names
