"""The last hashes, kept in a file beside the database: there, the end of a chain cannot be cut off
with the chain. A line is only ever added; it says when, which number and the hash."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flask import current_app

from connectdo.audit.chain import KeptHead

NAME = "audit-heads.txt"
LENGTH_OF_A_HASH = 64


def kept_heads() -> list[KeptHead]:
    """All that were kept, the first one first. A line that was half written is left out."""
    return list(_read(path().read_text())) if path().exists() else []


def path() -> Path:
    """The file of this installation."""
    return Path(current_app.instance_path) / NAME


def keep(head: KeptHead) -> None:
    """Adds a head, once."""
    if not head.number or head[1:] in [each[1:] for each in kept_heads()]:
        return
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"\n{as_line(head)}".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def as_line(head: KeptHead) -> str:
    """A head as it is kept and printed: "2026-11-22T06:30:00.000000 1204 3f9a..."."""
    return f"{head.at.isoformat()} {head.number} {head.hash}"


def from_line(line: str) -> KeptHead:
    """The head in such a line. Raises ValueError."""
    at, number, digest = line.split()
    if len(digest) != LENGTH_OF_A_HASH:
        raise ValueError(line)
    return KeptHead(datetime.fromisoformat(at), int(number), digest)


def _read(text: str) -> Iterator[KeptHead]:
    for line in text.splitlines():
        with suppress(ValueError):
            yield from_line(line)
