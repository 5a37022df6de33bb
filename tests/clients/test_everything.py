"""No room keeps something about a client that is not in the copy, or that stays when they go."""

import pytest
from flask import Flask
from sqlalchemy import String, cast, func, select

from connectdo.clients import everything, forgetting, telling
from connectdo.clients.here import Here
from connectdo.clients.models import VOLUNTEER, Client
from connectdo.clients.queries import ties_of
from connectdo.db import db, utc_now
from connectdo.people.models import Person
from tests.clients.canaries import (
    CANARY,
    canary,
    columns_with_words,
    sow,
    sow_shortlists,
    tables_about_clients,
)
from tests.factories import make_client, make_coach


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client()


def rows(name: str) -> int:
    query = select(func.count()).select_from(tables_about_clients()[name])
    return db.session.execute(query).scalar_one()


def here(client: Client, person: Person) -> Here:
    return Here(client, ties_of(person, client, utc_now()))


def test_every_table_that_leads_to_a_client_is_some_rooms(app: Flask) -> None:
    held = [name for room in everything.rooms() for name in room.tables]

    assert sorted(held) == sorted(tables_about_clients())


def test_what_leads_to_a_client_goes_with_them(app: Flask) -> None:
    tables = tables_about_clients()
    by_hand = {
        name
        for room in everything.rooms()
        if room.forget is not everything.nothing_more
        for name in room.tables
    }

    stay = [
        f"{name}.{key.parent.name}"
        for name, table in tables.items()
        for key in table.foreign_keys
        if key.column.table.name in tables and key.ondelete != "CASCADE" and name not in by_hand
    ]

    assert stay == []


def test_the_canaries_are_in_every_field_that_somebody_writes_in(mary: Client) -> None:
    sow(mary)

    silent = [
        f"{table.name}.{column}"
        for table, column in columns_with_words()
        if not db.session.scalars(
            select(1).where(cast(table.c[column], String).contains(CANARY))
        ).first()
    ]

    assert silent == []


def test_the_copy_has_every_word_that_is_held(mary: Client) -> None:
    sow(mary)
    words = [
        str(value)
        for table, column in columns_with_words()
        for value in db.session.scalars(select(table.c[column]))
        if column not in ("slugs",)
    ]

    parts = [*everything.copy_of(mary), telling.worries(mary)]
    told = "\n".join(line for part in parts for line in part.lines)

    canaries = {part for word in words for part in word.replace("'", " ").split() if CANARY in part}
    assert len(canaries) >= 7
    assert {each for each in canaries if each.strip("[],?") not in told} == set()


def test_the_copy_for_a_coach_leaves_out_what_was_written_to_the_leads(mary: Client) -> None:
    sow(mary)

    told = str(everything.copy_of(mary))

    assert canary("words") not in told
    assert canary("done") not in told


def test_the_summary_says_what_is_needed_to_begin(mary: Client) -> None:
    sow(mary)

    told = str(everything.summary_of(here(mary, mary.coach)))

    assert canary("said") in told
    assert canary("near") in told
    assert canary("private") in told
    assert "Can I keep a few notes" in told


def test_other_rooms_tell_and_forget_their_part(app: Flask, mary: Client) -> None:
    sow_shortlists(mary)
    forgotten = []
    room = everything.Room(
        frozenset(),
        copy=lambda client: [everything.Part("What you tried", [f"Choir, {client.name}"])],
        summary=lambda here: [
            everything.Part("For colleagues", ["Shy"] if here.for_colleagues else [])
        ],
        forget=lambda client: forgotten.append(client.id),
    )
    everything.holds(app, "other", room)
    volunteer = make_coach(VOLUNTEER, team=mary.team)

    copy = everything.copy_of(mary)
    to_coach, to_volunteer = (
        everything.summary_of(here(mary, each)) for each in (mary.coach, volunteer)
    )
    forgetting.forget(mary)

    assert everything.Part("What you tried", ["Choir, Mary"]) in copy
    assert "Shy" in str(to_coach)
    assert "Shy" not in str(to_volunteer)
    assert canary("private") not in str(to_volunteer)
    assert forgotten == [mary.id]


def test_nothing_is_left_of_who_is_forgotten(mary: Client) -> None:
    sow(mary)
    before = {name for name in tables_about_clients() if rows(name)}

    forgetting.forget(mary)

    left = {name for name in tables_about_clients() if rows(name)}
    # A note about somebody who is no client here stays.
    assert before == set(tables_about_clients())
    assert left == {"worry"}
