"""Keeps the vectors of all passages that the index names: reads those that have none yet.

Nothing is numbered here, for nothing has to be: what is missing is what the index names and no file
holds. Whoever dies when, the next look finds the rest.
"""

import json
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from flask import Flask, current_app
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from connectdo.db import db, reading
from connectdo.meaning import NOT_INSTALLED, OFF, Model, model, state
from connectdo.progress import Progress, Step, silent
from connectdo.search import index, vectors
from connectdo.search.callings import Callings
from connectdo.search.documents import listings_with
from connectdo.search.door import Door
from connectdo.search.passages import KEY, key_of, passages
from connectdo.search.processes import at_once
from connectdo.search.snapshot import Snapshot
from connectdo.search.vectors import Vectors

# The longest passages are some 130 words; what follows in a longer one is read in its sentences.
MOST_PIECES = 128
# Read and written together: they take some five seconds.
LISTINGS_AT_ONCE = 50
# Fewer are read sooner than another process has started.
LISTINGS_A_PROCESS = 100
# These are read within a minute.
FEW = 300
# Of the vectors, that no listing needs any more.
SHARE_TO_CLEAR = 0.25
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_A_FAULT = 10.0
# Reading takes all that a processor has: whatever else wants it comes first.
LAST_IN_LINE = 19
WHY_NOT = {
    OFF: "Sentences are not read for their meaning: CONNECTDO_MEANING is 0.",
    NOT_INSTALLED: "Sentences are not read for their meaning: the model is not installed. "
    "Install it with: make setup",
}
log = logging.getLogger(__name__)


def folder_of(app: Flask) -> Path:
    """Where an installation keeps its vectors."""
    return Path(app.instance_path) / "meaning"


def why_not() -> str:
    """Why sentences are not read for their meaning, and what to do; "" where they are."""
    return WHY_NOT.get(state(wanted=bool(current_app.config["MEANING"])), "")


def read_unread(progress: Progress = silent) -> int:
    """Reads every passage that the index names and that has no vector; says of how many
    listings.

    What another process reads meanwhile is waited for. Raises index.Unusable without an index.
    """
    door, folder = _door(), folder_of(current_app)
    if _all_is_read(door.snapshot()):
        return 0
    with vectors.sole_writer(folder):
        now = door.snapshot()
        if now.meanings is not None:
            _read_callings(folder, now.meanings.callings)
        ids = _unread(now)
        with progress("Reading", len(ids)) as step:
            _read_all(folder, ids, step)
        _tidy(folder, door.snapshot())
    return len(ids)


def _read_all(folder: Path, ids: list[int], step: Step) -> None:
    """By as many processes as there are processors, and work for them."""
    shares = min(os.cpu_count() or 1, len(ids) // LISTINGS_A_PROCESS)
    if shares < 2:
        with reading(), Session(db.engine) as session:
            _read(session, folder, ids, step)
    else:
        url = db.engine.url.render_as_string(hide_password=False)
        parts = [ids[number::shares] for number in range(shares)]
        told = [{"url": url, "folder": str(folder), "ids": each} for each in parts]
        at_once(__name__, told, step)


def read_if_few() -> None:
    """For a command, which waits where a page does not: as long as it takes a minute at most."""
    if unread() <= FEW:
        read_unread()


def unread() -> int:
    """How many listings have passages that are not read yet."""
    return len(_unread(_door().snapshot()))


def keep() -> None:
    """Reads what is new, for ever, while nobody waits for a page. What goes wrong is logged and
    tried again."""
    _come_last()
    heard: tuple[int, ...] = ()
    folder = folder_of(current_app)
    while True:
        try:
            mark = index.change_mark(_door().folder)
            if mark and (mark := (*mark, vectors.change_mark(folder))) != heard:
                read_unread()
                heard = mark
            time.sleep(SECONDS_BETWEEN_LOOKS)
        except Exception:
            log.exception("What listings mean could not be read; it will be tried again.")
            time.sleep(SECONDS_AFTER_A_FAULT)


def _come_last() -> None:
    """After all other processes, also where Linux weighs whole sessions."""
    os.nice(LAST_IN_LINE)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(f"{LAST_IN_LINE}")


def check() -> list[str]:
    """In words what is wrong with the vectors. A damaged file is taken away, to be read again."""
    folder, differences = folder_of(current_app), []
    with vectors.sole_writer(folder):
        for path in sorted(folder.glob(f"*{vectors.SUFFIX}")):
            if not vectors.is_sound(path):
                vectors.remove([path])
                differences.append(f"{path.name} was damaged and is taken away.")
    if missing := unread():
        differences.append(f"{missing:,} listings are not read for their meaning yet.")
    return differences


def _door() -> Door:
    door: Door = current_app.extensions["connectdo.search"]
    return door


def _unread(snapshot: Snapshot) -> list[int]:
    """The listings with passages that have no vector."""
    if snapshot.meanings is None:
        return []
    documents = snapshot.meanings.unread()
    return snapshot.listing[documents[snapshot.live[documents]]].tolist()


def _read(session: Session, folder: Path, ids: list[int], step: Step) -> None:
    """Reads the passages of listings as the database has them now: the index hears of it anyway."""
    reader = _reader()
    known = Vectors(vectors.files_in(folder))
    for start in range(0, len(ids), LISTINGS_AT_ONCE):
        some = ids[start : start + LISTINGS_AT_ONCE]
        rows = listings_with(session, some)
        said = {key_of(each): each for row in rows for each in passages(row)}
        keys = np.array(list(said), dtype=KEY)
        new = known.rows(keys) < 0
        _add(folder, reader, keys[new], [said[key] for key in keys[new].tolist()])
        step(len(some))


def _all_is_read(snapshot: Snapshot) -> bool:
    meanings = snapshot.meanings
    return meanings is None or (meanings.callings.are_read and not _unread(snapshot))


def _read_callings(folder: Path, callings: Callings) -> None:
    """Reads what interests are called."""
    if not callings.are_read:
        new = Vectors(vectors.files_in(folder)).rows(callings.keys) < 0
        texts = [callings.texts[n] for n in np.flatnonzero(new)]
        _add(folder, _reader(), callings.keys[new], texts)


def _reader() -> Model:
    if (reader := model()) is None:
        raise index.Unusable("The sentence model cannot be read. Run: make setup")
    return reader


def _add(folder: Path, reader: Model, keys: np.ndarray, texts: list[str]) -> None:
    if texts:
        vectors.add(folder, keys, reader.vectors(texts, MOST_PIECES))


def _tidy(folder: Path, snapshot: Snapshot) -> None:
    """Makes one file of many small ones, and of all when too much of them is needed no more."""
    files = vectors.files_in(folder)
    small = index.how_many_to_merge((each.size for each in files), vectors.MOST_TO_MERGE)
    if small:
        vectors.merge(folder, sorted(files, key=lambda each: each.size)[:small])
    elif snapshot.meanings is not None:
        meanings = snapshot.meanings
        wanted = np.unique(np.concatenate([*meanings.keys, meanings.callings.keys]))
        held = sum(each.size for each in files)
        if held > len(wanted) * (1 + SHARE_TO_CLEAR) + vectors.AT_ONCE:
            vectors.merge(folder, files, wanted)


def _read_share() -> None:
    share = json.load(sys.stdin)
    with Session(create_engine(share["url"])) as session:
        _read(session, Path(share["folder"]), share["ids"], lambda more: print(more, flush=True))


if __name__ == "__main__":
    _read_share()
