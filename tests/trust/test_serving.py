"""A served site goes on answering, whatever happens to its index."""

import os
import signal
import time
from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask

from connectdo.search import sync
from tests.factories import make_listing
from tests.trust.editors import Truth, editing
from tests.trust.faults import (
    FAULTS,
    cut_segments_short,
    lose_the_folder,
    scribble_over_every_file,
    scribble_over_postings,
)
from tests.trust.site import FULL, Site, say, visits, wait_until

ROUNDS = 34 if FULL else 1
RENEWALS = 10 if FULL else 1
WORKERS = 2
WORDS = 60
MADE_READY = "503 Search is being made ready"
# Damage is met by the first who asks for a word it is in. Until there is another index, that
# word has a page that says so; what is lost or of another format is not missed at all.
MAY_SAY_SO = (cut_segments_short, scribble_over_every_file, scribble_over_postings)


def made_up_word(number: int) -> str:
    return "".join("bdfglmnprt"[int(digit)] + "o" for digit in f"{number:04}") + "k"


@pytest.fixture
def new_words(app: Flask) -> Callable[[], str]:
    """The address of a search for words, one of which has hardly been asked for before."""
    for number in range(WORDS):
        make_listing(f"Lantern {made_up_word(number)}")
    sync.sync()
    numbers = count()
    return lambda: f"/search?q=lantern+{made_up_word(next(numbers) % WORDS)}"


def test_a_site_that_starts_without_an_index_makes_one(new_words: Callable[[], str]) -> None:
    lose_the_folder()

    with Site() as site, visits(site, new_words, "result") as seen:
        waited = wait_until(lambda: site.get("/search?q=lantern")[0] == 200)
    say(f"== started without an index: {dict(seen.statuses)}, made after {waited:.1f} s")

    assert set(seen.statuses) <= {"200", MADE_READY}


def test_pages_are_answered_while_the_index_is_lost_or_damaged(
    new_words: Callable[[], str],
) -> None:
    numbers = count(WORDS)
    with Site() as site:
        for fault in (*FAULTS, scribble_over_postings) * ROUNDS:
            word = made_up_word(next(numbers))
            with visits(site, new_words, "result") as during:
                time.sleep(0.3)
                made_again = another_index()
                fault()
                waited = wait_until(made_again)
                make_listing(f"Afterwards {word}")
                wait_until(lambda: shows(site, word))  # noqa: B023
            say(f"== {fault.__name__}: {dict(during.statuses)}, another after {waited:.1f} s")

            allowed = {"200", MADE_READY} if fault in MAY_SAY_SO else {"200"}
            assert set(during.statuses) <= allowed, fault.__name__
            assert during.statuses["200"]

    assert sync.check() == []


def test_no_page_or_write_is_broken_when_the_site_is_started_anew_under_load(app: Flask) -> None:
    truth = Truth()
    with (
        Site("-m", "tests.trust.writing") as site,
        editing(site, truth) as people,
        visits(site, lambda: "/search", "result") as seen,
    ):
        for _ in range(RENEWALS):
            wait_until(lambda: len(site.gunicorn()) == 1 and len(site.workers()) == WORKERS)
            before, answered = set(site.workers()), truth.acknowledged
            os.kill(site.pid, signal.SIGHUP)
            wait_until(lambda: before.isdisjoint(site.workers()))  # noqa: B023
            wait_until(lambda: truth.acknowledged > answered)  # noqa: B023
    lost = truth.lost()
    say(
        f"== {RENEWALS} times started anew under load: pages {dict(seen.statuses)}, "
        f"{truth.acknowledged:,} writes acknowledged, {people.unanswered} unanswered, "
        f"{len(lost)} lost"
    )

    assert set(seen.statuses) == {"200"}
    assert (people.refused, people.unanswered, lost) == (set(), 0, [])


def another_index() -> Callable[[], bool]:
    """Whether the index in use is another than now."""
    pointer = sync.folder() / "CURRENT"
    now = pointer.read_text()

    def is_there() -> bool:
        try:
            return pointer.read_text() != now
        except OSError:
            return False

    return is_there


def shows(site: Site, word: str) -> bool:
    return f"Afterwards {word}" in site.get(f"/search?q={word}")[1]
