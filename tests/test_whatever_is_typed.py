"""Whatever is typed, by whatever way it comes in, both databases say the same of it: a page, or a
page that says what is wrong, and never a fault of ours. PostgreSQL refuses what SQLite takes: a
NUL, half a letter, a text or a number that is too large. The suite runs on both.
"""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import String, select

from connectdo.clients.models import LEAD
from connectdo.db import Base, db
from connectdo.listings.models import Listing
from connectdo.moderation.models import Report
from connectdo.search.sync import sync
from tests.conftest import Comes
from tests.factories import make_client, make_coach, make_listing, make_organisation, make_person
from tests.test_access import IN_AN_ADDRESS
from tests.test_two_editors import FORMS
from tests.visitor import Visitor

# As bytes of an address or a form: a NUL, half a letter, no UTF-8, what turns a terminal red
# and what turns the direction of a line.
HOSTILE = {
    "no text": "Choir%00%ED%A0%BD%FF%FE%1B[31m%07%E2%80%AEriohC",
    "too long": "a" * 60_000,
    "a large number": str(2**31),
    "a larger number": str(2**63),
    "the largest number": "1" + "0" * 400,
    "below nothing": "-1",
    "infinite": "1e999",
}
SENT = ("no text", "too long", "a larger number")
ASKED = (
    *("q", "near", "within", "interest", "day", "time", "free", "access", "delivery", "kind"),
    *("area", "sort", "view", "page", "item", "next", "team", "logged", "back", "step", "visit"),
)
REFUSED = (200, 302, 303, 400, 403, 404, 409, 410, 413, 414, 422, 429)


@pytest.fixture
def coach(app: Flask, comes: Comes) -> Visitor:
    make_listing("Choir", miles=0.0, interests=["Choir"], organisation="Choirs", weekly="Tue 18:30")
    make_client(lead := make_coach(LEAD))
    sync()
    return comes(lead)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_an_address_asks_there_is_a_page(coach: Visitor, text: str) -> None:
    asked = "&".join(f"{name}={text}" for name in ASKED)
    client = "/coaching/clients/1"

    for page in (
        *("/", "/search", "/areas/lambeth", "/interests/choir", "/organisations/1", "/sign-in"),
        *("/sign-in/password", "/my-list", "/coaching", f"{client}/find", f"{client}/compare"),
        *(f"{client}/take-home", f"{client}/twelve-weeks", f"{client}/contacts/add/call"),
    ):
        assert coach.get(f"{page}?{asked}").status_code in REFUSED, page


def test_thousands_of_answers_to_one_question_are_no_more_than_a_few(coach: Visitor) -> None:
    for name in ASKED:
        asked = "&".join(f"{name}={number}" for number in range(3_000))
        assert coach.get(f"/search?{asked}").status_code in REFUSED, name
        assert coach.get(f"/coaching/clients/1/compare?{asked}").status_code in REFUSED, name


@pytest.mark.parametrize("text", [HOSTILE[each] for each in SENT], ids=SENT)
def test_whatever_is_in_the_place_of_a_name_or_a_number_is_not_there(
    app: Flask, coach: Visitor, text: str
) -> None:
    wrong = []
    for rule in app.url_map.iter_rules():
        if not rule.arguments or "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        known = {"day": "2026-12-01", "at": "1830", **IN_AN_ADDRESS.get(rule.endpoint, {})}
        for name in rule.arguments:
            said = {each: known.get(each, "1") for each in rule.arguments} | {name: text}
            address = rule.rule
            for each, value in said.items():
                address = re.sub(rf"<(?:[^<>]*:)?{each}>", value.replace("\\", ""), address)
            if coach.get(address).status_code not in REFUSED:
                wrong.append(address)

    assert wrong == []


TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FIELDS = re.compile(r'<(?:input|textarea|select)[^>]*\bname="(\w+)"')


@pytest.mark.parametrize("text", [HOSTILE[each] for each in SENT], ids=SENT)
def test_whatever_is_sent_in_a_form_is_taken_or_told(comes: Comes, text: str) -> None:
    """All at once: each field of each form that two people edit, and of those of strangers."""
    wrong = []
    for name, make in FORMS.items():
        form = make()
        wrong += _send(comes(form.people[0]), form.address, text, name)
    listing = make_listing("Choir", miles=0.0, organisation="Bands")
    organisation = make_organisation("Singers")
    db.session.commit()
    organiser = comes(make_person(looks_after=organisation))
    coach = make_coach(LEAD)
    client = make_client(coach)
    wrong += _send(organiser, "/your-groups/add", text, "add")
    wrong += _send(organiser, "/your-groups/calendars/add", text, "calendar")
    wrong += _send(organiser, "/account/name", text, "name")
    wrong += _send(organiser, f"/listings/{listing.id}/report", text, "report")
    for page in ("contacts/write/call", "cover", "worried", "outcomes/went-on"):
        wrong += _send(comes(coach), f"/coaching/clients/{client.id}/{page}", text, page)
    for page in ("/sign-in", "/sign-in/password"):
        wrong += _send(Visitor(comes(coach).app), page, text, page)

    assert wrong == []


