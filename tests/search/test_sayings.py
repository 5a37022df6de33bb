"""What a client said in their own words, which no interest says, ranks what suits them."""

import pytest

from connectdo.clients.matching import profile_of
from connectdo.clients.models import PASSION, ClientInterest
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import meant
from connectdo.search.encoding import read_unread
from connectdo.search.finding import find, snapshot
from connectdo.search.profile import query_for
from connectdo.search.quoting import quotes
from connectdo.search.sync import sync
from connectdo.search.wording import reasons_in_words
from tests.factories import HOME, TODAY, make_client, make_listing

BEDS = "We look after raised beds together and take home what ripens."
PACK = "Walk other people's pets with us, and get to know the pups."


@pytest.fixture
def meaning() -> str:
    return "1"


@pytest.fixture
def listings(app):
    return {
        "meeting": make_listing("Tenants meeting", summary="About rent and repairs.", miles=0.1),
        "beds": make_listing("Orchard Yard", summary=BEDS, miles=1.0),
        "pack": make_listing("The Saturday Pack", summary=PACK, miles=1.0),
        "choir": make_listing("Arch Seven Singers", interests=["Choir"], miles=2.0),
    }


@pytest.fixture
def suiting(app):
    def suiting(said=(), **profile):
        sync()
        read_unread()
        profile = {"near": HOME, "within": 5, "said": dict.fromkeys(said, 3), **profile}
        return find(query_for(profile, {"as_of": TODAY}))

    return suiting


def names_of(found):
    return [db.session.get_one(Listing, each.listing_id).name for each in found.results]


def test_what_means_it_comes_first_and_nothing_is_left_out(suiting, listings):
    found = suiting(["being around dogs"])

    assert names_of(found)[0] == "The Saturday Pack"
    assert found.total == 4


def test_it_says_why_in_the_groups_own_words(suiting, listings):
    found = suiting(["Being around dogs"])
    first = found.results[0]

    quote = quotes(found.results)[listings["pack"].id]
    assert quote == PACK
    words = reasons_in_words(first.reasons, found.now, quote=quote)
    assert words[:2] == ["Close to being around dogs", f"“{PACK}”"]
    assert found.unknown_interests == ()


def test_an_interest_and_what_was_said_are_both_found(suiting, listings):
    found = suiting(["growing tomatoes"], interests={"Choir": 3})

    assert names_of(found) == ["Arch Seven Singers", "Orchard Yard"]


def test_what_they_said_no_to_does_not_come_back_by_what_it_means(suiting, listings):
    found = suiting(["being around dogs"], said_no=[listings["pack"].id])

    assert "The Saturday Pack" not in names_of(found)


def test_what_is_too_far_is_not_found_by_what_it_means(suiting, listings):
    make_listing("Kennel friends", summary="Play with dogs who need a friend.", miles=30)

    assert "Kennel friends" not in names_of(suiting(["being around dogs"]))


def test_what_means_nothing_here_changes_nothing(suiting, listings):
    assert names_of(suiting(["quantum chromodynamics"])) == names_of(suiting())


@pytest.mark.parametrize("status", ["hidden", "stopped"])
def test_what_is_not_shown_never_comes_back(suiting, listings, status):
    suiting(["being around dogs"])
    listings["pack"].status = status
    db.session.commit()

    assert "The Saturday Pack" not in names_of(suiting(["being around dogs"]))


def test_the_same_is_not_looked_for_again(suiting, listings, monkeypatch):
    suiting(["being around dogs"])
    meanings, read = snapshot().meanings, meant._read.cache_info().misses

    def nobody_looks(*_):
        raise AssertionError

    monkeypatch.setattr(meanings, "alike", nobody_looks)

    assert names_of(suiting(["being around dogs"]))[0] == "The Saturday Pack"
    assert meant._read.cache_info().misses == read


def test_turned_off_all_is_as_it_was(another_app, listings, suiting, monkeypatch):
    before = names_of(suiting())
    monkeypatch.setenv("CONNECTDO_MEANING", "0")

    with another_app().app_context():
        assert names_of(suiting(["being around dogs"])) == before


def test_what_is_typed_narrows_and_what_was_said_orders(suiting, listings):
    make_listing("Dog lovers' quiz", summary="Questions about repairs.", miles=1.0)
    sync()
    read_unread()
    profile = {"near": HOME, "within": 5, "said": {"being around dogs": 3}}

    found = find(query_for(profile, {"as_of": TODAY, "text": "repairs"}))

    assert names_of(found) == ["Dog lovers' quiz", "Tenants meeting"]


def test_only_what_no_interest_says_is_asked_in_their_words(app, listings):
    client = make_client(name="Mary", loves=["Choir"])
    client.interests.append(ClientInterest(said="being around dogs", kind=PASSION))
    db.session.commit()

    profile = profile_of(client, snapshot().vocabulary)

    assert profile["interests"] == {"Choir": 3}
    assert profile["said"] == {"being around dogs": 3}
