"""A sentence finds what means the same, though it shares no word with it."""

import fcntl
import json
import subprocess
import sys
import time

import numpy as np
import pytest

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.meaning import WIDTH
from connectdo.search import encoding, meant, vectors
from connectdo.search.finding import find, snapshot
from connectdo.search.query import query_from
from connectdo.search.quoting import quotes
from connectdo.search.sync import sync
from tests.factories import make_listing

HEARTH = "A kettle, a chair and people who have lost someone too."
SIT = "I lost my wife and want to sit with people who lost someone"
SAID = "my wife passed away and the evenings are so quiet"


@pytest.fixture
def meaning() -> str:
    return "1"


@pytest.fixture
def listings(app):
    return {
        "hearth": make_listing("The Sunday Hearth", summary=HEARTH),
        "shed": make_listing("Slipway Shed", summary="Men mend bicycles and make bird boxes."),
        "evening": make_listing(
            "Evening classes", summary="Quiet carriages and how to build them."
        ),
        "choir": make_listing("Arch Seven Singers", summary="We sing pop and gospel together."),
    }


def names_of(found):
    return [db.session.get_one(Listing, each.listing_id).name for each in found.results]


def test_a_sentence_finds_what_means_the_same(names, listings):
    assert names(SAID)[0] == "The Sunday Hearth"


def test_what_answers_is_quoted_in_its_own_words(search, listings):
    found = search(SIT)

    assert quotes(found.results)[listings["hearth"].id] == HEARTH


def test_a_sentence_that_was_changed_is_not_quoted(search, listings):
    found = search(SIT)
    listings["hearth"].summary = "Something else altogether now."
    db.session.commit()

    assert listings["hearth"].id not in quotes(found.results)


def test_what_a_listing_said_before_finds_it_no_more(names, listings):
    assert "The Sunday Hearth" in names("grieving for somebody I loved")

    listings["hearth"].summary = "Model railways for those who like them."
    db.session.commit()

    assert "The Sunday Hearth" not in names("grieving for somebody I loved")


@pytest.mark.parametrize("status", ["hidden", "stopped"])
def test_what_is_not_shown_never_comes_back(names, listings, status):
    names(SAID)
    listings["hearth"].status = status
    db.session.commit()

    assert "The Sunday Hearth" not in names(SAID)


def test_a_new_listing_is_found_by_its_words_before_it_is_read(app, names, listings, monkeypatch):
    make_listing("Grief cafe", summary="Cake for people who mourn.")
    sync()

    found = find(query_from({"text": "grief cafe"}))

    assert found.total == 1
    assert encoding.unread() == 5


def test_words_that_answer_are_not_read_for_their_meaning(search, listings, monkeypatch):
    search("warm up")

    def nobody_asks(text):
        raise AssertionError(text)

    monkeypatch.setattr("connectdo.search.matching.vector_of", nobody_asks)
    assert search("gospel").total == 1
    assert search("Slipway Shed").total == 1
    assert search("").total == 4


def test_the_same_sentence_is_read_once(search, listings, monkeypatch):
    search(SAID)
    before = meant._read.cache_info().misses

    search(SAID.upper())

    assert meant._read.cache_info().misses == before


def test_a_passing_likeness_is_below_what_says_it(names, listings):
    make_listing("Widows' lunch", summary="For whoever has a wife that passed away, and is quiet.")

    assert names("wife passed away quiet evening")[0] == "Widows' lunch"


def test_other_scripts_are_left_to_the_words(names, listings):
    make_listing("خواتین کا گروپ", summary="ہر منگل کو چائے")

    assert names("خواتین کا گروپ چائے پر") == ["خواتین کا گروپ"]


def test_what_is_alike_is_counted_like_everything_else(search, listings):
    found = search("grieving for somebody I loved", limit=100)

    assert found.total == len(found.results)
    assert sum(each["count"] for each in found.facets["kind"]) == found.total


