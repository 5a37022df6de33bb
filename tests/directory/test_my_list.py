"""My list: kept without an account, printed, shared by a link that can be ended."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db, utc_now
from connectdo.directory.actions import forget_old_lists
from connectdo.directory.models import KeptList, KeptListing
from tests.factories import make_listing
from tests.visitor import Visitor, without_token


def shared_address(visitor: Visitor) -> str:
    visitor.post("/my-list/share")
    found = re.search(r"/lists/[\w-]+", visitor.get("/my-list").text)
    assert found
    return found[0]


def test_what_is_kept_is_on_my_list_with_what_to_take_along(visitor: Visitor) -> None:
    listing = make_listing("Choir", miles=1, phone="01632 960123", weekly="Tue 18:30", cost="£3")

    visitor.post(f"/my-list/{listing.id}")
    page = visitor.get("/my-list").text

    for said in ("Choir", "01632 960123", "Every Tuesday, 6:30pm", "£3"):
        assert said in page


def test_keeping_returns_to_the_place_it_was_pressed(visitor: Visitor) -> None:
    listing = make_listing()

    response = visitor.post(f"/my-list/{listing.id}", next="/search?q=choir#listing-1")

    assert response.headers["Location"] == "/search?q=choir#listing-1"


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/\\evil", ""])
def test_keeping_never_leads_off_the_site(visitor: Visitor, next_page: str) -> None:
    listing = make_listing()

    response = visitor.post(f"/my-list/{listing.id}", next=next_page)

    assert response.headers["Location"] == "/my-list"


def test_keeping_twice_keeps_once(visitor: Visitor) -> None:
    listing = make_listing()

    for _ in range(2):
        visitor.post(f"/my-list/{listing.id}")

    assert len(db.session.scalars(select(KeptListing)).all()) == 1


def test_another_visitor_has_another_list(app: Flask, visitor: Visitor) -> None:
    listing = make_listing("Choir")
    visitor.post(f"/my-list/{listing.id}")

    page = Visitor(app).get("/my-list").text

    assert "Choir" not in page


def test_removing_and_clearing_leave_nothing(visitor: Visitor) -> None:
    one, two = make_listing("One"), make_listing("Two")
    for listing in (one, two):
        visitor.post(f"/my-list/{listing.id}")

    visitor.post(f"/my-list/{one.id}/remove")
    kept = db.session.scalars(select(KeptListing.listing_id)).all()
    visitor.post("/my-list/clear")
    db.session.rollback()

    assert kept == [two.id]
    assert db.session.scalars(select(KeptListing)).all() == []


def test_a_shared_list_can_be_read_by_whoever_has_the_link(app: Flask, visitor: Visitor) -> None:
    listing = make_listing("Choir")
    visitor.post(f"/my-list/{listing.id}")
    address = shared_address(visitor)

    response = Visitor(app).get(address)

    assert "Choir" in response.text
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_an_ended_link_looks_like_one_that_never_was(app: Flask, visitor: Visitor) -> None:
    visitor.post(f"/my-list/{make_listing('Choir').id}")
    address = shared_address(visitor)

    visitor.post("/my-list/stop-sharing")
    ended, never = (Visitor(app).get(each) for each in (address, "/lists/never-was"))

    assert (ended.status_code, never.status_code) == (404, 404)
    assert without_token(ended) == without_token(never)


def test_the_secret_of_a_link_is_not_in_the_database(visitor: Visitor) -> None:
    visitor.post(f"/my-list/{make_listing().id}")

    secret = shared_address(visitor).removeprefix("/lists/")

    assert len(secret) >= 22
    assert db.session.scalars(select(KeptList.share_hash)).one() != secret


def test_lists_nobody_has_used_for_long_are_forgotten(app: Flask, visitor: Visitor) -> None:
    visitor.post(f"/my-list/{make_listing().id}")
    kept = db.session.scalars(select(KeptList)).one()
    kept.used_at = utc_now() - timedelta(days=500)
    db.session.commit()

    forget_old_lists()
    db.session.rollback()

    assert db.session.scalars(select(KeptList)).all() == []


def test_my_list_is_not_kept_by_the_browser(visitor: Visitor) -> None:
    visitor.post(f"/my-list/{make_listing().id}")

    headers = visitor.get("/my-list").headers

    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_cookie_is_for_this_site_and_not_for_script(visitor: Visitor) -> None:
    response = visitor.post(f"/my-list/{make_listing().id}")

    cookie = response.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    expires = re.search(r"Expires=([^;]+)", cookie)
    assert expires
    kept_for = datetime.strptime(expires[1], "%a, %d %b %Y %H:%M:%S GMT") - utc_now()
    assert 360 < kept_for.days <= 366