def _send(visitor: Visitor, address: str, text: str, name: str) -> list[str]:
    """The form on a page, sent with one text in every field, as a browser would write it."""
    page = visitor.get(address).text
    fields = set(FIELDS.findall(page)) | {"said", "kind"}
    # What one chooses from a list stays as it is in one of the two.
    chosen = {"state": "likes", "decision": "ask", "keep": "yes", "kind": "call", "team": "1"}
    answers = []
    token = {"csrf_token": TOKEN.findall(page)[0]}
    for sent in (dict.fromkeys(fields, text), {**dict.fromkeys(fields, text), **chosen}):
        answers.append(visitor.send_encoded(address, {**sent, **token}).status_code)
    return [f"{name}: {each}" for each in answers if each not in REFUSED]


def test_what_two_keyboards_write_is_one_text(visitor: Visitor) -> None:
    listing = make_listing("Choir")

    visitor.post(f"/listings/{listing.id}/report", problem="other", details="Cafe\u0301\0\x07")

    assert db.session.scalars(select(Report.details)).one() == "Café"


def test_no_text_column_is_longer_than_what_is_let_in(app: Flask) -> None:
    """SQLite would keep what PostgreSQL refuses: every text with a length is short enough to be
    asked for by a field, and no field lets in more (tests above send 60,000 letters to each)."""
    lengths = [
        column.type.length
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String) and column.type.length
    ]

    assert max(lengths) < 60_000


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (r'{"name": "Choir \u0000 one", "kind": "group"}', "Choir one"),
        (r'{"name": "Choir \ud83d two", "kind": "group"}', "Choir two"),
        (r'{"name": "Cafe\u0301", "kind": "group"}', "Café"),
        (r'{"name": "Choir", "kind": "group", "description": ' + '"' + "a" * 30_000 + '"}', ""),
        (r'{"name": "Choir", "kind": "group", "lat": 1e999, "lon": -1}', ""),
        (r'{"name": "Choir", "kind": "group", "extra": ' + "[" * 50_000 + "]" * 50_000 + "}", ""),
        (r'{"name": "Choir", "kind": "group", "something": 99999999999999999999}', "Choir"),
    ],
)
def test_what_a_file_brings_is_taken_or_rejected(
    app: Flask, tmp_path: Path, line: str, kept: str
) -> None:
    file = tmp_path / "groups.jsonl"
    file.write_text(line + "\n")

    app.test_cli_runner().invoke(args=["import", str(file)])

    assert db.session.scalars(select(Listing.name)).all() == ([kept] if kept else [])


@pytest.mark.parametrize("odd", ["Choir\0", "Choir \udcff", "1e999", "a" * 60_000])
def test_what_an_operator_types_is_taken_or_told(app: Flask, odd: str) -> None:
    """What is not UTF-8 on a command line comes as halves of letters."""
    make_listing("Choir", miles=0.0, interests=["Choir"])
    sync()
    commands: list[list[str]] = [
        ["search", odd, "--json"],
        ["search", "choir", "--near", odd],
        ["interests", "show", odd],
        ["interests", "add", "Choir", odd],
        ["people", "add", odd],
        ["people", "remove", odd],
        ["teams", "add", odd],
    ]

    for command in commands:
        result = app.test_cli_runner().invoke(args=command)
        fault = result.exception
        assert fault is None or isinstance(fault, SystemExit), (command[:2], repr(fault)[:300])


@pytest.mark.parametrize(
    "deep",
    ['{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "[" * 100_000, '{"text": "\\ud83d"}'],
)
def test_a_batch_of_searches_that_makes_no_sense_is_told(
    app: Flask, tmp_path: Path, deep: str
) -> None:
    sync()
    file = tmp_path / "queries.jsonl"
    file.write_text(deep + "\n")

    for option in ("--batch", "--profile"):
        result = app.test_cli_runner().invoke(args=["search", option, str(file), "--json"])
        assert result.exception is None or isinstance(result.exception, SystemExit)
