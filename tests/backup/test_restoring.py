"""A restore is done as a whole or not at all, and only where it may."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import insert, select

from connectdo.backup.alone import alone
from connectdo.backup.commands import NotDone
from connectdo.backup.making import QUESTIONS, make
from connectdo.config import ROOT
from connectdo.db import alembic, db
from connectdo.listings.models import Listing
from connectdo.people.models import Person
from connectdo.photos import keep_photo
from connectdo.ready import make_ready
from connectdo.search import sync
from connectdo.search.models import SearchState
from tests.backup.conftest import Restores, a_command
from tests.factories import make_listing
from tests.photos.test_keeping import a_photo

Backs = Callable[..., Path]


class PowerGoes(BaseException):
    """Nothing is tidied up after it."""


def names() -> list[str]:
    db.session.rollback()
    found = list(db.session.scalars(select(Listing.name).order_by(Listing.name)))
    db.session.rollback()
    return found


def with_contents(file: Path, **told: Any) -> Path:
    """The same backup, saying something else of itself."""
    other = file.with_name("other.zip")
    with ZipFile(file) as source, ZipFile(other, "w") as target:
        for each in source.namelist():
            data = source.read(each)
            if each == "contents.json":
                data = json.dumps({**json.loads(data), **told}).encode()
            target.writestr(each, data)
    return other


@pytest.fixture
def old(app: Flask, backup: Backs) -> Path:
    """A backup of a site that has changed since."""
    make_listing("Old choir")
    keep_photo(Path(app.instance_path), a_photo())
    file = backup()
    make_listing("New choir")
    sync.sync()
    return file


# Where it may.


def test_a_place_with_data_is_left_alone(app: Flask, old: Path, restore: Restores) -> None:
    with pytest.raises(NotDone, match="say --replace") as refused:
        restore(old)

    assert refused.value.exit_code == 2
    assert names() == ["New choir", "Old choir"]


def test_a_place_with_data_is_replaced_if_told_so(app: Flask, old: Path, restore: Restores) -> None:
    restore(old, replace=True)

    assert names() == ["Old choir"]
    assert sync.check() == []
    assert not (Path(app.instance_path) / "restoring").exists()


def test_the_command_ends_with_2_where_nothing_was_changed(app: Flask, old: Path) -> None:
    db.session.rollback()
    command = [sys.executable, "-m", "connectdo.cli", "restore", str(old)]

    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert (done.returncode, names()) == (2, ["New choir", "Old choir"])
    assert "say --replace" in done.stderr


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"revision": "9999"}, "made by a newer version of Connect & Do"),
        ({"format": 99}, "Bring this one up to date"),
        ({"database": "oracle"}, "is of a site on oracle"),
    ],
)
def test_what_is_not_for_this_place_is_refused(
    app: Flask, old: Path, restore: Restores, told: dict[str, Any], why: str
) -> None:
    with pytest.raises(NotDone, match=why):
        restore(with_contents(old, **told), replace=True)

    assert names() == ["New choir", "Old choir"]


def test_a_file_that_is_no_backup_is_refused(
    app: Flask, old: Path, restore: Restores, tmp_path: Path
) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8 not a backup")

    with pytest.raises(NotDone, match="not a whole backup of Connect & Do"):
        restore(file, replace=True)

    assert names() == ["New choir", "Old choir"]


def test_a_database_of_something_else_is_refused(
    app: Flask, old: Path, restore: Restores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is whole, and what is in it is not ours."""
    monkeypatch.setattr("connectdo.backup.archive.Backup.unpack", unpack_nonsense)

    with pytest.raises(NotDone):
        restore(old, replace=True)

    assert names() == ["New choir", "Old choir"]
    assert not (Path(app.instance_path) / "restoring").exists()


def unpack_nonsense(_backup: object, folder: Path) -> None:
    (folder / "photos").mkdir(parents=True)
    (folder / "database").write_bytes(b"Nothing that a database would read. " * 200)


def test_a_list_of_erasures_that_cannot_be_read_stops_it(
    app: Flask, old: Path, restore: Restores
) -> None:
    (Path(app.instance_path) / "erasures").write_text("2026-11-22T06:30:00Z client 1/x\n???\n")

    with pytest.raises(NotDone, match="Line 2 of"):
        restore(old, replace=True)

    assert names() == ["New choir", "Old choir"]


