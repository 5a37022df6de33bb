"""What an operator is told is missing or unsafe: each thing by itself, on a site where all else is
well."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from connectdo import checks
from connectdo.access import ADMINISTRATOR, COACH, MODERATOR, TEAM_LEAD
from connectdo.alive import CARRIER, WORKER, lives, living
from connectdo.backup.making import BACKED_UP_AT
from connectdo.cli import main
from connectdo.db import db, utc_now
from connectdo.post.models import Mail
from connectdo.running.checks import MB, room
from connectdo.search.sync import folder, sync
from tests.factories import make_listing, make_person
from tests.post.conftest import Server

Ask = Callable[[], Result]
WELL = {
    "CONNECTDO_HTTPS": "1",
    "CONNECTDO_SITE": "https://groups.example",
    "CONNECTDO_HOSTS": "groups.example",
    "CONNECTDO_CONTACT": "us@groups.example",
    "CONNECTDO_PROXIES": "1",
    "CONNECTDO_MEANING": "1",
}


@pytest.fixture
def running() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def ask(app: Flask, monkeypatch: pytest.MonkeyPatch, running: ExitStack) -> Iterator[Ask]:
    """`connectdo check`, on a site where all is well until the test changes something."""
    server = Server()
    server.opens()
    for name, value in {**WELL, "CONNECTDO_SMTP": server.url}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("connectdo.running.checks.LITTLE_ROOM", 0)
    note_backup(app, datetime.now(UTC))
    make_person("ines@groups.example", ADMINISTRATOR)
    make_listing("Choir")
    sync()
    for name in (CARRIER, WORKER):
        running.enter_context(living(name))
    db.session.rollback()
    yield lambda: CliRunner().invoke(main, ["check"], catch_exceptions=False)
    server.closes()


def note_backup(app: Flask, when: datetime) -> None:
    Path(app.instance_path, BACKED_UP_AT).write_text(when.isoformat())


def musts(result: Result) -> list[str]:
    return [each[8:] for each in result.output.splitlines() if each.startswith("MUST")]


def shoulds(result: Result) -> list[str]:
    return [each[8:] for each in result.output.splitlines() if each.startswith("should")]


def test_where_all_is_well_it_says_so(ask: Ask) -> None:
    result = ask()

    assert (result.exit_code, result.output) == (0, "All is well.\n")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HTTPS", "", "Cookies may travel in the clear."),
        ("HOSTS", "", "The site answers to any name."),
        ("HOSTS", "other.example", "Add groups.example to CONNECTDO_HOSTS."),
        ("SITE", "http://groups.example", "Begin CONNECTDO_SITE with https://"),
        ("SITE", "groups.example", "CONNECTDO_SITE is an address like"),
        ("SITE", "", "CONNECTDO_SMTP needs CONNECTDO_SITE"),
        ("PROXIES", "", "set CONNECTDO_PROXIES=1"),
        ("PROXIES", "one", "CONNECTDO_PROXIES is a number"),
        ("CONFIRM_MONTHS", "-1", "CONNECTDO_CONFIRM_MONTHS is a number"),
        ("SMTP", "", "No mail is sent."),
        ("SMTP", "mail.example:25", "CONNECTDO_SMTP is an address like"),
        ("SMTP", "smtp://127.0.0.1:1", "cannot be reached (ConnectionRefusedError)"),
        ("SECRET_KEY", "short", "The secret key in CONNECTDO_SECRET_KEY is too short"),
        ("DATABASE_URL", "groups", "CONNECTDO_DATABASE_URL is an address like"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/gone", "The database does not answer."),
    ],
)
def test_a_setting_that_is_missing_or_unsafe_must_be_seen_to(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"CONNECTDO_{name}", value)

    result = ask()

    assert result.exit_code == 1
    assert any(says in each for each in musts(result)), result.output


def test_a_site_without_mail_needs_its_address_all_the_same(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONNECTDO_SMTP")
    monkeypatch.delenv("CONNECTDO_SITE")

    assert len(musts(ask())) == 2


def test_what_would_be_better_is_told_and_does_not_fail(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONNECTDO_CONTACT")
    monkeypatch.setenv("CONNECTDO_MAIL_FROM", "us@groups.example")

    result = ask()

    assert shoulds(result) == ["Visitors have nobody to write to. Set CONNECTDO_CONTACT."]
    assert result.output.endswith("0 must be done, 1 should be.\n")
    assert result.exit_code == 0


def test_sentences_that_are_not_read_for_their_meaning_are_told(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_MEANING", "0")

    result = ask()

    assert shoulds(result) == ["Sentences are not read for their meaning: CONNECTDO_MEANING is 0."]
    assert result.exit_code == 0


def test_mails_from_nobody_are_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONNECTDO_CONTACT")

    (says,) = musts(ask())

    assert "CONNECTDO_MAIL_FROM" in says


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_secret_that_others_can_read_is_told(app: Flask, ask: Ask, mode: int) -> None:
    Path(app.instance_path, "secret_key").chmod(mode)

    (says,) = musts(ask())

    assert "chmod 600" in says


def test_a_secret_that_was_never_written_is_told(app: Flask, ask: Ask) -> None:
    Path(app.instance_path, "secret_key").write_text("")

    (says,) = musts(ask())

    assert "secret_key is too short" in says


def test_a_new_folder_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_INSTANCE", str(tmp_path / "new"))

    CliRunner().invoke(main, ["check"])

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_whoever_does_not_own_the_folder_is_sent_to_its_owner(
    app: Flask, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 12345)

    result = ask()

    assert "Ask as that user" in musts(result)[0]
    assert result.exit_code == 1


@pytest.mark.parametrize(("free", "told"), [(499, [True]), (2047, [False]), (2048, [])])
def test_a_disk_that_fills_up_is_told_in_time(free: int, told: list[bool]) -> None:
    assert [each.must for each in room(Path("/"), free * MB)] == told


def test_a_site_without_an_administrator_is_told(ask: Ask) -> None:
    db.session.execute(text("DELETE FROM staff_role"))
    db.session.commit()

    (says,) = musts(ask())

    assert "There is no administrator." in says


def test_an_administrator_without_a_second_step_must_be_seen_to(ask: Ask) -> None:
    db.session.execute(text("UPDATE second_step SET used_step = 0"))
    db.session.commit()

    (says,) = musts(ask())

    assert "ines@groups.example (Administrator) has not set up" in says


@pytest.mark.parametrize("role", [MODERATOR, COACH, TEAM_LEAD])
def test_other_staff_without_a_second_step_are_told(ask: Ask, role: str) -> None:
    person = make_person("sam@groups.example", role)
    person.second_step = None
    db.session.commit()

    result = ask()

    assert "connectdo people set-up sam@groups.example" in shoulds(result)[0]
    assert result.exit_code == 0


def test_who_may_not_come_in_is_not_told(ask: Ask) -> None:
    make_person("sam@groups.example", ADMINISTRATOR, disabled_at=utc_now()).second_step = None
    db.session.commit()

    assert ask().output == "All is well.\n"


def test_mails_that_have_waited_long_are_told(ask: Ask) -> None:
    long_ago = utc_now() - timedelta(hours=2)
    for number, when in enumerate((long_ago, long_ago, utc_now())):
        db.session.add(a_mail(number, written_at=when))
    db.session.add(a_mail(9, written_at=long_ago, refused="Refused with code 550"))
    db.session.commit()

    result = ask()

    assert musts(result)[0].startswith("Waiting for more than 1 hour to be sent: 2 mails.")
    assert shoulds(result)[0].startswith("Taken by no mail server: 1 mail.")


def a_mail(number: int, **fields: object) -> Mail:
    return Mail(message_id=f"{number}", recipient="a@b.example", subject="", body="", **fields)


def test_a_database_that_is_older_than_the_program_is_told(ask: Ask) -> None:
    version = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    db.session.commit()

    (says,) = musts(ask())

    db.session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    db.session.commit()
    assert "connectdo init" in says


@pytest.mark.parametrize(
    ("name", "says"), [(CARRIER, "Nobody keeps the index"), (WORKER, "Nobody sends mails")]
)
def test_a_process_that_does_not_run_is_told(
    app: Flask, ask: Ask, running: ExitStack, name: str, says: str
) -> None:
    running.close()
    with living(CARRIER if name == WORKER else WORKER):
        found = musts(ask())

    assert len(found) == 1
    assert says in found[0]


def test_a_process_is_known_to_live_for_as_long_as_one_of_its_name_does(app: Flask) -> None:
    before = lives(CARRIER)
    with living(CARRIER):
        with living(CARRIER):
            both = lives(CARRIER)
        one = lives(CARRIER)

    assert (before, both, one, lives(CARRIER)) == (False, True, True, False)


def test_an_index_that_cannot_be_read_is_told(ask: Ask) -> None:
    (folder() / "CURRENT").unlink()

    (says,) = musts(ask())

    assert "connectdo index rebuild" in says


def test_an_index_that_differs_from_the_database_is_told(ask: Ask) -> None:
    db.session.execute(text("UPDATE listing SET name = 'Another'"))
    db.session.commit()

    (says,) = musts(ask())

    assert says.startswith("The index differs from the database in 1 places.")


def test_a_site_without_a_backup_is_told(app: Flask, ask: Ask) -> None:
    Path(app.instance_path, BACKED_UP_AT).unlink()

    (says,) = musts(ask())

    assert says == "There is no backup. Make one every day: connectdo backup FILE"


@pytest.mark.parametrize(("hours", "told"), [(47, 0), (49, 1)])
def test_a_backup_of_2_days_ago_is_old(app: Flask, ask: Ask, hours: int, told: int) -> None:
    note_backup(app, datetime.now(UTC) - timedelta(hours=hours))

    assert len(musts(ask())) == told


def test_a_room_adds_checks_of_its_own_and_one_that_breaks_stops_no_other(app: Flask) -> None:
    def breaks() -> list[checks.Finding]:
        raise ZeroDivisionError

    app.extensions[checks.CHECKS].clear()
    checks.add(app, "The kettle", breaks)
    checks.add(app, "The lantern", lambda: [checks.should("Light it."), checks.must("Hang it.")])

    found = checks.findings()

    assert found == [
        checks.must("The kettle could not be looked at (ZeroDivisionError). See the log."),
        checks.must("Hang it."),
        checks.should("Light it."),
    ]


def test_nothing_is_made_or_changed_by_looking(ask: Ask) -> None:
    before = db.session.execute(text("SELECT count(*) FROM listing")).scalar_one()
    db.session.rollback()

    ask()

    assert db.session.execute(text("SELECT count(*) FROM listing")).scalar_one() == before
