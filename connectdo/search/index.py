"""The door to the full-text index, and the only file that knows Whoosh.

The index lives in a folder of its own. `CURRENT` names the generation in use; a rebuild
writes a new one beside it and swaps the name, so searches go on meanwhile. What the index
has heard (`State`) is stored by the same commit as the listings themselves.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index
from whoosh.columns import VarBytesColumn
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from connectdo.search.columns import FACTS
from connectdo.search.documents import Document

TEXTS = ("heading", "summary", "body")
PACKED = ("facts", "interests", "areas", "runs")
STATE_KEY = "state"
# Raised when documents are made or packed in another way: older indexes are then rebuilt.
FORMAT = 2


class Unusable(Exception):
    """There is no index that can be read: it is missing, damaged or of another format."""


@dataclass(frozen=True)
class State:
    """What an index has heard, and the names it needs to speak of it without the database."""

    epoch: str
    rev: int
    vocabulary: list[dict[str, Any]]
    areas: dict[int, str]
    format: int = FORMAT


def _schema() -> fields.Schema:
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        state=fields.STORED,
        spellings=fields.KEYWORD,
        **{name: fields.TEXT(phrase=True) for name in TEXTS},
        **{name: fields.COLUMN(VarBytesColumn()) for name in PACKED},
    )


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """One writer at a time over all processes; the others wait. Freed when a process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Generation:
    """One index on disk, as it was last committed when it was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Whoosh on damaged files raises nearly anything: EOFError, struct.error, pickle's own.
        try:
            self._index = index.open_dir(str(path))
            self.reader = self._index.reader()
            stored = Searcher(self.reader).document(key=STATE_KEY)["state"]
            self.state = State(**stored)
        except Exception as error:
            raise Unusable(f"The index at {path} cannot be read.") from error
        if self.state.format != FORMAT:
            raise Unusable(f"The index at {path} has another format.")

    def digests(self) -> dict[int, list[int]]:
        """The digests the index holds of each listing: one of each, when all is well."""
        found: dict[int, list[int]] = {}
        for _, reader in segments(self.reader):
            segment = Segment(reader)
            facts, counts = segment.packed("facts", FACTS)
            live = segment.live(reader)[counts > 0]
            for listing, digest in facts[live][["listing", "digest"]].tolist():
                found.setdefault(listing, []).append(digest)
        return found

    def write(self, state: State, changed: Iterable[Document], gone: Iterable[int]) -> None:
        """One commit: these listings as they are now, those no more, and what has been heard."""
        _write(self._index, state, changed, gone)


def current(folder: Path) -> Generation:
    """The generation in use. Raises Unusable."""
    try:
        name = (folder / "CURRENT").read_text().strip()
    except OSError as error:
        raise Unusable(f"There is no index at {folder}.") from error
    return Generation(folder / name)


def change_mark(folder: Path) -> tuple[int, ...]:
    """Differs after every commit and rebuild; costs two looks at the disk."""
    try:
        mark = (folder / "CURRENT").stat()
        inside = (folder / (folder / "CURRENT").read_text().strip()).stat()
    except OSError:
        return ()
    return mark.st_mtime_ns, mark.st_ino, inside.st_mtime_ns


def rebuild(folder: Path, state: State, documents: Iterable[Document]) -> None:
    """A whole new index, put in place of the current one when it is complete."""
    name = f"generation-{uuid.uuid4().hex[:12]}"
    path = folder / name
    path.mkdir(parents=True)
    try:
        _write(index.create_in(str(path), _schema()), state, documents, ())
        pointer = folder / f"{name}.pointer"
        pointer.write_text(name)
        os.replace(pointer, folder / "CURRENT")
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    for old in folder.glob("generation-*"):
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def _write(
    opened: index.Index, state: State, changed: Iterable[Document], gone: Iterable[int]
) -> None:
    writer = opened.writer(limitmb=128, timeout=10)
    try:
        for listing_id in gone:
            writer.delete_by_term("key", str(listing_id))
        for document in changed:
            writer.update_document(
                key=str(document.listing_id),
                spellings=document.spellings,
                **{name: getattr(document, name) for name in (*TEXTS, *PACKED)},
            )
        writer.update_document(key=STATE_KEY, state=asdict(state))
        writer.commit()
    except BaseException:
        # cancel() raises too when the disk is full, and would keep Whoosh's own lock; after a
        # commit that failed half-way there may be nothing left to cancel or to let go.
        with suppress(Exception):
            writer.cancel()
        with suppress(Exception):
            writer.writelock.release()
        raise


class Segment:
    """The arrays of one segment of the index, which never changes: read once, kept."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self.size = reader.doc_count_all()
        self._packed = {name: self._column(name) for name in PACKED}
        self._is_listing = np.fromiter(map(bool, self._packed["facts"]), bool, self.size)

    def packed(self, name: str, dtype: np.dtype[Any]) -> tuple[np.ndarray, np.ndarray]:
        """All values of a packed column, and how many belong to each document."""
        values = self._packed[name]
        counts = np.fromiter((len(v) for v in values), dtype=np.int64, count=self.size)
        return np.frombuffer(b"".join(values), dtype=dtype), counts // dtype.itemsize

    def postings(self, field: str, word: str) -> tuple[np.ndarray, np.ndarray]:
        """The documents that hold a stem in a field, and how often."""
        documents, counts = [], []
        if (field, word) in self._reader:
            matcher = self._reader.postings(field, word)
            while matcher.is_active():
                documents.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
        return np.array(documents, dtype=np.int64), np.array(counts, dtype=np.float32)

    def positions(self, field: str, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Every place where a stem stands in a field: documents and positions, in order."""
        documents, positions = [], []
        if (field, word) in self._reader:
            matcher = self._reader.postings(field, word)
            while matcher.is_active():
                places = matcher.value_as("positions")
                documents += [matcher.id()] * len(places)
                positions += places
                matcher.next()
        return np.array(documents, dtype=np.int64), np.array(positions, dtype=np.int64)

    def live(self, reader: IndexReader) -> np.ndarray:
        """Which documents are listings that `reader` has not seen replaced or deleted."""
        live = np.zeros(self.size, dtype=bool)
        live[list(reader.all_doc_ids())] = True
        return live & self._is_listing

    def spellings(self) -> list[str]:
        """The unstemmed words of names, interests, organisations and summaries."""
        return [word.decode() for word in self._reader.lexicon("spellings")]

    def _column(self, name: str) -> list[bytes]:
        if not self._reader.has_column(name):
            return [b""] * self.size
        column = self._reader.column_reader(name)
        return [column[document] for document in range(self.size)]


def segments(reader: IndexReader) -> list[tuple[str, IndexReader]]:
    """The segments of a reader, each with a name that stays its own."""
    return [(leaf.segment().segment_id(), leaf) for leaf, _ in reader.leaf_readers()]