def test_an_older_database_is_brought_up_to_date(
    app: Flask, restore: Restores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    """As it was before groups were posted here, or people were coached."""
    with a_command():
        alembic.upgrade("0003")
    questions = {"revision": QUESTIONS["revision"], "people": QUESTIONS["people"]}
    with monkeypatch.context() as patch, a_command():
        patch.setattr("connectdo.backup.making.QUESTIONS", questions)
        db.session.execute(insert(Person).values(email="ada@mail.example"))
        db.session.commit()
        contents = make(tmp_path / "old.zip")

    restore(tmp_path / "old.zip", replace=True)

    with a_command():
        behind = alembic.needs_upgrade()
    with a_command():
        assert (contents.revision, behind) == ("0003", False)
        assert db.session.scalars(select(Person.email)).all() == ["ada@mail.example"]


# All of it or nothing.


def cut_short(patch: pytest.MonkeyPatch, what: str, restore: Callable[[], None]) -> None:
    """Restores, and the power goes when it gets to something."""

    def go(*_: object, **__: object) -> None:
        raise PowerGoes

    with patch.context() as here:
        here.setattr("connectdo.backup.restoring._clear", lambda stage: None)
        here.setattr(what, go)
        with pytest.raises(PowerGoes):
            restore()


def started_again(caplog: pytest.LogCaptureFixture) -> str:
    """What a site says when it is started."""
    caplog.clear()
    with caplog.at_level(logging.WARNING), a_command() as site:
        make_ready(site)
    return caplog.text


@pytest.mark.parametrize(
    "when",
    [
        "connectdo.backup.archive.Backup.unpack",
        "connectdo.backup.going_back.make_fit",
        "connectdo.backup.restoring.bring_back",
        "connectdo.backup.restoring.os.sync",
        "connectdo.backup.sqlite.SQLite.put_in_place",
        "connectdo.backup.postgresql._copy",
    ],
)
def test_one_that_is_cut_short_before_the_commit_changed_nothing(
    app: Flask,
    old: Path,
    restore: Restores,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    when: str,
) -> None:
    other = "postgresql" if db.engine.dialect.name == "sqlite" else "sqlite"
    if f".{other}." in when:
        pytest.skip(f"This is about {other}.")
    db.session.rollback()

    cut_short(monkeypatch, when, lambda: restore(old, replace=True))
    before = names()
    said, again = started_again(caplog), started_again(caplog)

    assert before == names() == ["New choir", "Old choir"]
    assert "cut short before it changed anything" in said
    assert again == ""
    assert not (Path(app.instance_path) / "restoring").exists()


def test_one_that_is_cut_short_after_the_commit_is_finished_at_the_next_start(
    app: Flask,
    old: Path,
    restore: Restores,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = Path(app.instance_path) / "secret_key"
    then = key.read_text()
    key.write_text("another")
    db.session.rollback()

    cut_short(monkeypatch, "connectdo.backup.restoring._finish", lambda: restore(old, replace=True))
    before = key.read_text()
    said = started_again(caplog)

    assert names() == ["Old choir"]
    assert "It is finished now" in said
    assert (before, key.read_text()) == ("another", then)
    assert sync.check() == []


def test_a_fault_leaves_everything_as_it_was(
    app: Flask, old: Path, restore: Restores, monkeypatch: pytest.MonkeyPatch
) -> None:
    epoch = select(SearchState.epoch)
    before = db.session.scalar(epoch)
    db.session.rollback()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connectdo.backup.restoring.unswept", full)
    with pytest.raises(NotDone, match=r"Nothing was changed: .*No space left"):
        restore(old, replace=True)

    assert (names(), db.session.scalar(epoch)) == (["New choir", "Old choir"], before)
    assert not (Path(app.instance_path) / "restoring").exists()


def test_two_at_once_are_in_nobodys_way(app: Flask, old: Path, restore: Restores) -> None:
    with alone(), pytest.raises(NotDone, match="Another backup or restore is under way"):
        restore(old, replace=True)


def test_without_the_programs_of_postgresql_it_says_what_to_install(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite needs none.")
    monkeypatch.setenv("PATH", str(tmp_path))

    result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")])

    assert result.exit_code == 2
    assert "postgresql-client" in result.output
