"""Another's record looks like one that never was, whoever asks and by whichever address.

Made from the addresses themselves: one that names something of which `owners` says nothing fails.
"""

from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from connectdo.access import STRANGER
from connectdo.db import Base, db
from connectdo.logs import HEADER
from connectdo.search.sync import sync
from tests.access.owners import NESTED, NEVER, RECORDS, Address, addresses, unknown
from tests.access.world import World, add_who_comes_near, make_world
from tests.test_access import IN_AN_ADDRESS, SIGN_IN, answer
from tests.visitor import Visitor, without_token

GONE = (404, 410)
# What tells one answer from every other.
OF_ITS_OWN = ("Date", "Set-Cookie", HEADER)
# Where nobody else has written meanwhile, and no date was typed, there is nothing to choose.
NOTHING_TO_CHOOSE = ("posting.both", "posting.times")
REFUSED = (*GONE, 400, 429, SIGN_IN)
# The visitors of these tests come in while they look.
COMING_IN = ("sign_in", "person")
LOOKED = ("audit",)
COUNTED = ("tally", "search_state", "looked_for", "listing_count", "led_to", "audit_head")
KEYS = sorted(RECORDS)


class Row(NamedTuple):
    """A row, by its table and its key."""

    table: str
    key: tuple[object, ...]


class Said(NamedTuple):
    """All that an answer says, but for the moment."""

    status: int
    text: str
    headers: frozenset[tuple[str, str]]


@pytest.fixture
def other(app: Flask) -> World:
    # The form's token is looked at before the record; what comes after it is asked about here.
    app.config["WTF_CSRF_ENABLED"] = False
    return make_world("Southwark")


@pytest.fixture
def world(other: World) -> World:
    world = make_world("Lambeth")
    add_who_comes_near(world, other)
    sync()
    return world


def path_of(app: Flask, endpoint: str, ids: dict[str, int]) -> str:
    """The address of these ids. A person is a colleague, or another organiser, in this room."""
    person = {"clients": "colleague_id", "posting": "organiser_id"}
    known: dict[str, object] = {**ids, **IN_AN_ADDRESS.get(endpoint, {})}
    known["person_id"] = ids.get("person_id", ids[person.get(endpoint.split(".")[0], "number")])
    rule = next(app.url_map.iter_rules(endpoint))
    return app.url_map.bind("localhost").build(
        endpoint, {each: known[each] for each in rule.arguments}
    )


def comes(app: Flask, world: World, who: str) -> Visitor:
    visitor = Visitor(app)
    if who != STRANGER:
        visitor.sign_in(world.people[who])
    return visitor


def said(response: TestResponse) -> Said:
    kept = frozenset((k, v) for k, v in response.headers if k not in OF_ITS_OWN)
    return Said(response.status_code, without_token(response), kept)


def closed_ids(each: Address, world: World) -> dict[str, int]:
    return {**world.ids, each.key: world.ids[each.record.closed or each.key]}


def open_ids(each: Address, world: World) -> dict[str, int]:
    return {**world.ids, each.key: world.ids[each.record.open or each.key]}


def test_every_address_says_whose_its_record_is(app: Flask) -> None:
    assert unknown(app) == set()


def test_at_least_five_come_near_each_record(app: Flask) -> None:
    assert [each for each in addresses(app) if len(set(each.record.not_owners)) < 5] == []


@pytest.mark.parametrize("key", KEYS)
def test_anothers_record_looks_like_one_that_never_was(app: Flask, world: World, key: str) -> None:
    asked = [each for each in addresses(app) if each.key == key]
    differ = []
    for who in {who for each in asked for who in each.record.not_owners}:
        visitor = comes(app, world, who)
        for each in asked:
            if who in each.record.not_owners:
                theirs, nobodys = (
                    said(visitor.ask(each.method, path_of(app, each.endpoint, ids)))
                    for ids in (closed_ids(each, world), {**world.ids, key: NEVER})
                )
                if theirs != nobodys or theirs.status not in GONE:
                    differ.append((who, each.method, each.endpoint, theirs.status, nobodys.status))

    assert asked
    assert differ == []


def test_what_belongs_to_another_record_is_not_under_mine(
    app: Flask, world: World, other: World
) -> None:
    """Another client's contact is not under this client's address, and so on."""
    differ = []
    for each in addresses(app):
        rule = next(app.url_map.iter_rules(each.endpoint))
        for name in nested_in(rule, each.key):
            visitor = comes(app, world, each.record.owner)
            theirs, nobodys = (
                said(visitor.ask(each.method, path_of(app, each.endpoint, ids)))
                for ids in (
                    {**open_ids(each, world), name: elsewhere(name, each.endpoint, other)},
                    {**open_ids(each, world), name: NEVER},
                )
            )
            if theirs != nobodys or theirs.status == 200:
                differ.append((each.method, each.endpoint, name, theirs.status, nobodys.status))

    assert differ == []


