"""Erasures: what was forgotten for ever at somebody's wish, and an older backup still holds.

The list is a file beside the database, for the database goes back when a backup is restored and
the list must not. It holds no names: a line says when, what kind of thing, and which. Lines are
only ever added. A line is on the disk before the deletion is committed, so that whoever dies when,
no erasure is lost; one that was cut short between the two is done by the clock
(`connectdo.backup.erasing`).

Ids are given again once their rows are gone, so a client is known by the moment their record began
as well: whoever gets the same id later is somebody else.
"""

import fcntl
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from connectdo.db import db

# A client's record; a visitor's list; the link to such a list; the link to what a client took home.
CLIENT, KEPT_LIST, LIST_LINK, SHARED_LINK = "client", "kept_list", "list_link", "shared_link"
FILE = "erasures"
LINE = re.compile(r"(\S+Z) (client|kept_list|list_link|shared_link) (\S+)")
LONGEST_LINE = 200
NOTED = "erasures"


class Erasure(NamedTuple):
    """What kind of thing, and which: never who."""

    kind: str
    key: str


class Unreadable(Exception):
    """A list of which a line cannot be read: what it says might come back."""


def note(kind: str, key: str) -> None:
    """This transaction forgets something for ever."""
    db.session.info.setdefault(NOTED, []).append(Erasure(kind, key))


def watch_sessions() -> None:
    """Puts what was noted on the list when a commit begins."""
    if not event.contains(Session, "before_commit", _write_down):
        event.listen(Session, "before_commit", _write_down)
        event.listen(Session, "after_rollback", _drop)


def file_of(instance: Path) -> Path:
    """Where an installation keeps its list."""
    return instance / FILE


def on_the_list(file: Path) -> dict[Erasure, str]:
    """All that was forgotten, and when first. Raises Unreadable."""
    found: dict[Erasure, str] = {}
    # A last line without an end was never acknowledged: its deletion was not committed.
    lines = file.read_text().split("\n")[:-1] if file.exists() else []
    for number, line in enumerate(lines, 1):
        read = LINE.fullmatch(line)
        if read is None:
            raise Unreadable(f"Line {number} of {file} cannot be read.")
        found.setdefault(Erasure(read[2], read[3]), read[1])
    return found


def merge(file: Path, others: dict[Erasure, str]) -> None:
    """Adds to a list what is only on another. Raises Unreadable."""
    known = on_the_list(file)
    new = sorted((at, each) for each, at in others.items() if each not in known)
    _append(file, [f"{at} {each.kind} {each.key}" for at, each in new])


def _write_down(session: Session) -> None:
    noted: list[Erasure] = session.info.pop(NOTED, [])
    if noted:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = [f"{now} {each.kind} {each.key}" for each in noted]
        _append(file_of(Path(current_app.instance_path)), lines)


def _drop(session: Session) -> None:
    session.info.pop(NOTED, None)


def _append(file: Path, lines: Iterable[str]) -> None:
    """When this returns, the lines outlast a loss of power."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        opened.seek(_end_of_whole_lines(file))
        opened.truncate()
        opened.write("".join(f"{each}\n" for each in lines).encode())
        opened.flush()
        os.fsync(opened.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _end_of_whole_lines(file: Path) -> int:
    """What stands after the last whole line was being written when the power went."""
    size = file.stat().st_size
    start = max(size - LONGEST_LINE, 0)
    with file.open("rb") as opened:
        opened.seek(start)
        return start + opened.read().rfind(b"\n") + 1
