"""What organisers post and change: what is shown at once, what waits, and what is never lost."""

from datetime import date

import pytest
from flask import Flask

from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING
from connectdo.listings.said import said
from connectdo.moderation import actions, rules
from connectdo.moderation.actions import Overtaken
from connectdo.moderation.models import APPROVED, OVERTAKEN, UNDECIDED, UNSEEN
from connectdo.moderation.queries import latest, start_of, versions_of
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from tests.factories import make_listing, make_person
from tests.moderation.conftest import Values

TODAY = date(2026, 10, 7)


def decisions(listing_versions: object) -> list[str]:
    return [each.decision for each in listing_versions]  # type: ignore[attr-defined]


def test_a_new_listing_waits(ada: Person, choirs: Organisation, values: Values) -> None:
    listing = actions.post(ada, choirs, values())
    db.session.commit()

    version = latest(listing)
    assert listing.status == WAITING
    assert version
    assert (version.number, version.decision, version.made_by) == (1, UNDECIDED, ada)


def test_a_trusted_organisations_listing_is_shown_at_once(
    ada: Person, choirs: Organisation, values: Values
) -> None:
    choirs.trusted = True

    listing = actions.post(ada, choirs, values(), today=TODAY)
    db.session.commit()

    version = latest(listing)
    assert (listing.status, listing.confirmed_on) == (LIVE, TODAY)
    assert version
    assert version.decision == UNSEEN


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("url", "https://choir.example"),
        ("description", "Look at www.pills.example now"),
        ("summary", "cheap-pills.shop sells them"),
    ],
)
def test_a_new_persons_link_waits_even_where_they_are_trusted(
    ada: Person, choirs: Organisation, values: Values, field: str, text: str
) -> None:
    choirs.trusted = True

    listing = actions.post(ada, choirs, values(**{field: text}))

    assert listing.status == WAITING


def test_a_known_persons_link_does_not_wait(
    ada: Person, mo: Person, choirs: Organisation, values: Values
) -> None:
    first = latest(actions.post(ada, choirs, values()))
    assert first
    actions.approve(mo, first)
    choirs.trusted = True

    listing = actions.post(ada, choirs, values(url="https://choir.example"))

    assert listing.status == LIVE


def test_an_edit_waits_and_the_listing_says_what_it_said(ada: Person, choirs: Organisation) -> None:
    listing = make_listing("Choir", miles=1, organisation="")
    listing.organisation = choirs
    db.session.commit()

    version = actions.propose(ada, listing, {**said(listing), "name": "Big choir"}, 0)
    db.session.commit()

    assert listing.name == "Choir"
    assert version.said["name"] == "Big choir"
    assert version.number == 2, "What was imported is version 1."
    assert start_of(listing) == (version.said, 2)


def test_the_second_of_two_who_edit_is_told_what_changed(
    ada: Person, choirs: Organisation, values: Values
) -> None:
    listing = actions.post(ada, choirs, values())
    actions.propose(ada, listing, values(cost="£2"), 1)

    with pytest.raises(Overtaken) as told:
        actions.propose(ada, listing, values(phone="01632 960000"), 1)

    assert told.value.latest.said["cost"] == "£2"


def test_a_second_edit_takes_the_place_of_the_one_that_waits(
    ada: Person, choirs: Organisation, values: Values
) -> None:
    listing = actions.post(ada, choirs, values())

    actions.propose(ada, listing, values(cost="£2"), 1)

    assert decisions(versions_of(listing)) == [UNDECIDED, OVERTAKEN]
    assert listing.cost == "£2", "Nobody sees it yet, and its preview says the newest."


def test_saying_the_same_again_only_confirms(
    ada: Person, mo: Person, choirs: Organisation, values: Values
) -> None:
    listing = actions.post(ada, choirs, values(), today=date(2026, 5, 1))
    first = latest(listing)
    assert first
    actions.approve(mo, first)

    version = actions.propose(ada, listing, said(listing), 1, today=date(2036, 10, 7))

    assert version.decision == APPROVED
    assert listing.confirmed_on == date(2036, 10, 7)


def test_a_moderators_own_edit_is_shown_at_once(mo: Person) -> None:
    listing = make_listing("Choir", miles=0.0)

    version = actions.propose(mo, listing, {**said(listing), "name": "Quiet choir"}, 0)

    assert listing.name == "Quiet choir"
    assert (version.decision, version.decided_by) == (APPROVED, mo)


def test_a_later_import_is_kept_as_a_version_too(mo: Person) -> None:
    listing = make_listing("Choir", miles=0.0)
    actions.propose(mo, listing, {**said(listing), "name": "Quiet choir"}, 0)
    listing.name = "Choir, as imported"
    db.session.commit()

    actions.propose(mo, listing, {**said(listing), "cost": "£1"}, 2)

    assert [each.said["name"] for each in versions_of(listing)] == [
        "Choir, as imported",
        "Choir, as imported",
        "Quiet choir",
        "Choir",
    ]


def test_what_has_stopped_is_told_and_what_was_never_shown_is_not(
    ada: Person, choirs: Organisation, values: Values
) -> None:
    shown, waiting = make_listing("Choir"), actions.post(ada, choirs, values())

    actions.stop(ada, shown)
    actions.stop(ada, waiting)

    assert (shown.status, waiting.status) == (STOPPED, HIDDEN)


def test_an_old_version_can_be_restored(mo: Person) -> None:
    listing = make_listing("Choir", miles=0.0, weekly="Tue 18:30")
    actions.propose(mo, listing, {**said(listing), "name": "Worse", "schedules": []}, 0)
    first = versions_of(listing)[-1]

    actions.restore(mo, first)
    db.session.commit()

    assert said(listing) == first.said
    assert [each.number for each in versions_of(listing)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("areas", "fields", "may"),
    [
        (["Lambeth"], {"miles": 0.0}, True),
        (["Southwark"], {"miles": 0.0}, False),
        (["Southwark"], {"serves": ["Southwark", "Lewisham"]}, True),
        (["Southwark"], {"miles": 0.0, "serves": ["Southwark"]}, False),
        (["Southwark"], {}, True),
        (["Croydon"], {"serves": ["Southwark"]}, False),
    ],
)
def test_a_moderator_decides_in_their_own_areas(
    app: Flask, areas: list[str], fields: dict[str, object], may: bool
) -> None:
    moderator = make_person("", "moderator", areas=areas)

    assert rules.can_moderate(moderator, make_listing("Choir", **fields)) is may  # type: ignore[arg-type]


def test_organisers_edit_what_they_look_after_and_nothing_else(
    ada: Person, choirs: Organisation
) -> None:
    own, others = make_listing("Choir"), make_listing("Chess", organisation="Rooks")
    own.organisation = choirs
    db.session.commit()

    assert rules.can_edit(ada, own)
    assert not rules.can_edit(ada, others)
    assert not rules.can_moderate(ada, own)


def test_only_the_dates_of_a_listing_that_is_shown_go_live_at_once(
    ada: Person, choirs: Organisation
) -> None:
    listing = make_listing("Choir", miles=0.0, weekly="Tue 18:30")
    listing.organisation = choirs
    off = [{**said(listing)["schedules"][0], "cancelled_dates": ["2026-10-13"]}]

    both = actions.propose(ada, listing, {**said(listing), "schedules": off, "name": "Pills"}, 0)

    assert both.decision == UNDECIDED
    assert listing.schedules[0].cancelled_dates == []
