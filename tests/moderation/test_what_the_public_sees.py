"""Only live listings are found and shown; a stopped one says so."""

import pytest

from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, OURS, STOPPED, WAITING, Listing
from connectdo.listings.said import said, say
from connectdo.moderation import actions
from connectdo.moderation.queries import latest
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.search.sync import check, rebuild, sync
from tests.factories import make_listing
from tests.moderation.conftest import Values
from tests.visitor import Visitor

NOT_SHOWN = (WAITING, HIDDEN, STOPPED)


def found(visitor: Visitor, words: str) -> bool:
    sync()
    return f">{words}</a>" in visitor.get(f"/search?q={words}").text


@pytest.mark.parametrize("status", NOT_SHOWN)
def test_only_live_listings_are_found(visitor: Visitor, status: str) -> None:
    listing = make_listing("Choir", interests=["Choir"])
    assert found(visitor, "Choir")

    listing.status = status
    db.session.commit()
    assert not found(visitor, "Choir")
    assert check() == []
    rebuild()
    assert check() == []
    assert not found(visitor, "Choir")

    listing.status = LIVE
    db.session.commit()
    assert found(visitor, "Choir")


@pytest.mark.parametrize("status", NOT_SHOWN)
def test_a_card_goes_at_once_before_the_index_hears_of_it(visitor: Visitor, status: str) -> None:
    listing = make_listing("Choir", interests=["Choir"])
    sync()
    listing.status = status
    db.session.commit()

    assert ">Choir</a>" not in visitor.get("/search?q=Choir").text


@pytest.mark.parametrize("status", [WAITING, HIDDEN])
def test_what_is_not_shown_looks_like_nothing_to_the_public(visitor: Visitor, status: str) -> None:
    listing = make_listing("Choir", weekly="Tue 18:30", status=status, organisation="Choirs")
    page = f"/listings/{listing.id}"

    answers = [visitor.get(f"{page}{each}").status_code for each in ("", "/report")]
    kept = visitor.post(f"/my-list/{listing.id}").status_code

    assert answers == [404, 404]
    assert kept == 404
    assert page not in visitor.get("/sitemap.xml").text
    assert "Choir</a>" not in visitor.get(f"/organisations/{listing.organisation_id}").text


def test_a_stopped_listing_says_so_and_offers_three_like_it(visitor: Visitor) -> None:
    for name in ("One", "Two", "Three", "Four", "Five"):
        make_listing(f"Choir {name}", interests=["Choir"], miles=1)
    listing = make_listing("Old choir", interests=["Choir"], miles=0.0, status=STOPPED)
    sync()

    page = visitor.get(f"/listings/{listing.id}")

    assert page.status_code == 200
    assert "This has stopped." in page.text
    assert page.text.count('class="cd-result"') == 3
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_whoever_kept_it_is_told_that_it_has_stopped(visitor: Visitor) -> None:
    listing = make_listing("Choir")
    visitor.post(f"/my-list/{listing.id}")
    listing.status = STOPPED
    db.session.commit()

    assert "This has stopped." in visitor.get("/my-list").text


def test_a_new_organisation_is_not_shown_before_a_listing_of_it_is(
    visitor: Visitor, ada: Person, mo: Person, values: Values
) -> None:
    organisation = Organisation(source=f"{OURS}:7", name="Buy pills here")
    db.session.add(organisation)
    listing = actions.post(ada, organisation, values())
    db.session.commit()
    page = f"/organisations/{organisation.id}"
    assert visitor.get(page).status_code == 404

    version = latest(listing)
    assert version
    actions.approve(mo, version)
    db.session.commit()

    assert visitor.get(page).status_code == 200


def test_a_hidden_address_is_on_no_page_and_not_in_the_index(visitor: Visitor) -> None:
    listing = make_listing("Choir", interests=["Choir"])
    venue = {
        "name": "Rose Cottage",
        "address": "12 Secret Lane",
        "postcode": "SE24 0NG",
        "latitude": None,
        "longitude": None,
    }
    say(listing, {**said(listing), "venue": venue, "hide_address": True})
    db.session.commit()
    sync()

    pages = [
        f"/listings/{listing.id}",
        "/search?q=choir",
        "/search?q=secret+lane",
        "/search?view=map",
    ]
    told = "".join(visitor.get(each).text for each in pages)

    assert "SE24" in told
    for secret in (
        "Rose Cottage",
        "12 Secret",
        "SE24 0NG",
        str(said(listing)["venue"]["latitude"]),
    ):
        assert secret not in told
    assert not found(visitor, "Cottage")


def test_a_decision_is_found_as_soon_as_the_index_hears_of_it(
    visitor: Visitor, ada: Person, mo: Person, choirs: Organisation, values: Values
) -> None:
    listing: Listing = actions.post(ada, choirs, values())
    db.session.commit()
    assert not found(visitor, "Tuesday choir")
    version = latest(listing)
    assert version

    actions.approve(mo, version)
    db.session.commit()

    assert found(visitor, "Tuesday choir")
