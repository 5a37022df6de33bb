"""Reading the index: its files, and the segments they hold, each of which never changes."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import Index
from whoosh.reading import IndexReader

from connectdo.search.columns import DOCUMENT_SHIFT, WITHIN

log = logging.getLogger(__name__)


class Unusable(Exception):
    """There is no index that can be read: it is missing, damaged or of another format."""


class PlacedFile:
    """A file that is read at a place of this object's own.

    The place that the system keeps is shared with the processes forked later; and a file that is
    mapped ends the process (SIGBUS) when it is cut short in the moment in which it is read.
    """

    # None is open yet.
    _file = -1

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self.length = os.fstat(self._file).st_size
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The bytes from here on. Raises EOFError where the file has been cut short."""
        left = self.length - self._at
        size = left if size < 0 else min(left, size)
        found = os.pread(self._file, size, self._at)
        if len(found) < size:
            raise EOFError("A file was cut short.")
        self._at += size
        return found

    def readline(self) -> bytes:
        """The bytes up to the end of a line: pickles ask for it."""
        line = bytearray()
        while not line.endswith(b"\n") and (byte := self.read(1)):
            line += byte
        return bytes(line)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.length}[whence]
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        self.close()


class Storage(FileStorage):  # type: ignore[misc]
    """Files are read as they lie there: Whoosh's own way is to copy a segment into memory whenever
    it is opened, or to share one place in a file with the processes forked later."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._lengths: dict[str, int] = {}

    def open_file(self, name: str, **options: Any) -> StructFile:
        file = PlacedFile(self._fpath(name))
        self._lengths[name] = file.length
        return StructFile(file, name=name, **options)

    def refuse_if_cut_short(self) -> None:
        """Raises EOFError before anything is read of what is left.

        A file that is not there any more was merged away; one that is open can still be read.
        """
        for name, length in list(self._lengths.items()):
            with suppress(FileNotFoundError):
                if self.file_length(name) < length:
                    raise EOFError(f"{name} was cut short.")


def opened(path: Path) -> Index:
    """The index in a folder, as it was last committed. Damaged files raise nearly anything."""
    return Storage(str(path)).open_index()


def give_up(path: Path, why: Exception) -> None:
    """Takes a damaged generation out of use, so that the carrier makes another."""
    pointer = path.parent / "CURRENT"
    with suppress(OSError):
        if pointer.read_text().strip() == path.name:
            pointer.unlink()
            log.warning("The index at %s is given up: %r", path, why.__cause__ or why)


class Segment:
    """One segment of the index, which never changes but for what is deleted from it."""

    def __init__(self, reader: IndexReader, generation: Path) -> None:
        self._reader = reader
        self._generation = generation
        self._lock = Lock()
        self.size = reader.doc_count_all()
        with self._reading():
            self._is_listing = np.fromiter(map(bool, self._column("facts")), bool, self.size)

    def packed(self, name: str, dtype: np.dtype[Any]) -> tuple[np.ndarray, np.ndarray]:
        """All values of a packed column, and how many belong to each document."""
        with self._reading():
            values = self._column(name)
            counts = np.fromiter(map(len, values), np.int64, self.size)
            return np.frombuffer(b"".join(values), dtype=dtype), counts // dtype.itemsize

    def places(self, word: str) -> np.ndarray:
        """Every place of a stem, in order: document, text and position in one number."""
        documents, values = [], []
        with self._reading():
            if ("words", word) in self._reader:
                matcher = self._reader.postings("words", word)
                number, value, step = matcher.id, matcher.value, matcher.next
                while matcher.is_active():
                    documents.append(number())
                    values.append(value())
                    step()
            counts = np.fromiter(map(len, values), np.int64, len(values)) // WITHIN.itemsize
            within = np.frombuffer(b"".join(values), WITHIN).astype(np.int64)
        return (np.repeat(np.array(documents, np.int64), counts) << DOCUMENT_SHIFT) | within

    def common_words(self, documents: int) -> list[str]:
        """The stems that at least so many documents hold."""
        with self._reading():
            return [
                word.decode()
                for (field, word), about in self._reader
                if field == "words" and about.doc_frequency() >= documents
            ]

    def live(self, reader: IndexReader) -> np.ndarray:
        """Which documents are listings that `reader` has not seen replaced or deleted."""
        live = self._is_listing.copy()
        live[list(reader.segment().deleted_docs())] = False
        return live

    def spellings(self) -> list[str]:
        """The unstemmed words of names, interests, organisations and summaries."""
        with self._reading():
            return [word.decode() for word in self._reader.lexicon("spellings")]

    def read_through(self) -> None:
        """Reads every word and all its places. Raises Unusable where one cannot be read."""
        with self._reading():
            words = list(self._reader.lexicon("words"))
        for word in words:
            self.places(word.decode())

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Reading that fails takes the index out of use, and raises Unusable.

        A file has one place where it is read, so only one thread reads at a time.
        """
        try:
            with self._lock:
                self._reader.storage().refuse_if_cut_short()
                yield
        except FileNotFoundError as error:
            raise Unusable(f"A segment at {self._generation} was merged away.") from error
        except Exception as error:
            give_up(self._generation, error)
            raise Unusable(f"The index at {self._generation} is damaged.") from error

    def _column(self, name: str) -> list[bytes]:
        if not self._reader.has_column(name):
            # A segment without any listing has none; one that is gone is not to be read so.
            terms = self._reader.segment().make_filename(".trm")
            if not self._reader.storage().file_exists(terms):
                raise FileNotFoundError(terms)
            return [b""] * self.size
        column = self._reader.column_reader(name)
        return [column[document] for document in range(self.size)]


def segments(reader: IndexReader) -> list[tuple[str, IndexReader]]:
    """The segments of a reader, each with a name that stays its own."""
    leaves = [leaf for leaf, _ in reader.leaf_readers()]
    return [(leaf.segment().segment_id(), leaf) for leaf in leaves if leaf.segment()]