def test_a_listing_that_was_read_is_not_read_again(search, listings, monkeypatch):
    search(SAID)
    listings["hearth"].cost = "£2"
    listings["hearth"].name = "The Monday Hearth"
    db.session.commit()
    read, add = [], encoding._add

    def note(*given):
        read.extend(given[-1])
        add(*given)

    monkeypatch.setattr(encoding, "_add", note)

    search(SAID)

    assert read == [f"The Monday Hearth. {HEARTH.rstrip('.')}"]


def test_what_is_lost_is_read_again(app, names, listings):
    names(SAID)
    hearth = max(encoding.folder_of(app).iterdir(), key=lambda path: path.stat().st_mtime_ns)
    hearth.unlink()

    assert names("grieving for somebody I loved")[0] == "The Sunday Hearth"


def test_a_damaged_file_is_told_of_taken_away_and_made_again(app, names, listings):
    names(SAID)
    damaged = min(encoding.folder_of(app).glob("*.vectors-*"), key=lambda path: path.stat().st_size)
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(bytes(content))

    told = encoding.check()

    assert "was damaged" in told[0]
    assert not damaged.exists()
    encoding.read_unread()
    assert encoding.check() == []


def test_a_file_cut_short_while_it_is_used_ends_nothing(app, search, listings):
    search(SAID)
    for file in encoding.folder_of(app).glob("*.vectors-*"):
        with file.open("r+b") as cut:
            cut.truncate(100)

    meant._read.cache_clear()
    assert find(query_from({"text": SAID})).total


def test_who_is_killed_while_reading_loses_nothing(app, names, listings):
    sync()
    db.session.commit()
    reader = subprocess.Popen([sys.executable, "-m", "connectdo.cli", "meaning", "keep"])
    deadline = time.monotonic() + 60
    while not somebody_reads(app) and time.monotonic() < deadline:
        time.sleep(0.05)
    reader.kill()
    reader.wait()

    assert names(SAID)[0] == "The Sunday Hearth"
    assert encoding.check() == []


def somebody_reads(app):
    """Whether another process holds the lock of who reads."""
    with encoding.folder_of(app).with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_turned_off_everything_is_found_by_words(another_app, listings, search, monkeypatch):
    search(SAID)
    monkeypatch.setenv("CONNECTDO_MEANING", "0")

    with another_app().app_context():
        assert snapshot().meanings is None
        assert find(query_from({"text": "gospel"})).total == 1


def test_the_command_reads_what_is_new_and_says_so(app, listings):
    run = app.test_cli_runner().invoke

    first, check = run(args=["meaning", "read"]), run(args=["meaning", "check"])

    assert "4 listings were read" in first.output
    assert check.output.endswith("Every listing has been read for its meaning.\n")


def test_the_command_quotes_too(app, search, listings):
    search()
    answer = app.test_cli_runner().invoke(args=["search", SIT, "--json"])

    reasons = json.loads(answer.stdout)["results"][0]["reasons"]
    assert f"“{HEARTH}”" in reasons


TYPED = (
    "a" * 100_000,
    "lonely " * 5_000,
    "\x00\x1b[31m I am lonely",
    "\u202e I am low",
    "🎈 " * 900,
)


@pytest.mark.parametrize("text", TYPED)
def test_nothing_that_is_typed_is_an_error(search, listings, text):
    assert search(text).total >= 0


def test_a_vector_of_many_passages_is_found_among_many(app, search, listings):
    """The two stages find what one would: signs first, then cosines."""
    search(SAID)
    meanings = snapshot().meanings
    chance = np.random.default_rng(5)
    some = chance.normal(size=(3_000, WIDTH)).astype(np.float32)
    some /= np.linalg.norm(some, axis=1, keepdims=True)
    vectors.add(encoding.folder_of(app), chance.integers(0, 2**62, 3_000).astype("<u8"), some)

    assert snapshot().meanings is not meanings
    assert names_of(find(query_from({"text": SAID})))[0] == "The Sunday Hearth"
