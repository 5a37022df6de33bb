"""SQLite: copied by VACUUM INTO, put back by its own backup in one transaction."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from connectdo.backup.archive import Refused
from connectdo.db import SECONDS_TO_WAIT_FOR_A_WRITER

STAGED = "connectdo.sqlite3"


class SQLite:
    """A file, and its log beside it."""

    kind = "sqlite"

    def __init__(self, url: str) -> None:
        self.path = Path(str(make_url(url).database))

    def copy_to(self, file: Path, questions: Mapping[str, str]) -> dict[str, Any]:
        with _opened(self.path) as here:
            here.execute("VACUUM INTO ?", [str(file)])
        with _opened(file) as copy:
            return {name: copy.execute(query).fetchone()[0] for name, query in questions.items()}

    def stage(self, file: Path, folder: Path) -> str:
        staged = file.replace(folder / STAGED)
        try:
            with _opened(staged) as copy:
                sound = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                sound = sound and copy.execute("PRAGMA foreign_key_check").fetchone() is None
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise Refused("The database in this backup is damaged.")
        return f"sqlite:///{staged}"

    def put_in_place(self, folder: Path) -> None:
        """Readers go on with what they had until this is committed; writers wait."""
        with _opened(folder / STAGED) as new, _opened(self.path) as here:
            here.execute("PRAGMA journal_mode = WAL")
            here.execute("PRAGMA synchronous = FULL")
            here.execute("PRAGMA secure_delete = ON")
            new.backup(here)

    def drop_stage(self) -> None:
        """All of it is in its folder."""


def _opened(path: Path) -> closing[sqlite3.Connection]:
    wait = SECONDS_TO_WAIT_FOR_A_WRITER
    return closing(sqlite3.connect(path, timeout=wait, isolation_level=None))
