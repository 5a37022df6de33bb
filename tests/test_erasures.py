"""What was forgotten for ever is on a list, before it is gone from the database."""

import os
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from connectdo import erasures
from connectdo.backup.going_back import AGAIN, erase_what_is_listed
from connectdo.clients import forgetting
from connectdo.clients.models import Client
from connectdo.db import db
from connectdo.erasures import CLIENT, KEPT_LIST, LINE, Erasure, merge, note, on_the_list
from tests.factories import make_client

AT = "2026-11-22T06:30:00Z"


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client()


@pytest.fixture
def file(app: Flask) -> Path:
    return erasures.file_of(Path(app.instance_path))


def is_there(client_id: int) -> bool:
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get(Client, client_id)
    db.session.rollback()
    return found is not None


def test_a_line_says_when_what_and_which_and_not_who(mary: Client, file: Path) -> None:
    forgetting.forget(mary)

    (line,) = file.read_text().splitlines()
    assert LINE.fullmatch(line)
    assert f" client {mary.id}/{mary.created_at.isoformat()}" in line
    assert mary.name not in line
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_line_is_on_the_disk_before_the_commit(
    mary: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    fsync = os.fsync

    def written(number: int) -> None:
        fsync(number)
        order.append("on disk")

    monkeypatch.setattr("os.fsync", written)

    def committed(_connection: object) -> None:
        order.append("committed")

    event.listen(db.engine, "commit", committed)

    forgetting.forget(mary)

    event.remove(db.engine, "commit", committed)
    assert order == ["on disk", "on disk", "committed"]


def test_where_the_line_cannot_be_written_nobody_is_forgotten(
    mary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space left"):
        forgetting.forget(mary)

    assert is_there(mary.id)


def test_what_was_taken_back_is_not_on_the_list(mary: Client, file: Path) -> None:
    db.session.refresh(mary)
    note(CLIENT, "1/x")
    db.session.rollback()
    note(CLIENT, "2/x")
    db.session.commit()

    assert list(on_the_list(file)) == [Erasure(CLIENT, "2/x")]


def test_one_that_was_cut_short_before_its_commit_is_done_by_the_clock(mary: Client) -> None:
    other = make_client()

    def power_goes(_connection: object) -> None:
        raise SQLAlchemyError

    event.listen(db.engine, "commit", power_goes)
    with pytest.raises(SQLAlchemyError):
        forgetting.forget(mary)
    event.remove(db.engine, "commit", power_goes)
    db.session.rollback()
    before = is_there(mary.id)

    erase_what_is_listed()

    assert (before, is_there(mary.id), is_there(other.id)) == (True, False, True)


def test_whoever_has_the_same_id_later_is_left_alone(mary: Client) -> None:
    forgetting.forget(mary)
    later = make_client(id=mary.id)

    erase_what_is_listed()

    assert is_there(later.id)


def test_a_line_that_was_being_written_when_the_power_went_is_no_line(
    app: Flask, file: Path
) -> None:
    file.write_text(f"{AT} client 1/x\n{AT} client 2")

    note(CLIENT, "3/x")
    db.session.commit()

    assert list(on_the_list(file)) == [Erasure(CLIENT, "1/x"), Erasure(CLIENT, "3/x")]


@pytest.mark.parametrize("line", ["", "nonsense", f"{AT} client ", f"{AT} castle 1/x", "x 1/x"])
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "list").write_text(f"{AT} client 1/x\n{line}\n")

    with pytest.raises(erasures.Unreadable, match="Line 2"):
        on_the_list(tmp_path / "list")


def test_there_is_a_way_to_erase_again_whatever_can_be_on_the_list() -> None:
    kinds = [erasures.CLIENT, erasures.KEPT_LIST, erasures.LIST_LINK, erasures.SHARED_LINK]

    assert sorted(AGAIN) == sorted(kinds)
    assert all(LINE.fullmatch(f"{AT} {kind} x") for kind in kinds)


LISTS = st.dictionaries(
    st.builds(
        Erasure,
        st.sampled_from([CLIENT, KEPT_LIST]),
        st.text("abc0123456789/-:", min_size=1, max_size=9),
    ),
    st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z"),
    max_size=8,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(LISTS, max_size=4))
def test_merging_loses_nothing_and_says_everything_once(
    tmp_path_factory: pytest.TempPathFactory, lists: list[dict[Erasure, str]]
) -> None:
    file = tmp_path_factory.mktemp("merged") / "list"

    for each in [*lists, *lists]:
        merge(file, each)

    assert set(on_the_list(file)) == {erasure for each in lists for erasure in each}
    lines = file.read_text().splitlines() if file.exists() else []
    assert len(lines) == len(on_the_list(file))
