"""Whatever somebody types, the search answers. CONNECTDO_TRY=7 begins with another number."""

import os
import random
import time

import pytest
from flask import Flask

from connectdo.search.finding import find
from connectdo.search.query import query_from
from connectdo.search.sync import sync
from connectdo.search.wording import notes_in_words
from tests.factories import make_listing
from tests.trust.any_request import NASTY
from tests.trust.site import FULL, say
from tests.visitor import Visitor

TRY = os.environ.get("CONNECTDO_TRY", "1")
TYPED = 20_000 if FULL else 300
# Of so many one is asked for by the page.
ON_A_PAGE = 10
SECONDS = 2.0
WORDS = ("choir", "t'ai chi", "50+", "free", "tuesday", "near", "SE24 0NG", "lonely", "AND", "*:*")


@pytest.fixture(autouse=True)
def listings(app: Flask) -> None:
    for number in range(40):
        make_listing(f"Choir {number}", miles=number / 10, interests=["Choir"], weekly="Tue 18:30")
    sync()


def typed(chance: random.Random) -> str:
    """A few words, some of them usual, run together or not."""
    pieces = [
        chance.choice(chance.choice((NASTY, NASTY, WORDS))) for _ in range(chance.randrange(1, 6))
    ]
    pieces += [chr(chance.randrange(0x110000)) for _ in range(chance.randrange(4))]
    chance.shuffle(pieces)
    return chance.choice(("", " ", '"', " -")).join(pieces)


def test_every_search_is_answered(visitor: Visitor) -> None:
    slowest = 0.0
    for number in range(TYPED):
        chance = random.Random(f"{TRY}:{number}")
        words = typed(chance)
        start = time.monotonic()
        try:
            notes_in_words(find(query_from({"text": words})))
            if number % ON_A_PAGE == 0:
                page = visitor.ask("GET", "/search", query_string={"q": _whole(words)[:1_000]})
                assert page.status_code == 200
        except Exception as fault:
            raise AssertionError(f"CONNECTDO_TRY={TRY}, {number}: {words[:500]!r}") from fault
        slowest = max(slowest, time.monotonic() - start)
    say(f"== {TYPED} searches, the slowest {slowest:.2f} s")

    assert not FULL or slowest < SECONDS


def _whole(words: str) -> str:
    """As a browser would send it: no half characters."""
    return words.encode(errors="replace").decode()
