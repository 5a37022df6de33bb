"""Nothing in a file is believed: what is damaged or made up is refused, and leads nowhere."""

import json
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectdo.backup.archive import (
    CONTENTS,
    DATABASE,
    FORMAT,
    PHOTOS,
    WHAT,
    Backup,
    Contents,
    Refused,
    writing,
)

PHOTO = f"{PHOTOS}{'a' * 32}-small.jpg"
WORDS = b"lantern choir " * 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small backup."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "part").write_bytes(WORDS)
    with writing(folder / "backup.zip") as file:
        file.add(DATABASE, folder / "part", packed=False)
        file.add(PHOTO, folder / "part", packed=True)
        file.finish(Contents("2026-11-22T06:30:00+00:00", "sqlite", "0015", {"listings": 1}))
    return folder / "backup.zip"


def unpacked(file: Path, folder: Path) -> dict[str, bytes]:
    """All that is written when a file is unpacked. Raises Refused."""
    target = folder / "unpacked"
    Backup(file).unpack(target)
    files = [each for each in folder.rglob("*") if each.is_file() and each != file]
    return {str(each.relative_to(target)): each.read_bytes() for each in files}


def made_up(file: Path, holds: dict[str, bytes], **told: Any) -> Path:
    """A file that says of itself what a test wants."""
    contents: dict[str, Any] = {
        "what": WHAT,
        "format": FORMAT,
        "made_at": "2026-11-22T06:30:00+00:00",
        "database": "sqlite",
        "revision": "0015",
        "rows": {},
        "postcodes": 0,
        "parts": {
            name: {"size": len(data), "digest": sha256(data).hexdigest()}
            for name, data in holds.items()
        },
        **told,
    }
    with ZipFile(file, "w") as zipped:
        for name, data in holds.items():
            zipped.writestr(name, data)
        zipped.writestr(CONTENTS, json.dumps(contents))
    return file


def test_it_is_unpacked_as_it_was(whole: Path, tmp_path: Path) -> None:
    assert unpacked(whole, tmp_path) == {DATABASE: WORDS, PHOTO: WORDS}


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_what_was_changed_anywhere_is_refused_or_changed_nothing(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    there = whole.read_bytes()
    place = data.draw(st.integers(0, len(there) - 1))
    other = data.draw(st.binary(min_size=0, max_size=4))
    folder = tmp_path_factory.mktemp("changed")
    file = folder / "changed.zip"
    file.write_bytes(there[:place] + other + there[place + len(other) :])

    found = {DATABASE: WORDS, PHOTO: WORDS}
    with suppress(Refused):
        found = unpacked(file, folder)

    assert found == {DATABASE: WORDS, PHOTO: WORDS}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_what_was_cut_short_is_refused(whole: Path, tmp_path: Path, share: float) -> None:
    there = whole.read_bytes()
    file = tmp_path / "short.zip"
    file.write_bytes(there[: int(len(there) * share)])

    with pytest.raises(Refused, match="not a whole backup of Connect & Do"):
        Backup(file)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/tmp/evil",  # noqa: S108
        "photos/../../evil",
        f"photos/../{'a' * 32}-small.jpg",
        f"photos/{'a' * 32}-small.jpg/evil",
        "connectdo.sqlite3",
        "index/CURRENT",
    ],
)
def test_names_that_are_not_ours_are_refused(tmp_path: Path, name: str) -> None:
    file = made_up(tmp_path / "made-up.zip", {DATABASE: b"", name: b"evil"})

    with pytest.raises(Refused):
        Backup(file)


def test_what_is_not_in_the_contents_is_left_in_the_file(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.zip"
    file.write_bytes(whole.read_bytes())
    with ZipFile(file, "a") as zipped:
        zipped.writestr("../evil", b"evil")

    assert set(unpacked(file, tmp_path)) == {DATABASE, PHOTO}


def test_a_link_becomes_a_plain_file(tmp_path: Path) -> None:
    file = tmp_path / "link.zip"
    made_up(file, {DATABASE: b"/etc/passwd"})
    link = ZipInfo(DATABASE)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(file) as zipped:
        contents = zipped.read(CONTENTS)
    with ZipFile(file, "w") as zipped:
        zipped.writestr(link, b"/etc/passwd")
        zipped.writestr(CONTENTS, contents)

    Backup(file).unpack(tmp_path / "unpacked")

    assert not (tmp_path / "unpacked" / DATABASE).is_symlink()
    assert (tmp_path / "unpacked" / DATABASE).read_bytes() == b"/etc/passwd"


def test_what_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    small = {DATABASE: {"size": 1, "digest": ""}}

    with pytest.raises(Refused):
        Backup(made_up(tmp_path / "b.zip", {DATABASE: b"0" * 1_000_000}, parts=small))


def test_what_needs_more_room_than_there_is_is_refused_before_it_is_written(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000}))

    with pytest.raises(Refused, match="no room"):
        Backup(whole).unpack(tmp_path / "unpacked")

    assert not (tmp_path / "unpacked").exists()


@pytest.mark.parametrize(
    "told",
    [
        {"what": "Something else"},
        {"made_at": "yesterday"},
        {"rows": {"listings": "many"}},
        {"parts": {}},
        {"parts": []},
        {"more": 1},
    ],
)
def test_contents_that_make_no_sense_are_refused(tmp_path: Path, told: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="not a whole backup"):
        Backup(made_up(tmp_path / "odd.zip", {DATABASE: b""}, **told))


def test_another_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Bring this one up to date"):
        Backup(made_up(tmp_path / "later.zip", {DATABASE: b""}, format=FORMAT + 1))
