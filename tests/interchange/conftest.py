"""Files, and the command that takes them in."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search.models import SearchState


class Importer:
    """Writes files and runs `connectdo import` on them."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def csv(self, *rows: dict[str, str], name: str = "groups.csv") -> Path:
        """A file of rows in our columns. They are groups unless they say otherwise."""
        rows = tuple({"kind": "group", **row} for row in rows)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows(rows)
        return self.file(name, text.getvalue().encode("utf-8", "surrogateescape"))

    def jsonl(self, *rows: object, name: str = "directory.jsonl") -> Path:
        return self.file(name, "".join(json.dumps(row) + "\n" for row in rows))

    def run(self, *args: Path | str) -> tuple[int, str]:
        """The exit code and what was printed."""
        result = self.app.test_cli_runner().invoke(args=["import", *map(str, args)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    def report(self, *args: Path | str) -> dict[str, Any]:
        """The account for a program, with the exit code."""
        code, printed = self.run(*args, "--json")
        report: dict[str, Any] = json.loads(printed)
        return {**report, "code": code}

    def counts(self, *args: Path | str) -> tuple[int, int, int, int]:
        """How many were added, updated, unchanged and rejected."""
        report = self.report(*args)
        return report["added"], report["updated"], report["unchanged"], report["rejected"]


@pytest.fixture
def importer(app: Flask, tmp_path: Path) -> Importer:
    folder = tmp_path / "files"
    folder.mkdir()
    return Importer(app, folder)


def listings() -> Sequence[Listing]:
    """Every listing as it is stored now."""
    db.session.rollback()
    db.session.expunge_all()
    return db.session.scalars(select(Listing).order_by(Listing.source_id)).all()


def the_listing() -> Listing:
    (listing,) = listings()
    return listing


def last_change() -> int:
    """The number of the last change that search has to hear of."""
    db.session.rollback()
    return db.session.scalars(select(SearchState.rev)).one()
