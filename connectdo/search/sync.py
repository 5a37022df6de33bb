"""Keeps the index a true view of the database.

A change is numbered in the transaction that makes it (`watch_sessions`) and carried to the
index afterwards by one writer at a time (`sync`). The index keeps the last number it has
heard in the same commit as the listings, so whoever dies when, the next `sync` goes on from
what was really stored.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, delete, event, func, insert, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session, aliased

from connectdo.db import db, reading
from connectdo.listings.models import (
    HIDDEN,
    LIVE,
    STOPPED,
    WAITING,
    AccessAnswer,
    Interest,
    Listing,
    Schedule,
    Venue,
    listing_area,
    listing_interest,
)
from connectdo.listings.vocabulary import Concept
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from connectdo.progress import Progress, silent
from connectdo.search import index
from connectdo.search.building import BATCH, documents_of, write_parts
from connectdo.search.models import SearchChange, SearchState

# Why a listing is not to be found.
NOT_FOUND = {WAITING: "waits for a moderator", HIDDEN: "is hidden", STOPPED: "has stopped"}
GONE = "not in the database"
WATCHED = (Listing, Schedule, AccessAnswer, Organisation, Venue, Area, Interest)
# With more than this share of the index to be written again, a new one is quicker.
SHARE_TO_REBUILD = 0.3
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_AFTER_A_FAULT = 1.0
SECONDS_OF_QUIET = 10.0
log = logging.getLogger(__name__)


def folder_of(app: Flask) -> Path:
    """Where an installation keeps its index."""
    return Path(app.instance_path) / "index"


def folder() -> Path:
    """Where this installation keeps its index."""
    return folder_of(current_app)


# Numbering.


def watch_sessions() -> None:
    """Numbers every change of a listing, or of what is indexed with it, as it is flushed."""
    if not event.contains(Session, "after_flush", _number_changes):
        event.listen(Session, "after_flush", _number_changes)
        event.listen(Session, "do_orm_execute", _refuse_unheard_changes)


def _number_changes(session: Session, _context: object) -> None:
    changed = [each for each in session.dirty if session.is_modified(each)]
    every = (*session.new, *changed, *session.deleted)
    touched = [each for each in every if isinstance(each, WATCHED)]
    if not touched:
        return
    connection = session.connection()
    ids = sorted(set(_listings_of(session, touched)))
    rev = connection.execute(
        update(SearchState).values(rev=SearchState.rev + 1).returning(SearchState.rev)
    ).scalar_one()
    for some in _chunks(ids):
        connection.execute(delete(SearchChange).where(SearchChange.listing_id.in_(some)))
        connection.execute(
            insert(SearchChange), [{"listing_id": each, "rev": rev} for each in some]
        )


def _listings_of(session: Session, touched: Iterable[Any]) -> Iterator[int]:
    """The ids of the listings whose documents these objects are part of."""
    connection = session.connection()
    for each in touched:
        if isinstance(each, Listing):
            yield each.id
        elif isinstance(each, Schedule | AccessAnswer):
            yield from filter(None, [each.listing_id])
        elif inspect(each).pending or each in session.new:
            continue
        elif isinstance(each, Organisation):
            yield from connection.scalars(
                select(Listing.id).where(Listing.organisation_id == each.id)
            )
        elif isinstance(each, Venue):
            yield from connection.scalars(select(Listing.id).where(Listing.venue_id == each.id))
        elif isinstance(each, Interest):
            column = listing_interest.c
            yield from connection.scalars(
                select(column.listing_id).where(column.interest_id == each.id)
            )
        elif isinstance(each, Area):
            column = listing_area.c
            there = select(Listing.id).join(Venue).where(Venue.area_id == each.id)
            yield from connection.scalars(
                select(column.listing_id).where(column.area_id == each.id).union(there)
            )


def _refuse_unheard_changes(executing: ORMExecuteState) -> None:
    """An UPDATE or DELETE of many rows at once would pass by the session unnumbered."""
    mapper = executing.bind_mapper
    if mapper is None or not (executing.is_update or executing.is_delete):
        return
    if mapper.class_ in WATCHED and not executing.execution_options.get("no_listing_changes"):
        raise RuntimeError(f"Change a {mapper.class_.__name__} through the session, one by one.")


# Carrying.


def sync(progress: Progress = silent) -> int:
    """Carries every committed change to the index; returns how many listings were written.

    An index that is missing, damaged, of another database or ahead of this one (a restored
    backup) is made anew.
    """
    with _writing() as (session, state):
        try:
            return _catch_up(session, _usable_generation(state), state, progress)
        except (OSError, SQLAlchemyError):
            # A full disk, or a database that is away: the index is as good as before.
            raise
        except Exception as error:
            # Whoosh on damaged files raises nearly anything.
            log.warning("The index is made anew: %r", error)
            return _rebuild(session, state, progress)


def rebuild(progress: Progress = silent) -> int:
    """Makes a whole new index beside the one in use, then swaps.

    What is committed meanwhile waits, and is carried as soon as the new one is there.
    """
    with _writing() as (session, state):
        written = _rebuild(session, state, progress)
    sync()
    return written


def keep() -> None:
    """Carries changes as they are committed, for ever. What goes wrong is logged and tried again:
    a full disk or a database that is away must not end it."""
    heard: tuple[str, int] | None = None
    last_change = time.monotonic()
    while True:
        try:
            with reading(), Session(db.engine) as session:
                # A restored backup has other numbers, which may happen to be as high.
                numbering = select(SearchState.epoch, SearchState.rev)
                committed = tuple(session.execute(numbering).one())
            if committed != heard or not index.change_mark(folder()):
                sync()
                heard, last_change = _heard(), time.monotonic()
            elif time.monotonic() > last_change + SECONDS_OF_QUIET:
                _tidy()
                last_change = time.monotonic()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        except Exception:
            log.exception("The index could not be brought up to date; it will be tried again.")
            time.sleep(SECONDS_AFTER_A_FAULT)


def _tidy() -> None:
    """Merges what has become many segments, though it takes seconds: nobody is waiting."""
    with index.sole_writer(folder()):
        index.current(folder()).tidy(index.MOST_TO_MERGE)


def _heard() -> tuple[str, int] | None:
    """The last number that the index in use has heard, and of which numbering; None without one."""
    try:
        state = index.current(folder()).state
        return state.epoch, state.rev
    except index.Unusable:
        return None


def check(progress: Progress = silent) -> list[str]:
    """Carries what is waiting, then says in words where the index differs from the database.

    It repairs nothing else. Raises index.Unusable where there is no index to be compared.
    """
    with _writing() as (session, state):
        _catch_up(session, _usable_generation(state), state, progress)
        generation = index.current(folder())
        generation.read_through()
        indexed = generation.digests()
        ids = list(session.scalars(_shown()))
        differences = _not_to_be_found(session, sorted(set(indexed) - set(ids)))
        with progress("Checking", len(ids)) as step:
            for document in documents_of(session, ids, step):
                if document.listing_id not in indexed:
                    differences.append(f"Listing {document.listing_id} is not in the index.")
                elif indexed[document.listing_id] != [document.digest]:
                    differences.append(f"Listing {document.listing_id} is another in the index.")
    return differences


@contextmanager
def _writing() -> Iterator[tuple[Session, index.State]]:
    """The sole right to write the index, a session to read the database, and its state."""
    with index.sole_writer(folder()), reading(), Session(db.engine) as session:
        yield session, _state_now(session)


def _state_now(session: Session) -> index.State:
    """What an index that has heard everything would say."""
    row = session.scalars(select(SearchState)).one()
    areas = {area.id: area.name for area in session.scalars(select(Area).order_by(Area.id))}
    return index.State(row.epoch, row.rev, _vocabulary(session), areas)


def _vocabulary(session: Session) -> list[dict[str, Any]]:
    """The tree of interests as rows for `Vocabulary.from_rows`; read for every commit, so without
    making one."""
    above = aliased(Interest)
    own = [getattr(Interest, each.name) for each in fields(Concept) if each.name != "parent"]
    query = (
        select(*own, above.slug.label("parent"))
        .outerjoin(above, Interest.parent_id == above.id)
        .order_by(Interest.slug)
    )
    return [row._asdict() for row in session.execute(query)]


def _usable_generation(state: index.State) -> index.Generation:
    """The index in use, if it is of this database and not ahead of it. Raises index.Unusable."""
    generation = index.current(folder())
    heard = generation.state
    if heard.epoch != state.epoch or heard.rev > state.rev:
        raise index.Unusable("The index is of another database.")
    return generation


def _not_to_be_found(session: Session, indexed: list[int]) -> list[str]:
    """Why each of these should not be in the index."""
    statuses: dict[int, str] = {}
    for some in _chunks(indexed):
        rows = session.execute(select(Listing.id, Listing.status).where(Listing.id.in_(some)))
        statuses |= {row.id: row.status for row in rows}
    return [
        f"Listing {each} is in the index and {NOT_FOUND.get(statuses.get(each, ''), GONE)}."
        for each in indexed
    ]


def _shown() -> Select[int]:
    """The listings that are to be found; the others wait, are hidden or have stopped."""
    return select(Listing.id).where(Listing.status == LIVE).order_by(Listing.id)


def _rebuild(session: Session, state: index.State, progress: Progress) -> int:
    ids = list(session.scalars(_shown()))
    with progress("Indexing", len(ids)) as step, index.building(folder(), state) as path:
        write_parts(session, path, ids, step)
    return len(ids)


def _catch_up(
    session: Session, generation: index.Generation, state: index.State, progress: Progress
) -> int:
    heard = generation.state.rev
    if heard == state.rev:
        return 0
    waiting = list(
        session.scalars(
            select(SearchChange.listing_id)
            .where(SearchChange.rev > heard)
            .order_by(SearchChange.rev, SearchChange.listing_id)
        )
    )
    listings = session.scalar(select(func.count()).select_from(_shown().subquery())) or 0
    many = max(BATCH, SHARE_TO_REBUILD * listings)
    if len(waiting) > many or generation.dead > max(index.MOST_TO_MERGE, many):
        return _rebuild(session, state, progress)
    here: set[int] = set()
    for some in _chunks(waiting):
        here |= set(session.scalars(_shown().where(Listing.id.in_(some))))
    gone = [each for each in waiting if each not in here]
    with progress("Indexing", len(here)) as step:
        generation.write(state, documents_of(session, sorted(here), step), gone)
    generation.tidy(index.MOST_TO_MERGE_AT_ONCE)
    return len(waiting)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
