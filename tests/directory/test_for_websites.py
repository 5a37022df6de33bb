"""What a group takes to its own website and to noticeboards."""

import pytest
from flask import Flask
from icalendar import Calendar

from connectdo.db import db
from connectdo.listings.models import HIDDEN, STOPPED, WAITING
from connectdo.search.finding import moment
from tests.conftest import Statements
from tests.factories import make_listing, make_organisation, make_person, once
from tests.visitor import Visitor


def a_choir_and_more(*statuses: str) -> int:
    """An organisation with a live weekly choir and one listing in each status."""
    organisation = make_organisation("Lantern Street")
    make_listing("Open Choir", weekly="Tue 18:30").organisation = organisation
    for status in statuses:
        other = make_listing(f"Secret {status}", weekly="Wed 10:00", status=status)
        other.organisation = organisation
    db.session.commit()
    return organisation.id


def ids_in(file: str) -> list[str]:
    return sorted(str(event["uid"]) for event in Calendar.from_ical(file).walk("VEVENT"))


def test_a_feed_holds_every_live_listing_under_the_ids_of_its_own_file(visitor: Visitor) -> None:
    organisation = make_organisation("Lantern Street")
    listings = [make_listing(each, weekly="Tue 18:30") for each in ("Choir", "Chess", "Chat")]
    for each in listings:
        each.organisation = organisation
    db.session.commit()
    own = [visitor.get(f"/listings/{each.id}/calendar.ics").text for each in listings]

    response = visitor.get(f"/organisations/{organisation.id}/calendar.ics")

    assert response.mimetype == "text/calendar"
    assert ids_in(response.text) == sorted(uid for file in own for uid in ids_in(file))
    assert len(Calendar.from_ical(response.text).walk("VTIMEZONE")) == 1


def test_a_feed_with_nothing_in_it_goes_on_being_a_calendar(visitor: Visitor) -> None:
    organisation = make_organisation("Lantern Street")
    db.session.commit()

    response = visitor.get(f"/organisations/{organisation.id}/calendar.ics")

    assert response.status_code == 200
    assert ids_in(response.text) == []


@pytest.mark.parametrize("page", ["calendar.ics", "embed"])
def test_what_the_public_does_not_see_is_not_given_away(visitor: Visitor, page: str) -> None:
    organisation_id = a_choir_and_more(WAITING, HIDDEN, STOPPED)

    said = visitor.get(f"/organisations/{organisation_id}/{page}").text

    assert "Open Choir" in said
    assert "Secret" not in said


@pytest.mark.parametrize("status", [WAITING, HIDDEN, STOPPED])
def test_only_a_live_listing_has_a_poster(visitor: Visitor, status: str) -> None:
    listing = make_listing(status=status)

    response = visitor.get(f"/listings/{listing.id}/poster")

    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_the_frame_of_a_group_that_has_stopped_says_so(visitor: Visitor) -> None:
    listing = make_listing("Lantern Choir", status=STOPPED)

    response = visitor.get(f"/listings/{listing.id}/embed")

    assert response.status_code == 200
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "This group has stopped." in response.text
    assert f'href="/listings/{listing.id}" target="_top"' in response.text


def test_the_frame_of_what_is_not_shown_says_so_and_nothing_of_it(visitor: Visitor) -> None:
    hidden = make_listing("Secret", status=HIDDEN)
    waiting = make_listing("Secret", status=WAITING)

    pages = [visitor.get(f"/listings/{each}/embed") for each in (hidden.id, waiting.id, 9_999)]

    assert {each.status_code for each in pages} == {410}
    assert len({each.text for each in pages}) == 1, "Nobody learns that it is there."
    assert "This page has been taken down." in pages[0].text
    assert 'target="_top"' in pages[0].text
    assert "frame-ancestors *" in pages[0].headers["Content-Security-Policy"]


@pytest.mark.parametrize(("page", "status"), [("calendar.ics", 404), ("embed", 410)])
def test_an_organisation_with_nothing_approved_is_not_there(
    visitor: Visitor, page: str, status: int
) -> None:
    organisation = make_organisation("Not yet")
    organisation.source = "connectdo:1"
    make_listing(status=WAITING).organisation = organisation
    db.session.commit()

    response = visitor.get(f"/organisations/{organisation.id}/{page}")

    assert response.status_code == status
    assert "Not yet" not in response.text


def test_only_an_embed_may_be_shown_by_other_sites(visitor: Visitor) -> None:
    listing = make_listing(weekly="Tue 18:30", organisation="Lantern Street")
    there, by = f"/listings/{listing.id}", f"/organisations/{listing.organisation_id}"

    policies = {
        path: visitor.get(path).headers["Content-Security-Policy"]
        for path in (f"{there}/embed", f"{by}/embed", f"{there}/poster", there, by)
    }

    framed = [path for path, policy in policies.items() if "frame-ancestors *" in policy]
    assert framed == [f"{there}/embed", f"{by}/embed"]
    assert all("script-src" not in policies[path] for path in framed)
    assert all("default-src 'none'" in policy for policy in policies.values())


