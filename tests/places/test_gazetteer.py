"""The file that the gazetteer is kept in."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from connectdo.places import Place, Point, find_place, open_gazetteer
from connectdo.places.gazetteer import building, lookups
from connectdo.places.gazetteer.building import FORMAT, format_of, locked, replacement
from connectdo.places.gazetteer.lookups import FILE_NAME

OPEN_AND_TELL = """
import os, sys
from pathlib import Path
from connectdo.places import open_gazetteer
gazetteer = open_gazetteer(Path(sys.argv[1]))
print(gazetteer.opened_as[1], gazetteer.postcode("SE24 0NG")[1])
"""


def test_two_workers_starting_together_build_it_once(tmp_path: Path) -> None:
    path = tmp_path / "instance" / FILE_NAME
    command = [sys.executable, "-c", OPEN_AND_TELL, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    workers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    told = [worker.communicate(timeout=120)[0].split() for worker in workers]

    assert told == [[str(path.stat().st_ino), "Lambeth"]] * 2
    assert sorted(file.name for file in path.parent.iterdir()) == [FILE_NAME, f"{FILE_NAME}.lock"]


def test_the_next_release_builds_anew_and_keeps_what_was_imported(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(own_app.instance_path, FILE_NAME)
    with closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO postcode VALUES ('LS11AA', 53.8, -1.55, 1, 'Leeds', 1)")
        old.execute("UPDATE postcode SET latitude = 51.5, imported = 1 WHERE postcode = 'SE240NG'")
        old.execute("DELETE FROM place")
        old.commit()
    monkeypatch.setattr(building, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(lookups, "FORMAT", FORMAT + 1)

    with own_app.app_context():
        added, updated, rebuilt = map(find_place, ("LS1 1AA", "SE24 0NG", "Tulse Hill"))

    assert added == Place("LS1 1AA", "postcode", Point(53.8, -1.55), "Leeds")
    assert (updated.point.latitude, rebuilt.area) == (51.5, "Lambeth")
    assert format_of(path) == FORMAT + 1


def test_a_newer_file_is_left_to_the_newer_release(own_app: Flask) -> None:
    path = Path(own_app.instance_path, FILE_NAME)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = path.stat().st_ino

    with own_app.app_context():
        place = find_place("SE24 0NG")

    assert place.area == "Lambeth"
    assert path.stat().st_ino == before


def test_a_file_that_is_no_gazetteer_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text("This is no database. " * 100)

    assert format_of(path) == 0


def test_a_reader_sees_the_new_file_as_soon_as_it_is_in_place(own_app: Flask) -> None:
    path = Path(own_app.instance_path, FILE_NAME)
    with own_app.app_context():
        before = find_place("SE24 0NG")
        with locked(path), replacement(path) as fresh:
            fresh.write_bytes(path.read_bytes())
            with closing(sqlite3.connect(fresh)) as connection:
                connection.execute("UPDATE postcode SET area = 'Moved'")
                connection.commit()
        after = find_place("SE24 0NG")

    assert (before.area, after.area) == ("Lambeth", "Moved")


def test_a_replacement_that_fails_leaves_the_old_file(own_app: Flask) -> None:
    path = Path(own_app.instance_path, FILE_NAME)
    before = path.read_bytes()

    with pytest.raises(OSError, match="full"), replacement(path) as fresh:
        fresh.write_bytes(b"half")
        raise OSError("The disk is full.")

    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.new"))


def test_nobody_can_write_through_a_reader(built: Path) -> None:
    gazetteer = open_gazetteer(built / FILE_NAME)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer._connection.execute("DELETE FROM postcode")


def test_each_thread_reads_through_its_own_connection(built: Path) -> None:
    seen = [open_gazetteer(built / FILE_NAME)]

    thread = threading.Thread(target=lambda: seen.append(open_gazetteer(built / FILE_NAME)))
    thread.start()
    thread.join()

    assert seen[0] is not seen[1]
    assert seen[0] is open_gazetteer(built / FILE_NAME)


def test_a_postcode_is_looked_up_in_well_under_a_tenth_of_a_millisecond(built: Path) -> None:
    postcodes = ["SE24 0NG", "BR1 1AA", "PR8 1AA", "BS23 1AA", "W5 1AA"] * 200

    started = time.perf_counter()
    for postcode in postcodes:
        open_gazetteer(built / FILE_NAME).postcode(postcode)
    seconds = time.perf_counter() - started

    assert seconds / len(postcodes) < 0.0001


def test_the_facts_overseas_are_left_out(built: Path) -> None:
    assert open_gazetteer(built / FILE_NAME).named("akrotiri") == []
