"""A listing, who runs it, interests and areas, as a visitor reads them."""

from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from connectdo.db import db
from connectdo.moderation.models import Report
from connectdo.search.sync import sync
from tests.conftest import Statements
from tests.factories import make_listing, once, weekly_schedule
from tests.visitor import Visitor


def test_a_listing_tells_what_a_nervous_person_wants_to_know(visitor: Visitor) -> None:
    listing = make_listing(
        "Lantern Street Choir", miles=1, interests=["Choir"], organisation="Lantern Street",
        weekly="Tue 18:30", access="step_free; no hearing_loop", cost="£3", booking="drop_in",
        first_visit="Maureen will meet you at the side door.", phone="01632 960123",
    )  # fmt: skip
    sync()

    page = visitor.get(f"/listings/{listing.id}").text

    for said in (
        "Every Tuesday, 6:30pm", "Step-free access", "No hearing loop", "£3", "Drop in",
        "Your first visit", "Maureen will meet you", "01632 960123", "Get directions",
    ):  # fmt: skip
        assert said in page
    assert "application/ld+json" in page


def test_a_cancelled_date_is_said_before_anything_else(visitor: Visitor) -> None:
    schedule = weekly_schedule("Tue 18:30")
    listing = make_listing(schedules=[schedule])
    ahead = visitor.get(f"/listings/{listing.id}/calendar.ics").text
    assert "EXDATE" not in ahead
    from connectdo.listings.queries import times_of
    from connectdo.listings.schedules import coming
    from connectdo.search.finding import moment

    day = coming(times_of(schedule), moment(None))[0].on
    schedule.cancelled_dates = [day.isoformat()]
    db.session.commit()

    page = visitor.get(f"/listings/{listing.id}").text

    assert "Not on Tuesday" in page


def test_an_event_that_is_over_still_has_its_page(visitor: Visitor) -> None:
    listing = make_listing(kind="event", schedules=[once("2026-10-06T18:30")])

    response = visitor.get(f"/listings/{listing.id}")

    assert response.status_code == 200
    assert "already happened" in response.text


def test_a_calendar_file_is_a_calendar(visitor: Visitor) -> None:
    listing = make_listing("Choir", weekly="Tue 18:30")

    response = visitor.get(f"/listings/{listing.id}/calendar.ics")

    assert response.mimetype == "text/calendar"
    assert len(Calendar.from_ical(response.text).walk("VEVENT")) == 1


def test_a_listing_that_never_was_is_not_found(visitor: Visitor) -> None:
    paths = ["/listings/7", "/listings/7/report", "/organisations/7", "/areas/x", "/interests/x"]

    codes = [visitor.get(path).status_code for path in paths]

    assert codes == [404] * len(paths)


def test_what_a_listing_says_is_text_and_never_markup(visitor: Visitor) -> None:
    bad = "</script><img src=x onerror=alert(1)>"
    listing = make_listing(bad, description=bad, summary=bad, first_visit=bad, weekly="Tue 18:30")
    sync()

    pages = [visitor.get(path).text for path in (f"/listings/{listing.id}", "/search", "/")]

    assert all("<img src=x" not in page for page in pages)
    assert all(page.count("</script>") == page.count("<script") for page in pages)


def test_a_problem_is_kept_for_a_moderator(visitor: Visitor) -> None:
    listing = make_listing()
    path = f"/listings/{listing.id}/report"

    response = visitor.post(path, problem="when", details="It is at 7 now.", email="")

    assert visitor.follow(response).status_code == 200
    report = db.session.scalars(select(Report)).one()
    assert (report.problem, report.details, report.email) == ("when", "It is at 7 now.", "")


def test_a_report_with_nothing_chosen_is_asked_again(visitor: Visitor) -> None:
    listing = make_listing()

    response = visitor.post(f"/listings/{listing.id}/report", details="Hello")

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert "Hello" in response.text
    assert db.session.scalars(select(Report)).all() == []


def test_an_organisation_shows_its_listings(visitor: Visitor) -> None:
    listing = make_listing("Choir", organisation="Lantern Street")
    assert listing.organisation is not None

    page = visitor.get(f"/organisations/{listing.organisation.id}").text

    assert "Lantern Street" in page
    assert "Choir" in page


def test_interests_and_areas_lead_to_listings(visitor: Visitor) -> None:
    make_listing("Lantern Street Choir", miles=0, interests=["Choir"])
    sync()

    for path in ("/interests/choir", "/interests/music", "/areas/lambeth"):
        assert "Lantern Street Choir" in visitor.get(path).text
    assert "Choir" in visitor.get("/interests").text
    assert "Lambeth" in visitor.get("/areas").text


def test_a_listings_page_makes_the_same_statements_whatever_it_holds(
    app: Flask, visitor: Visitor, statements: Statements
) -> None:
    bare = make_listing("Bare", miles=1, interests=["Choir"], organisation="O")
    rich = make_listing(
        "Rich", miles=1, interests=["Choir", "Gardening"], serves=["Lambeth", "Ealing"],
        access="step_free; parking; quiet", weekly="Tue 18:30", organisation="P",
    )  # fmt: skip
    sync()
    visitor.get("/")

    counts = []
    for listing in (bare, rich):
        with statements() as made:
            visitor.get(f"/listings/{listing.id}")
        counts.append(len(made))

    assert counts[0] <= counts[1] <= 7
