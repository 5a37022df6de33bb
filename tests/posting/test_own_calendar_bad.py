"""Bad addresses, bad files and bad events: told beside the field, and the other answers stay."""

import io
from functools import partial
from typing import Any

import pytest

from connectdo.calendars import reading
from connectdo.calendars.reading import MEGABYTE
from connectdo.limits import Limit
from connectdo.listings.models import STOPPED
from connectdo.posting import giving, looking
from connectdo.posting.forms import calendar as calendar_form
from connectdo.posting.views import calendars, photo
from tests.calendars.conftest import Answer, site
from tests.calendars.writing import calendar, event
from tests.posting.own_calendar import (
    Keeper,
    ada,
    choir,
    keeper,
    listing_called,
    names,
    october,
)

__all__ = ["ada", "choir", "keeper", "october", "site"]
pytestmark = pytest.mark.usefixtures("october")


def never_ends(answer: Answer) -> None:
    answer.begin(Content_Type="text/calendar")
    answer.wfile.write(b"BEGIN:VCALENDAR\r\n")
    answer.server.closing.wait(30)


def without_end(answer: Answer) -> None:
    answer.begin(Content_Type="text/calendar")
    for _ in range(50):
        answer.wfile.write(b"X" * MEGABYTE)


def refused(keeper: Keeper, **fields: Any) -> str:
    """The page that comes back, with the other answers kept."""
    response = keeper.give(**fields)
    assert response.status_code == 422
    assert 'id="address-error"' in response.text
    ticked = f'value="{keeper.choir.id}" checked'
    assert ticked in response.text
    assert names() == []
    return response.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "here.example"]
)
def test_an_address_within_is_refused(keeper: Keeper, host: str) -> None:
    keeper.site.network()
    address = f"http://{host}:{keeper.site.server_port}/cal.ics".replace("127.0.0.1", "127.0.0.2")

    page = refused(keeper, address=address)

    assert "leads into a private network" in page
    assert f'value="{address}"' in page
    assert keeper.site.asked == []


def test_an_address_that_sends_us_within_is_refused(keeper: Keeper) -> None:
    inside = keeper.site.url("/secret", host="private.example")
    keeper.site.paths["/cal.ics"] = partial(Answer.say, status=302, Location=inside)

    assert "leads into a private network" in refused(keeper)


def test_a_calendar_that_never_ends_is_given_up(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "SECONDS_OF_A_PAGE", 0.4)
    keeper.site.paths["/cal.ics"] = never_ends

    assert "took too long to answer" in refused(keeper)


def test_a_calendar_of_fifty_megabytes_is_not_read_on(keeper: Keeper) -> None:
    keeper.site.paths["/cal.ics"] = without_end

    assert "larger than 2 MB" in refused(keeper)


def test_a_web_page_is_no_calendar(keeper: Keeper) -> None:
    keeper.site.paths["/cal.ics"] = partial(Answer.say, body=b"<!DOCTYPE html><p>Hello")

    assert "That is a web page, not a calendar" in refused(keeper)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        f"https://x.example/{'é' * 900}",
        "file:///etc/passwd",
        "ftp://x.example/a",
    ],
)
def test_what_is_no_address_is_refused(keeper: Keeper, address: str) -> None:
    refused(keeper, address=address)

    assert keeper.site.asked == []


def test_an_address_and_a_file_are_one_too_many(keeper: Keeper) -> None:
    page = refused(keeper, file=(io.BytesIO(calendar(event())), "events.ics"))

    assert "not both" in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n", "That is not a calendar"),
        (calendar(event())[:-10], "part of it is missing"),
    ],
    ids=["picture", "cut"],
)
def test_a_bad_file_is_told_beside_its_field(keeper: Keeper, data: bytes, told: str) -> None:
    response = keeper.give(address="", file=(io.BytesIO(data), "events.ics"))

    assert response.status_code == 422
    assert told in response.text
    assert f'value="{keeper.choir.id}" checked' in response.text


def test_a_file_that_is_too_large_is_told_beside_its_field(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, calendar_form):
        monkeypatch.setattr(module, "MOST_BYTES", 100_000)

    response = keeper.give(address="", file=(io.BytesIO(bytes(200_000)), "events.ics"))

    assert response.status_code == 422
    assert 'id="file-error"' in response.text
    assert "The calendar is larger than" in response.text


def test_what_is_larger_still_is_not_read(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "MOST_READ", 100_000)

    response = keeper.give(address="", file=(io.BytesIO(bytes(200_000)), "events.ics"))

    assert response.status_code == 413
    assert "What you sent is too big" in response.text


def test_a_link_that_runs_something_is_left_out(keeper: Keeper) -> None:
    keeper.put(event(url="javascript:alert(1)"), event(uid="me", url="https://a:b@evil.example/"))
    keeper.give()

    page = keeper.preview()
    keeper.follow("choir")

    assert "javascript:" not in page
    assert "evil.example" not in page
    assert listing_called("Choir").url == ""


def test_a_description_that_is_a_web_page_is_words(keeper: Keeper) -> None:
    keeper.give_and_follow(
        event(description="<html><body><p>We <b>sing</b>.</p><script>alert(1)</script></body>")
    )

    choir = listing_called("Choir")
    assert choir.description == "We sing."
    assert "alert(1)" not in keeper.visitor.get(f"/listings/{choir.id}").text


def test_markup_in_words_is_shown_as_words(keeper: Keeper) -> None:
    keeper.put(event(summary="<img src=x onerror=alert(1)>\u202e", uid='"><script>'))
    keeper.give()

    page = keeper.preview()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert '"><script>' not in page
    assert "\u202e" not in page


def test_a_person_gives_only_so_many_a_day(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "CALENDARS", Limit("calendars", most=1, minutes=60))
    keeper.put(event())
    keeper.give()

    assert keeper.give().status_code == 429


def test_an_organisation_follows_only_so_many(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "MOST_CALENDARS", 1)
    keeper.give_and_follow(event())

    page = keeper.give("/other.ics")

    assert "Stop following one first" in page.text


def test_an_address_that_moved_within_later_posts_nothing_and_stops_nothing(
    keeper: Keeper,
) -> None:
    keeper.give_and_follow(event())
    inside = keeper.site.url("/secret", host="private.example")
    keeper.site.paths["/cal.ics"] = partial(Answer.say, status=302, Location=inside)

    keeper.due()
    looking.look_around()

    assert listing_called("Choir").status != STOPPED
    assert "leads into a private network" in keeper.groups()
