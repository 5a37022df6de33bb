"""An installation of the site with the made-up listings in it: database, places and index.

The database is SQLite. Interests and areas have the ids that the corpus knows them by, so its
index is this database's own, and nothing need be indexed twice.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, inspect, select, update

from benchmarks.corpus import corpus_of
from benchmarks.made_up import Author
from connectdo import create_app
from connectdo.db import Base, db
from connectdo.listings.models import Interest, Listing, listing_area, listing_interest
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from connectdo.progress import Progress
from connectdo.ready import make_ready
from connectdo.search.models import SearchChange, SearchState
from connectdo.text import slug

BATCH = 2_000
SOURCE = "made up"
# By table.
Rows = dict[Any, list[dict[str, Any]]]


def database_of(folder: Path, size: int, progress: Progress) -> Path:
    """The instance folder of a site with that many listings, made if it is not there from before.

    CONNECTDO_INSTANCE may be set to it. Whoever changes listings does so in a copy of it.
    """
    corpus = corpus_of(folder, size, progress)
    place = corpus.folder / "instance"
    if not place.exists():
        made = corpus.folder / "instance.unfinished"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        shutil.copytree(corpus.index_folder, made / "index")
        with on_sqlite():
            _fill(made, size, progress)
        made.rename(place)
    return place


@contextmanager
def own_copy(folder: Path, size: int, progress: Progress) -> Iterator[Path]:
    """An installation whose listings may be changed, in the environment of what is started."""
    copy = folder / f"copy-{os.getpid()}"
    shutil.copytree(database_of(folder, size, progress), copy)
    named = os.environ.get("CONNECTDO_INSTANCE")
    os.environ["CONNECTDO_INSTANCE"] = str(copy)
    try:
        with on_sqlite():
            yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        os.environ.pop("CONNECTDO_INSTANCE")
        if named is not None:
            os.environ["CONNECTDO_INSTANCE"] = named


@contextmanager
def on_sqlite() -> Iterator[None]:
    """No other database than the instance folder's own, whatever the environment says."""
    named = os.environ.pop("CONNECTDO_DATABASE_URL", None)
    try:
        yield
    finally:
        if named is not None:
            os.environ["CONNECTDO_DATABASE_URL"] = named


def _fill(place: Path, size: int, progress: Progress) -> None:
    app = make_ready(create_app(place))
    with app.app_context():
        with db.engine.begin() as connection, progress(f"Keeping {size:,} listings", size) as step:
            author = Author()
            _number_interests(connection)
            connection.execute(insert(Area), [_area(each) for each in author.areas])
            connection.execute(insert(Organisation), list(_organisations(author)))
            rows: Rows = defaultdict(list)
            for made_up in author.listings(size):
                _add(made_up.listing, rows)
                if made_up.listing.id % BATCH == 0:
                    _keep(connection, rows)
                step(1)
            _keep(connection, rows)
            connection.execute(delete(SearchChange))
            connection.execute(update(SearchState).values(epoch="benchmark", rev=1))
        db.engine.dispose()


def _number_interests(connection: Connection) -> None:
    """Gives the interests their places in the corpus' vocabulary for ids."""
    rows = [row._asdict() for row in connection.execute(select(*Interest.__table__.c))]
    rows.sort(key=lambda row: row["slug"])
    new = {row["id"]: number for number, row in enumerate(rows, 1)}
    rows = [{**row, "id": new[row["id"]], "parent_id": new.get(row["parent_id"])} for row in rows]
    connection.execute(delete(Interest))
    # Those above come before those below them.
    above = {row["id"]: row["parent_id"] for row in rows}
    connection.execute(insert(Interest), sorted(rows, key=lambda row: _depth(row["id"], above)))


def _depth(interest: int, above: dict[int, int | None]) -> int:
    parent = above[interest]
    return 0 if parent is None else 1 + _depth(parent, above)


def _area(area: Area) -> dict[str, Any]:
    return {"id": area.id, "name": area.name, "slug": slug(area.name)}


def _organisations(author: Author) -> Iterator[dict[str, Any]]:
    """Each with a source of its own, since two may have one name."""
    for number, each in enumerate(author.organisations, 1):
        each.id = number
        yield {"id": number, "name": each.name, "source": f"{SOURCE} {number}"}


def _add(listing: Listing, rows: Rows) -> None:
    """A listing's rows, and those that are its own."""
    number, venue, organisation = listing.id, listing.venue, listing.organisation
    if venue is not None:
        venue.id = number
        rows[venue.__table__].append(_row(venue))
    rows[Listing.__table__].append(
        {
            **_row(listing),
            "organisation_id": organisation.id if organisation else None,
            "venue_id": venue.id if venue else None,
            "source": SOURCE,
            "source_id": str(number),
        }
    )
    for interest in listing.interests:
        rows[listing_interest].append({"listing_id": number, "interest_id": interest.id})
    for area in listing.serves:
        rows[listing_area].append({"listing_id": number, "area_id": area.id})
    for each in (*listing.access, *listing.schedules):
        rows[each.__table__].append({**_row(each), "listing_id": number})


def _row(made_up: Any) -> dict[str, Any]:
    """The columns that are set."""
    columns = {each.key for each in inspect(made_up).mapper.column_attrs}
    return {name: value for name, value in vars(made_up).items() if name in columns}


def _keep(connection: Connection, rows: Rows) -> None:
    for table in Base.metadata.sorted_tables:
        if rows[table]:
            connection.execute(insert(table), rows[table])
    rows.clear()
