"""What cannot be taken is told beside its field, and everything else that was said stays."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from connectdo.db import db
from connectdo.limits import Limit
from connectdo.listings.models import Listing
from connectdo.posting.models import Draft
from connectdo.posting.views import checking, photo
from tests.factories import make_listing, make_person
from tests.posting.conftest import PAGES, Writer
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def signed_in(visitor: Visitor) -> None:
    visitor.sign_in(make_person())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://group.example",
        "https://evil.example\\@group.example",
        "https://me:secret@group.example",
        "https://nothing",
        "https://[",
    ],
)
def test_only_web_addresses_are_links(writer: Writer, address: str) -> None:
    writer.begin()

    response = writer.post("contact", url=address, phone="01632 960123", contact_name="Maureen")

    assert response.status_code == 422
    assert "Enter a website address like" in response.text
    assert 'value="01632 960123"' in response.text
    assert 'value="Maureen"' in response.text


def test_an_address_without_a_scheme_gets_one(writer: Writer) -> None:
    writer.begin()

    writer.post("contact", url="www.group.example/choir?x=1")

    assert db.session.scalars(select(Draft)).one().answers["url"] == (
        "https://www.group.example/choir?x=1"
    )


def test_a_description_of_ten_thousand_words_is_too_long_and_stays(writer: Writer) -> None:
    response = writer.begin(description="singing " * 10_000)

    assert response.status_code == 422
    assert "must be 5,000 characters or fewer. It has 79,999" in response.text
    assert "Lantern Street Choir" in response.text


def test_emoji_and_right_to_left_words_are_shown_as_they_are(writer: Writer) -> None:
    name = "🎶 جوقة الفانوس שירה"

    writer.write(what={"name": f"{name}\u202e"})
    page = writer.get("check").text

    assert name in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"starts": "8pm", "ends": "6pm"}, "The end must be after the start"),
        ({"starts": "25:00"}, "is not a time"),
        ({"starts": "6:30pm", "weekday": []}, "Choose the day of the week"),
        (
            {"starts": "6:30pm", "last-day": "1", "last-month": "1", "last-year": "2020"},
            "last date",
        ),
        ({"starts": "6:30pm", "last-day": "1"}, "The date must include a month and a year"),
        ({"starts": "6:30pm", "skip": "1 January 2026 to 1 January 2099"}, "too far away"),
        ({"starts": "6:30pm", "also": "\n".join(["6 October 2027"] * 10_000)}, "too long"),
    ],
)
def test_times_that_make_no_sense_are_told_and_the_others_stay(
    writer: Writer, fields: dict[str, str], told: str
) -> None:
    writer.begin()

    response = writer.post("when/0/weekly", **{"weekday": ["wed"], **fields})

    assert response.status_code == 422
    assert told in response.text
    assert "govuk-error-summary" in response.text
    if fields.get("weekday") is None:
        assert 'value="wed" checked' in response.text
    assert db.session.scalars(select(Draft)).one().answers["times"] == []


@pytest.mark.parametrize(
    ("page", "fields", "told"),
    [
        ("once", {"day": "1 May 2027", "starts": "8pm", "ends": "6pm"}, "The end must be after"),
        (
            "monthly_date",
            {"days": "1", "starts": "8pm", "ends": "6pm"},
            "The end must be after",
        ),
    ],
)
def test_an_event_that_ends_before_it_starts_is_told(
    writer: Writer, page: str, fields: dict[str, str], told: str
) -> None:
    writer.begin(kind="event")

    response = writer.post(f"when/0/{page}", **fields)

    assert response.status_code == 422
    assert told in response.text
    assert 'value="8pm"' in response.text


def test_a_rule_that_goes_on_for_ever_is_kept_to_its_next_dates(writer: Writer) -> None:
    writer.begin()
    every_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    until = {"last-day": "31", "last-month": "12", "last-year": "9999"}

    refused = writer.post("when/0/weekly", weekday=every_day, starts="10am", **until)
    taken = writer.post("when/0/weekly", weekday=every_day, starts="10am")
    page = writer.visitor.follow(taken).text

    assert refused.status_code == 422
    assert "too far away" in refused.text
    assert page.count("10am") < 20


def test_a_hundred_thousand_dates_are_refused(writer: Writer) -> None:
    writer.begin(kind="event")
    days = "\n".join(f"{1 + n % 28} {['May', 'June'][n % 2]} 2027" for n in range(100_000 // 4))

    response = writer.post("when/0/dates", dates=days, starts="10am")

    assert response.status_code == 422
    assert "Write up to 200 dates" in response.text


def test_a_photo_of_fifty_megabytes_is_told_beside_its_field_and_its_words_stay(
    writer: Writer,
) -> None:
    writer.begin()
    large = FileStorage(io.BytesIO(bytes(50 * 1024 * 1024)), "choir.jpg")

    response = writer.visitor.upload(f"{writer.draft}/photo", photo=large, alt="Eight people sing")

    assert response.status_code == 422
    assert "The photo must be smaller than 10 MB" in response.text
    assert 'value="Eight people sing"' in response.text


def test_what_is_larger_still_is_not_read_and_the_draft_stays(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo, "MOST_READ", 100_000)
    writer.begin()
    huge = (io.BytesIO(bytes(200_000)), "choir.jpg")

    response = writer.post("photo", photo=huge, alt="Eight people sing")

    assert response.status_code == 413
    assert "The photo must be smaller than 10 MB" in response.text
    assert db.session.scalars(select(Draft)).one().answers["name"] == "Lantern Street Choir"


@pytest.mark.parametrize(
    ("upload", "alt", "told"),
    [
        (b"<script>", "Singers", "The photo must be a JPEG, PNG, WebP or GIF"),
        (b"", "Singers", "The file is empty"),
        (b"\xff\xd8\xff", "", "Say what the photo shows"),
    ],
)
def test_what_is_no_photo_is_refused(writer: Writer, upload: bytes, alt: str, told: str) -> None:
    writer.begin()

    response = writer.post("photo", photo=(io.BytesIO(upload), "choir.jpg"), alt=alt)

    assert response.status_code == 422
    assert told in response.text


@pytest.mark.parametrize(
    ("page", "fields", "told"),
    [
        ("what", {"kind": "club"}, "Choose a group or an event"),
        (
            "interests",
            {"interests": [], "more": "Underwater hoovering"},
            "We have no interest called",
        ),
        ("interests", {"interests": [], "more": ""}, "Choose what it is about"),
        ("where", {"place": "fixed", "postcode": "Brixton"}, "Enter a full UK postcode"),
        ("where", {"place": "fixed", "postcode": "SE24"}, "Enter a full UK postcode"),
        ("where", {"place": "moon"}, "Choose where it is"),
        ("reach", {"serves": "Atlantis"}, "We know no area called"),
        ("reach", {}, "Enter an area"),
        ("who", {**PAGES["who"], "min_age": "60", "max_age": "18"}, "The oldest age must be"),
        ("who", {**PAGES["who"], "min_age": "old"}, "Enter an age in years"),
        ("visit", {"booking": "drop_in", "has": ["bsl"], "lacks": ["bsl"]}, "both yes and no"),
        ("contact", {}, "Enter a phone number, an email address or a website"),
        ("contact", {"email": "nobody"}, "Enter an email address like"),
        ("contact", {"phone": "soon"}, "Enter a phone number like"),
    ],
)
def test_each_page_says_what_is_wrong(
    writer: Writer, page: str, fields: dict[str, str], told: str
) -> None:
    writer.begin()

    response = writer.post(page, **fields)

    assert response.status_code == 422
    assert told in response.text
    assert "<title>Error: " in response.text


def test_a_program_that_fills_in_every_field_makes_no_draft(writer: Writer) -> None:
    response = writer.begin(home_page="https://spam.example")

    assert response.status_code == 422
    assert db.session.scalars(select(Draft)).all() == []


def test_nobody_posts_without_end(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "POSTS", Limit("posts", most=1, minutes=60))
    writer.write()
    first = writer.send()

    writer.write(what={"organisation": "another"})
    second = writer.send()

    assert (first.status_code, second.status_code) == (303, 429)
    assert len(db.session.scalars(select(Listing)).all()) == 1


def test_a_place_only_offers_what_the_public_can_see(writer: Writer) -> None:
    for name, status in (("Seen Hall", "live"), ("Unseen Hall", "waiting")):
        listing = make_listing(miles=0, status=status)
        assert listing.venue
        listing.venue.name, listing.venue.postcode = name, "SE24 0NG"
        db.session.commit()
    writer.begin()
    writer.post("where", place="fixed", postcode="SE24 0NG")

    page = writer.get("venue").text

    assert "Seen Hall" in page
    assert "Unseen Hall" not in page
