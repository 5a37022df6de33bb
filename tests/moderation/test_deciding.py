"""Moderators look at what waits, and decide about it through their pages."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import ADMINISTRATOR, MODERATOR
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING, Listing
from connectdo.listings.said import said
from connectdo.moderation import actions, reports
from connectdo.moderation.models import APPROVED, ASKED, OVERTAKEN, REFUSED
from connectdo.moderation.queries import records_of, versions_of
from connectdo.moderation.queue import in_areas_of, queue_of
from connectdo.moderation.rules import can_moderate
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from tests.factories import make_listing, make_person
from tests.moderation.conftest import Mails, Values
from tests.visitor import Visitor


@pytest.fixture
def waiting(ada: Person, choirs: Organisation, values: Values) -> Listing:
    listing = actions.post(ada, choirs, values())
    db.session.commit()
    return listing


@pytest.fixture
def moderator(visitor: Visitor, mo: Person) -> Visitor:
    visitor.sign_in(mo)
    return visitor


def decide(moderator: Visitor, listing: Listing, number: int = 1, **fields: Any) -> int:
    path = f"/moderation/listings/{listing.id}/versions/{number}"
    return moderator.post(path, **fields).status_code


def again(listing: Listing) -> Listing:
    """The listing as it is kept now."""
    db.session.rollback()
    db.session.expire_all()
    return listing


def test_an_approved_listing_is_shown_and_its_writer_is_told(
    moderator: Visitor, visitor: Visitor, waiting: Listing, mails: Mails
) -> None:
    answer = decide(moderator, waiting, decision="approve", words="Welcome!")

    assert answer == 303
    assert again(waiting).status == LIVE
    assert waiting.confirmed_on == london_today()
    mail = mails("ada@mail.example")[-1].get_content()
    assert f"/listings/{waiting.id}" in mail
    assert "Welcome!" in mail
    assert visitor.get(f"/listings/{waiting.id}").status_code == 200


def test_a_change_is_asked_for_made_and_approved(
    moderator: Visitor, waiting: Listing, ada: Person, mails: Mails, values: Values
) -> None:
    decide(moderator, waiting, decision="ask", words="What does it cost?")
    assert "What does it cost?" in mails("ada@mail.example")[-1].get_content()
    actions.propose(ada, waiting, values(cost="£2"), 1)
    db.session.commit()

    decide(moderator, waiting, 2, decision="approve")

    assert again(waiting).status == LIVE
    assert [each.decision for each in versions_of(waiting)] == [APPROVED, OVERTAKEN]


def test_a_refused_listing_is_not_shown_and_the_reason_is_mailed(
    moderator: Visitor, waiting: Listing, mails: Mails
) -> None:
    decide(moderator, waiting, decision="refuse", words="This is an advert.")

    assert again(waiting).status == HIDDEN
    assert versions_of(waiting)[0].decision == REFUSED
    assert "This is an advert." in mails("ada@mail.example")[-1].get_content()


@pytest.mark.parametrize("decision", ["ask", "refuse", "", "nonsense"])
def test_nothing_is_decided_without_a_reason_or_a_choice(
    moderator: Visitor, waiting: Listing, decision: str
) -> None:
    assert decide(moderator, waiting, decision=decision, words="") == 422
    assert again(waiting).status == WAITING


def test_what_changed_stands_side_by_side_in_words(
    moderator: Visitor, ada: Person, choirs: Organisation
) -> None:
    listing = make_listing("Choir", miles=0.0, weekly="Tue 18:30", cost="£1")
    listing.organisation = choirs
    schedules = [{**said(listing)["schedules"][0], "recurrence": "FREQ=WEEKLY;BYDAY=WE"}]
    actions.propose(ada, listing, {**said(listing), "cost": "£2", "schedules": schedules}, 0)
    db.session.commit()

    page = moderator.get(f"/moderation/listings/{listing.id}/versions/2").text

    for words in ("Every Tuesday, 6:30pm", "Every Wednesday, 6:30pm", "£1", "£2"):
        assert words in page
    changed = page.split("See everything it says")[0]
    assert "Access" not in changed


def test_a_version_that_was_overtaken_cannot_be_decided(
    moderator: Visitor, waiting: Listing, ada: Person, values: Values
) -> None:
    actions.propose(ada, waiting, values(cost="£2"), 1)
    db.session.commit()

    answer = moderator.post(
        f"/moderation/listings/{waiting.id}/versions/1", decision="approve", words=""
    )

    assert "Somebody was quicker" in answer.text
    assert again(waiting).status == WAITING


def test_a_trusted_edit_is_taken_back(
    moderator: Visitor, waiting: Listing, ada: Person, choirs: Organisation, values: Values
) -> None:
    decide(moderator, waiting, decision="approve")
    choirs.trusted = True
    actions.propose(ada, waiting, values(name="Buy pills"), 1)
    db.session.commit()
    assert "Shown already" in moderator.get("/moderation").text

    decide(moderator, waiting, 2, decision="refuse", words="No adverts.")

    assert again(waiting).name == "Tuesday choir"
    assert waiting.status == LIVE
    assert [each.decision for each in versions_of(waiting)] == [APPROVED, REFUSED, APPROVED]


def test_a_question_about_a_trusted_edit_leaves_it_shown(
    moderator: Visitor, waiting: Listing, ada: Person, choirs: Organisation, values: Values
) -> None:
    decide(moderator, waiting, decision="approve")
    choirs.trusted = True
    actions.propose(ada, waiting, values(cost="£9"), 1)
    db.session.commit()

    decide(moderator, waiting, 2, decision="ask", words="Really £9?")

    assert again(waiting).cost == "£9"
    assert versions_of(waiting)[0].decision == ASKED
    assert "There is nothing to look at" in moderator.get("/moderation").text


def test_the_queue_has_new_ones_changes_and_reports_the_oldest_first(
    moderator: Visitor, waiting: Listing, ada: Person, mo: Person, choirs: Organisation
) -> None:
    listing = make_listing("Chess", miles=0.0)
    reports.report(listing, "stopped", "The door is shut", "")
    listing.organisation = choirs
    actions.propose(ada, listing, {**said(listing), "cost": "£2"}, 0)
    db.session.commit()

    items = queue_of(mo, london_today()).items

    assert [each.kind for each in items] == ["new", "report", "change"]
    assert moderator.get("/moderation").text.count('class="cd-result"') == 3


def test_another_areas_listing_looks_like_none(
    visitor: Visitor, app: Flask, waiting: Listing
) -> None:
    report = reports.report(waiting, "other", "", "")
    db.session.commit()
    visitor.sign_in(make_person("", MODERATOR, areas=["Southwark"]))

    pages = [
        f"/moderation/listings/{waiting.id}",
        f"/moderation/listings/{waiting.id}/versions/1",
        f"/moderation/reports/{report.id}",
    ]

    assert [visitor.get(each).status_code for each in pages] == [404, 404, 404]
    assert visitor.post(pages[1], decision="approve").status_code == 404
    assert "Tuesday choir" not in visitor.get("/moderation").text


def test_the_queue_holds_just_what_its_moderator_may_decide(app: Flask) -> None:
    everybody = [
        make_person("", MODERATOR, areas=["Lambeth"]),
        make_person("", MODERATOR, areas=["Southwark", "Lewisham"]),
        make_person("", MODERATOR),
        make_person("", ADMINISTRATOR),
    ]
    listings = [
        make_listing(miles=0.0),
        make_listing(miles=0.0, serves=["Southwark"]),
        make_listing(serves=["Southwark", "Croydon"]),
        make_listing(serves=["Croydon"]),
        make_listing(),
    ]

    for person in everybody:
        chosen = select(Listing.id).outerjoin(Listing.venue).where(in_areas_of(person))
        found = set(db.session.scalars(chosen))
        assert found == {each.id for each in listings if can_moderate(person, each)}


@pytest.mark.parametrize(
    ("decision", "status"), [("nothing", LIVE), ("stopped", STOPPED), ("hide", HIDDEN)]
)
def test_a_report_is_closed(moderator: Visitor, decision: str, status: str) -> None:
    listing = make_listing("Chess", miles=0.0)
    report = reports.report(listing, "stopped", "The door is shut", "")
    db.session.commit()

    moderator.post(f"/moderation/reports/{report.id}", decision=decision, words="I rang them.")

    assert again(listing).status == status
    assert "Chess" not in moderator.get("/moderation").text
    assert "I rang them." in moderator.get(f"/moderation/listings/{listing.id}").text


def test_who_did_what_is_on_record_and_stays_there(
    moderator: Visitor, waiting: Listing, ada: Person, mo: Person
) -> None:
    decide(moderator, waiting, decision="approve")

    again(waiting)
    records = records_of(waiting)
    assert [(each.did, each.person) for each in records] == [("approved", mo), ("posted", ada)]
    records[0].did = "refused"
    with pytest.raises(RuntimeError):
        db.session.flush()


def test_a_moderator_goes_back_to_an_old_version(moderator: Visitor, mo: Person) -> None:
    listing = make_listing("Choir", miles=0.0)
    actions.propose(mo, listing, {**said(listing), "name": "Loud choir"}, 0)
    db.session.commit()

    moderator.post(f"/moderation/listings/{listing.id}/versions/1/restore")

    assert again(listing).name == "Choir"
    assert moderator.get(f"/moderation/listings/{listing.id}").status_code == 200


def test_a_moderator_trusts_hides_and_shows(
    moderator: Visitor, waiting: Listing, choirs: Organisation
) -> None:
    path = f"/moderation/listings/{waiting.id}"
    decide(moderator, waiting, decision="approve")

    moderator.post(f"{path}/trust", trusted="yes")
    moderator.post(f"{path}/hide")
    assert again(waiting).status == HIDDEN
    moderator.post(f"{path}/show")

    again(waiting)
    assert (waiting.status, choirs.trusted) == (LIVE, True)


def test_a_moderator_puts_a_listing_right_themselves(moderator: Visitor) -> None:
    listing = make_listing("Chess", miles=0.0)
    assert "Change it" in moderator.get(f"/moderation/listings/{listing.id}").text

    answer = moderator.post(f"/your-groups/{listing.id}/edit")

    assert answer.status_code == 303