def test_an_embed_leaves_nothing_behind_and_leads_out_of_its_frame(visitor: Visitor) -> None:
    listing = make_listing("Choir", weekly="Tue 18:30", organisation="Lantern Street")
    visitor.sign_in(make_person())
    paths = (f"/listings/{listing.id}/embed", f"/organisations/{listing.organisation_id}/embed")

    for response in map(visitor.get, paths):
        assert "Set-Cookie" not in response.headers
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "<script" not in response.text
        assert response.text.count("<a ") == response.text.count('target="_top"') > 0


def test_an_embed_says_the_next_five_dates_and_which_is_cancelled(visitor: Visitor) -> None:
    year = moment(None).year + 1
    days = [f"{year}-03-{day:02}" for day in range(1, 10)]
    schedule = once(f"{days[0]}T18:30", dates=days[1:], cancelled_dates=[days[1]])
    listing = make_listing("Choir", schedules=[schedule], organisation="Lantern Street")
    paths = (f"/listings/{listing.id}/embed", f"/organisations/{listing.organisation_id}/embed")

    for page in (visitor.get(path).text for path in paths):
        assert page.count("<li>") == 6
        assert page.count("<strong>Cancelled</strong>") == 1
        assert f"6 March {year}" in page


def test_an_organisations_embed_puts_dates_of_all_in_order(visitor: Visitor) -> None:
    year = moment(None).year + 1
    organisation = make_organisation("Lantern Street")
    for name, day in (("Later", "02"), ("Sooner", "01"), ("Over", "")):
        when = f"{year}-03-{day}T18:30" if day else "2020-03-01T18:30"
        make_listing(name, kind="event", schedules=[once(when)]).organisation = organisation
    db.session.commit()

    page = visitor.get(f"/organisations/{organisation.id}/embed").text

    assert page.index("Sooner") < page.index("Later")
    assert "Over" not in page


def test_a_poster_says_all_that_somebody_needs_to_come(app: Flask, visitor: Visitor) -> None:
    app.config["SITE"] = "https://groups.example"
    listing = make_listing(
        "Lantern Street Choir", miles=1, weekly="Tue 18:30", phone="01632 960123",
        first_visit="Maureen will meet you at the side door.\nThere is tea.",
    )  # fmt: skip
    assert listing.venue

    page = visitor.get(f"/listings/{listing.id}/poster").text

    address = f"groups.example/listings/{listing.id}"
    for said in (
        "Lantern Street Choir", "Every Tuesday, 6:30pm", listing.venue.name, "01632 960123",
        "Maureen will meet you", address, f"<title>QR code that leads to https://{address}</title>",
    ):  # fmt: skip
        assert said in page


def test_a_poster_says_of_a_first_visit_only_whole_sentences(visitor: Visitor) -> None:
    listing = make_listing(first_visit=f"Ask for Maureen. {'She has a red scarf. ' * 10}")

    page = visitor.get(f"/listings/{listing.id}/poster").text

    assert "Ask for Maureen. She has a red scarf." in page
    assert page.count("She has a red scarf.") == 6


def test_what_a_group_calls_itself_is_never_markup(visitor: Visitor) -> None:
    bad = '"></iframe><img src=x onerror=alert(1)>'
    organisation = make_organisation(bad)
    listings = [make_listing(bad, summary=bad, first_visit=bad, weekly="Tue") for _ in range(2)]
    for each in listings:
        each.organisation = organisation
    visitor.sign_in(make_person(looks_after=organisation))
    there = f"/listings/{listings[0].id}"
    paths = (f"{there}/embed", f"{there}/poster", f"/organisations/{organisation.id}/embed")

    pages = [visitor.get(path).text for path in (*paths, "/your-groups")]

    assert all("<img src=x" not in page for page in pages)


def test_an_organiser_finds_the_code_to_copy_of_what_is_live(visitor: Visitor) -> None:
    organisation = make_organisation("Lantern Street")
    live = make_listing("Chess", weekly="Tue 18:30")
    waits = make_listing("Not yet", status=WAITING)
    for each in (live, waits, make_listing("Choir")):
        each.organisation = organisation
    visitor.sign_in(make_person(looks_after=organisation))

    page = visitor.get("/your-groups").text

    there = f"http://localhost/listings/{live.id}"
    assert f"&lt;iframe src=&#34;{there}/embed&#34; title=&#34;Coming dates of Chess&#34;" in page
    assert f"/listings/{live.id}/poster" in page
    assert f"http://localhost/organisations/{organisation.id}/calendar.ics" in page
    assert f"/listings/{waits.id}/embed" not in page


@pytest.mark.parametrize("page", ["calendar.ics", "embed"])
def test_an_organisations_dates_take_the_same_statements_however_many(
    visitor: Visitor, statements: Statements, page: str
) -> None:
    few, many = make_organisation("Few"), make_organisation("Many")
    for organisation, number in ((few, 1), (many, 12)):
        for _ in range(number):
            make_listing(miles=1, weekly="Tue 18:30").organisation = organisation
    db.session.commit()
    visitor.get("/")

    counts = []
    for organisation_id in (few.id, many.id):
        with statements() as made:
            visitor.get(f"/organisations/{organisation_id}/{page}")
        counts.append(len(made))

    assert counts[0] == counts[1] <= 6
