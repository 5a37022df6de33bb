"""What a backup asks of a database, and which of the two is here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from flask import current_app

from connectdo.backup.postgresql import PostgreSQL
from connectdo.backup.sqlite import SQLite


class Database(Protocol):
    """A database that is copied while people write, and put back in one step."""

    kind: str

    def copy_to(self, file: Path, questions: Mapping[str, str]) -> dict[str, Any]:
        """Writes all of it, as it is at one moment, to a new file. Each question is a query that
        is answered in one word, at the same moment."""

    def stage(self, file: Path, folder: Path) -> str:
        """Unpacks a copy beside the database; its address. Raises Refused."""

    def put_in_place(self, folder: Path) -> None:
        """Has what is staged take the place of what is here, all of it or nothing, while people
        read and write."""

    def drop_stage(self) -> None:
        """Takes away what is staged outside of its folder."""


def database() -> Database:
    """This installation's."""
    url = str(current_app.config["DATABASE_URL"])
    return SQLite(url) if url.startswith("sqlite") else PostgreSQL(url)
