"""Generations of the index: which one is in use, and how another takes its place.

`CURRENT` in the index' folder names the generation in use; a rebuild writes a new one beside it
and swaps the name, so searches go on meanwhile. What the index has heard (`State`) is stored by
the same commit as the listings themselves.
"""

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectdo.search.columns import FACTS
from connectdo.search.documents import Document
from connectdo.search.index.reading import Segment, Unusable, give_up, opened, segments
from connectdo.search.index.writing import STATE_KEY, created, merge_small, write

# Raised when documents are made or packed in another way: older indexes are then rebuilt.
FORMAT = 6


@dataclass(frozen=True)
class State:
    """What an index has heard, and the names it needs to speak of it without the database."""

    epoch: str
    rev: int
    vocabulary: list[dict[str, Any]]
    areas: dict[int, str]
    format: int = FORMAT


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """One writer at a time over all processes; the others wait. Freed when a process dies.

    The lock is beside the folder: one that was deleted with it would let a second writer in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Generation:
    """One index on disk, as it was last committed when it was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Whoosh on damaged files raises nearly anything: EOFError, struct.error, pickle's own.
        try:
            self._index = opened(path)
            self.reader = self._index.reader()
            (place,) = self.reader.postings("key", STATE_KEY).all_ids()
            self.state = State(**self.reader.stored_fields(place)["state"])
        except Exception as error:
            raise Unusable(f"The index at {path} cannot be read.") from error
        if self.state.format != FORMAT:
            raise Unusable(f"The index at {path} has another format.")

    def digests(self) -> dict[int, list[int]]:
        """The digests the index holds of each listing: one of each, when all is well."""
        found: dict[int, list[int]] = {}
        for _, reader in segments(self.reader):
            segment = Segment(reader, self.path)
            facts, counts = segment.packed("facts", FACTS)
            live = segment.live(reader)[counts > 0]
            for listing, digest in facts[live][["listing", "digest"]].tolist():
                found.setdefault(listing, []).append(digest)
        return found

    def read_through(self) -> None:
        """Reads every word and all its places. Raises Unusable where one cannot be read."""
        for _, reader in segments(self.reader):
            Segment(reader, self.path).read_through()

    def write(self, state: State, changed: Iterable[Document], gone: Iterable[int]) -> None:
        """One commit: these listings as they are now, those no more, and what has been heard."""
        write(self._index, vars(state), changed, gone)
        self._touch()

    def tidy(self, most: int) -> None:
        """Merges small segments, of no more than `most` documents, where they have become many."""
        if merge_small(self._index, most):
            self._touch()

    @property
    def dead(self) -> int:
        """How many documents were replaced or deleted and are not yet merged away."""
        return self.reader.doc_count_all() - self.reader.doc_count()

    def _touch(self) -> None:
        """Finer than the clock of the file system, in one tick of which two commits may fall."""
        os.utime(self.path, ns=(time.time_ns(), time.time_ns()))


def current(folder: Path) -> Generation:
    """The generation in use. Raises Unusable; one that cannot be read is given up."""
    while mark := change_mark(folder):
        with suppress(OSError):
            path = folder / (folder / "CURRENT").read_text().strip()
            try:
                return Generation(path)
            except Unusable as error:
                # A commit or a rebuild may have taken files away meanwhile.
                if change_mark(folder) == mark:
                    give_up(path, error)
                    raise
    raise Unusable(f"There is no index at {folder}.")


def change_mark(folder: Path) -> tuple[int, ...]:
    """Differs after every commit and rebuild, () where there is no index; two looks at the disk."""
    # Every search looks, so plainly: paths that are objects would take four times as long.
    try:
        with open(f"{folder}/CURRENT", "rb", buffering=0) as pointer:
            mark, name = os.fstat(pointer.fileno()), pointer.read().decode().strip()
        inside = os.stat(f"{folder}/{name}")
    except OSError:
        return ()
    return mark.st_mtime_ns, mark.st_ino, inside.st_mtime_ns


@contextmanager
def building(folder: Path, state: State) -> Iterator[Path]:
    """A place to write the parts of a whole new index (`write_part`) in, side by side.

    They become the current index at the end, in the order of their names. What goes wrong
    before that leaves the one in use as it is.
    """
    name = f"generation-{uuid.uuid4().hex[:12]}"
    path = folder / name
    path.mkdir(parents=True)
    try:
        yield path
        _adopt(path, state)
        pointer = folder / f"{name}.pointer"
        pointer.write_text(name)
        os.replace(pointer, folder / "CURRENT")
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    for old in folder.glob("generation-*"):
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def rebuild(folder: Path, state: State, documents: Iterable[Document]) -> None:
    """A whole new index, put in place of the current one when it is complete."""
    with building(folder, state) as path:
        write_part(path / "part-0", documents)


def write_part(path: Path, documents: Iterable[Document]) -> None:
    """One segment in a folder of its own."""
    path.mkdir()
    write(created(path), None, documents, ())


def _adopt(path: Path, state: State) -> None:
    """Makes one index of the parts in a folder: their segments, moved there, and the state."""
    found = []
    for part in sorted(path.glob("part-*")):
        found += [leaf.segment() for _, leaf in segments(opened(part).reader())]
    for segment in found:
        for file in path.glob(f"part-*/{segment.segment_id()}.*"):
            file.rename(path / file.name)
    for part in path.glob("part-*"):
        shutil.rmtree(part)
    write(created(path), vars(state), (), (), found)