def nested_in(rule: Rule, key: str) -> set[str]:
    """The ids of an address that belong to the record which it names. The times of a draft have
    numbers of their own."""
    found = rule.arguments & {*NESTED, "listing_id"} - {key}
    return found - {"number"} if key == "draft_id" else found


def elsewhere(name: str, endpoint: str, other: World) -> int:
    """What the other has under that name, and this one has not."""
    room = endpoint.partition(".")[0]
    people = {"clients": "colleague_id", "posting": "organiser_id"}
    names = {"person_id": people.get(room, ""), "listing_id": "hidden_id"}
    return other.ids[names.get(name, name)] + (name == "number")


def test_who_may_have_a_record_does_have_it_and_reaches_no_others(app: Flask, other: World) -> None:
    """Or the tests above would find nothing for want of anything to find. Every form is sent with
    every name that a column has, and the ids of another's records in it."""
    forged, theirs = forged_fields(other), what_is_theirs(other)
    sync()
    before, refused = rows(), []
    world = make_world("Lambeth")
    for each in sorted(addresses(app), key=lambda each: each.method):
        if each.method == "POST":
            # What a request deleted is still known here, and its id may be another's now.
            db.session.expunge_all()
            world = make_world("Lambeth")
        world.people["member"] = world.people["organiser"]
        path = path_of(app, each.endpoint, open_ids(each, world))
        sent = forged if each.method == "POST" else None
        response = comes(app, world, each.record.owner).ask(each.method, path, data=sent)
        if answer(response) in REFUSED or response.status_code >= 500:
            refused.append((each.endpoint, answer(response)))

    after = rows()
    assert [each for each in refused if each[0] not in NOTHING_TO_CHOOSE] == []
    assert [each for each in before if after.get(each) != before[each]] == []
    new = {each: row for each, row in after.items() if each not in before}
    assert [each for each, row in new.items() if refers_to(each.table, row, theirs)] == []


def test_looking_at_what_one_may_see_changes_nothing(app: Flask, world: World) -> None:
    """But that it is written down who looked at a client."""
    asked = [each for each in addresses(app) if each.method == "GET"]
    before = rows()

    for each in asked:
        visitor = comes(app, world, each.record.owner)
        for method in ("GET", "HEAD"):
            visitor.ask(method, path_of(app, each.endpoint, open_ids(each, world)))

    after = rows()
    assert {each.table for each in after if before.get(each) != after[each]} == {
        *LOOKED,
        *COMING_IN,
    }
    assert [each for each in before if each not in after and each.table not in COMING_IN] == []


def forged_fields(other: World) -> dict[str, str]:
    """What somebody may write in a form that no page of ours has."""
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    fields = {name: str(other.ids.get(name, 1)) for name in columns}
    person = str(other.client.coach_id)
    fields |= {name: person for name in columns if name.endswith("by_id") or "person" in name}
    return {
        **fields,
        "team": str(other.team.id),
        "client": str(other.client.id),
        "organisation": str(other.group.id),
        "organisation_name": "",
        "item": str(other.ids["item_id"]),
        "like": str(other.ids["listing_id"]),
        "person": person,
        "coach": person,
        "email": "somebody@mail.example",
        "role": "administrator",
        "roles": "administrator",
        "trusted": "yes",
        "status": "live",
    }


def rows() -> dict[Row, tuple[object, ...]]:
    """Every row, but for what counts how often something was done."""
    found = {
        Row(name, tuple(row[: len(table.primary_key)])): tuple(row)
        for name, table in Base.metadata.tables.items()
        if name not in COUNTED
        for row in db.session.execute(select(*table.primary_key, *table.columns))
    }
    db.session.rollback()
    return found


def what_is_theirs(other: World) -> dict[str, set[int]]:
    """The ids of the other's records, by their table."""
    return {
        "client": {other.client.id},
        "team": {other.team.id},
        "organisation": {other.group.id},
        "person": {each.id for each in other.people.values()},
        "listing": {other.ids["hidden_id"]},
    }


def refers_to(table: str, row: tuple[object, ...], theirs: dict[str, set[int]]) -> bool:
    """Whether a row of `rows` hangs on something of the other's."""
    columns = Base.metadata.tables[table].columns
    return any(
        value in theirs.get(key.column.table.name, ())
        for column, value in zip(columns, row[-len(columns) :], strict=True)
        for key in column.foreign_keys
    )
