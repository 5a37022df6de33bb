"""Our search over the same texts, by the road that any directory takes: import, index, find."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import select

from benchmarks.relevance.charities import Charity
from benchmarks.relevance.others import DEPTH, Search
from connectdo import create_app
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.ready import make_ready
from connectdo.search.finding import find_in, snapshot
from connectdo.search.query import query_from

A_DAY = datetime(2026, 10, 7)


@contextmanager
def our_search(charities: Sequence[Charity]) -> Iterator[Search]:
    """Our search over the charities.

    A listing's interests are those that the importer finds in its texts; no place, no dates.
    """
    with a_site(meaning=False) as app:
        file = _file(Path(app.instance_path), charities)
        imported = app.test_cli_runner().invoke(args=["import", file])
        assert imported.exit_code == 0, imported.output
        yield searching()


@contextmanager
def a_site(*, meaning: bool) -> Iterator[Flask]:
    """A site of its own in a temporary folder, never the one that the environment names."""
    os.environ.pop("CONNECTDO_DATABASE_URL", None)
    os.environ["CONNECTDO_MEANING"] = str(int(meaning))
    with TemporaryDirectory(prefix="connectdo-relevance-") as folder:
        app = make_ready(create_app(Path(folder)))
        with app.app_context():
            yield app
            db.engine.dispose()


def source_ids() -> dict[int, str]:
    """How their files call the listings of a site, by how the site does."""
    rows = db.session.execute(select(Listing.id, Listing.source_id)).all()
    db.session.rollback()
    return {row.id: row.source_id for row in rows}


def searching() -> Search:
    """The search of a site that has its listings, within its context."""
    now, their_ids = snapshot(), source_ids()

    def search(text: str) -> list[str]:
        found = find_in(now, query_from({"text": text, "limit": DEPTH}), A_DAY)
        return [their_ids[result.listing_id] for result in found.results]

    return search


def _file(folder: Path, charities: Sequence[Charity]) -> str:
    """The charities as a file of a public directory, with nothing but what all engines see."""
    path = folder / "charities.jsonl"
    rows = ({"id": each.id, "name": each.name, "description": each.text} for each in charities)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)
