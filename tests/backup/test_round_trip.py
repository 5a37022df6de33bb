"""What was in a site is in the one that is restored, row by row and byte by byte."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from connectdo.backup.going_back import ENDED
from connectdo.db import db, utc_now
from connectdo.limits import Tally
from connectdo.people.models import SecondStep, Ticket
from connectdo.photos import keep_photo, photo_files, sweep_photos
from connectdo.post.models import Mail
from connectdo.search import sync
from connectdo.search.finding import find
from connectdo.search.models import SearchChange, SearchState
from connectdo.search.query import Query
from tests.backup.conftest import Restores, a_command
from tests.backup.filling import everything, fill
from tests.factories import make_listing, make_person
from tests.photos.test_keeping import a_photo

Backs = Callable[..., Path]
Rows = dict[str, list[tuple[Any, ...]]]
# Of these it is said elsewhere what becomes of them.
CHANGED = {each.__tablename__ for each in ENDED} | {
    each.__tablename__ for each in (SecondStep, Mail, SearchState)
}


def restored() -> Rows:
    with a_command():
        return everything()


def test_every_row_of_every_table_is_there_again(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    fill()
    before = everything()
    file = backup()

    restore(file)

    after = restored()
    assert min(len(rows) for rows in before.values()) > 0
    assert set(before) == set(after)
    assert [name for name in before if name not in CHANGED and before[name] != after[name]] == []


def test_what_is_written_meanwhile_is_there_up_to_one_commit_and_no_further(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    fill()
    before = everything()
    acknowledged: list[int] = []
    enough, begun = threading.Event(), threading.Event()

    def write() -> None:
        """Each commit is of two tables."""
        with app.app_context():
            while not enough.is_set():
                number = len(acknowledged) + 1
                tally = {"key": f"written {number}", "count": number, "ends_at": utc_now()}
                db.session.execute(insert(Tally).values(tally))
                change = {"listing_id": -number, "rev": number}
                db.session.execute(insert(SearchChange).values(change))
                db.session.commit()
                acknowledged.append(number)
                begun.set()
            db.engine.dispose() if db.engine.dialect.name == "postgresql" else None

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    at_least = len(acknowledged)
    file = backup()
    at_most = len(acknowledged) + 1
    enough.set()
    writer.join()
    restore(file)

    after = restored()
    tallies = sorted(count for key, count, _ in after["tally"] if key.startswith("written"))
    changes = sorted(-listing for listing, _ in after["search_change"] if listing < 0)
    written_to = {"tally", "search_change"}
    kept = [name for name in before if name not in CHANGED | written_to]
    assert tallies == changes == list(range(1, len(tallies) + 1))
    assert at_least <= len(tallies) <= at_most
    assert [name for name in kept if before[name] != after[name]] == []


def test_photos_and_the_key_are_there_again(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    folder = Path(app.instance_path)
    keep_photo(folder, a_photo())
    keep_photo(folder, a_photo("blue"))
    photos = {each.name: each.read_bytes() for each in photo_files(folder)}

    restore(backup())

    assert len(photos) == 8
    assert {each.name: each.read_bytes() for each in photo_files(elsewhere)} == photos
    assert (elsewhere / "secret_key").read_text() == (folder / "secret_key").read_text()
    assert (elsewhere / "secret_key").stat().st_mode & 0o777 == 0o600


def test_photos_that_are_swept_meanwhile_are_in_it(
    app: Flask, backup: Backs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were held by a listing at the moment of which the copy is."""
    folder = Path(app.instance_path)
    keep_photo(folder, a_photo())
    sweeper = threading.Thread(target=lambda: sweep_photos(folder, set(), older_than=-1))

    def listed(instance: Path) -> list[Path]:
        sweeper.start()
        sweeper.join(0.5)
        return photo_files(instance)

    monkeypatch.setattr("connectdo.backup.making.photo_files", listed)

    file = backup()

    sweeper.join()
    assert sum(name.startswith("photos/") for name in ZipFile(file).namelist()) == 4
    assert photo_files(folder) == []


def test_only_what_cannot_be_made_again_is_in_it_and_only_its_owner_reads_it(
    app: Flask, backup: Backs, tmp_path: Path
) -> None:
    make_listing("Choir")
    sync.sync()
    (tmp_path / "backup.zip").write_text("An older one, which anybody reads.")

    file = backup()

    assert sorted(ZipFile(file).namelist()) == ["contents.json", "database", "secret_key"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.glob("*backup*")] == ["backup.zip"]


def test_it_says_what_it_holds_and_when_it_was_made(app: Flask, tmp_path: Path) -> None:
    make_listing("Choir")
    make_person("ada@mail.example")

    said = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b.zip")]).output

    made_at = (Path(app.instance_path) / "backed_up_at").read_text().strip()
    assert "1 listing, 1 person, 0 clients, 0 photo files" in said
    assert " MB. " in said
    assert made_at.endswith("+00:00")


def test_a_backup_that_cannot_be_made_leaves_the_one_before_it(
    app: Flask, backup: Backs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = backup()
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connectdo.backup.archive.Writing.finish", full)
    result = app.test_cli_runner().invoke(args=["backup", str(file)])

    assert (result.exit_code, file.read_bytes()) == (2, before)
    assert "No space left on device" in result.output
    assert [each.name for each in tmp_path.glob("*backup*")] == ["backup.zip"]


def test_a_restored_site_finds_its_listings(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    make_listing("Lantern choir")
    file = backup()

    restore(file)

    with a_command():
        assert find(Query(text="lantern")).total == 1
        assert sync.check() == []


def test_ids_go_on_after_those_that_were_given(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    people = [make_person() for _ in range(3)]

    restore(backup())

    with a_command():
        new = make_person()
        assert new.id > max(each.id for each in people)
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 0
