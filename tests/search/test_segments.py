"""The index stays quick to read and to write: few segments, each decoded once."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import building, index, sync
from connectdo.search.door import Door
from connectdo.search.finding import find
from connectdo.search.index.reading import PlacedFile
from connectdo.search.query import Query
from tests.factories import make_listing


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes share the work, however little there is and few there are processors."""
    monkeypatch.setattr(building, "LISTINGS_A_PROCESS", 1)
    monkeypatch.setattr(building, "MOST_PROCESSES", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def sizes() -> list[int]:
    """How many documents each segment of the index in use has."""
    reader = index.current(sync.folder()).reader
    return [segment.doc_count_all() for _, segment in index.segments(reader)]


def rename(listing: Listing, name: str) -> None:
    listing.name = name
    db.session.commit()
    sync.sync()


def test_two_processes_make_the_same_index_as_one(app: Flask, processes: None) -> None:
    for number in range(5):
        make_listing(f"Choir {number}", miles=1, weekly="Tue 18:30", interests=["Choir"])

    sync.rebuild()

    # A segment of each process, and the one with what the index has heard.
    assert sorted(sizes()) == [1, 2, 3]
    assert sync.check() == []
    assert find(Query(text="choir")).total == 5


def test_a_process_that_dies_leaves_the_index_in_use_as_it_is(
    app: Flask, processes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing("Choir")
    make_listing("Another choir")
    sync.sync()
    before = sorted(sync.folder().iterdir())

    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(RuntimeError, match="could not be written"):
        sync.rebuild()

    assert sorted(sync.folder().iterdir()) == before
    assert find(Query(text="choir")).total == 2


def test_no_process_outlives_a_rebuild_that_fails(
    app: Flask, processes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing("Choir")
    make_listing("Another choir")
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def one_sleeps_and_one_fails(_: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        instead = ["/bin/false"] if started else ["/bin/sleep", "60"]
        started.append(start(instead, **options))
        return started[-1]

    monkeypatch.setattr("subprocess.Popen", one_sleeps_and_one_fails)
    with pytest.raises(RuntimeError):
        sync.rebuild()

    assert [each.poll() is not None for each in started] == [True, True]


def test_many_edits_leave_few_segments_and_nothing_deleted_in_them(app: Flask) -> None:
    listing = make_listing("Choir 0")
    for number in range(1, 40):
        rename(listing, f"Choir {number}")

    assert len(sizes()) <= 2 * index.FEW_SEGMENTS
    assert sum(sizes()) < 20
    assert sync.check() == []


def test_the_arrays_of_a_segment_are_kept_across_commits(app: Flask) -> None:
    listing = make_listing("Choir")
    make_listing("Chess")
    sync.sync()
    door = Door(sync.folder())
    before = door.snapshot()

    rename(listing, "Another choir")

    after = door.snapshot()
    assert after is not before
    assert set(before.parts) < set(after.parts)


def test_what_a_word_weighs_is_worked_out_once_for_a_segment(app: Flask) -> None:
    for number in range(3):
        make_listing(f"Lantern {number}")
    listing = make_listing("Chess")
    sync.rebuild()
    door = Door(sync.folder())
    before = door.snapshot().postings("lantern").documents

    rename(listing, "Draughts")

    assert door.snapshot().postings("lantern").documents is before


def test_words_decoded_before_they_are_asked_for_are_those_that_many_hold(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing("Lantern choir")
    make_listing("Lantern chess")
    sync.rebuild()
    part = Door(sync.folder()).snapshot().parts[0]

    assert part.common_words(2) == {"lantern"}
    assert part.common_words(1) == {"lantern", "choir", "chess"}


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([100_000, 1, 1, 1], 0),
        ([100_000, 1, 1, 1, 1], 4),
        ([100_000, 40, 1, 1, 1, 1], 4),
        ([100_000, 8, 4, 2, 1, 1], 5),
        ([9, 1, 1, 1, 1], 4),
        ([6_000, 4_000, 3_000, 2_000, 1_000], 4),
    ],
)
def test_only_segments_of_a_size_are_merged(sizes: list[int], merged: int) -> None:
    assert index.how_many_to_merge(sizes) == merged


def test_a_file_that_is_cut_short_while_it_is_open_fails_and_ends_nothing(tmp_path: Path) -> None:
    file = tmp_path / "segment.pst"
    file.write_bytes(b"x" * 100_000)
    opened = PlacedFile(str(file))
    opened.seek(90_000)

    os.truncate(file, 10)

    with pytest.raises(EOFError):
        opened.read(100)
    opened.close()
