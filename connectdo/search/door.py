"""The newest snapshot of an index folder: decoded once a process, and again when it changes."""

from pathlib import Path
from threading import Lock
from typing import Any

from connectdo.listings.vocabulary import Vocabulary
from connectdo.search import vectors
from connectdo.search.callings import Callings
from connectdo.search.index import (
    MOST_TO_MERGE,
    Generation,
    Segment,
    Unusable,
    change_mark,
    current,
    segments,
)
from connectdo.search.meanings import Meanings
from connectdo.search.parts import Part
from connectdo.search.snapshot import Snapshot
from connectdo.search.vectors import Vectors


class Door:
    """The newest snapshot of an index folder, decoded once a process and refreshed on change."""

    def __init__(self, folder: Path, vectors_folder: Path | None = None) -> None:
        """Without a folder of vectors nothing is found by its meaning."""
        self.folder, self.vectors_folder = folder, vectors_folder
        self._mark: tuple[int, ...] | None = None
        self._vectors_mark = 0
        self._vectors = Vectors(())
        self._callings: Callings | None = None
        self._snapshot: Snapshot | None = None
        self._parts: list[Part] = []
        self._rows: list[dict[str, Any]] = []
        self._vocabulary = Vocabulary([])
        self._reading = Lock()

    def snapshot(self) -> Snapshot:
        """What the index says now, or else what it said when it was last read here: when it
        cannot be read, or while another thread reads it.

        Raises connectdo.search.index.Unusable where there is neither.
        """
        if self._is_current() and self._snapshot is not None:
            return self._snapshot
        if self._reading.acquire(blocking=self._snapshot is None):
            try:
                self._refresh()
            finally:
                self._reading.release()
        if self._snapshot is None:
            raise Unusable(f"There is no index at {self.folder}.")
        return self._snapshot

    def _refresh(self) -> None:
        while (mark := change_mark(self.folder)) != self._mark:
            try:
                self._snapshot = self._read(current(self.folder))
                self._mark = mark
            except Unusable:
                # A commit may have taken files away that were about to be read.
                if change_mark(self.folder) != mark:
                    continue
                if self._snapshot is None:
                    raise
                return
        self._attach_vectors()

    def _is_current(self) -> bool:
        if change_mark(self.folder) != self._mark:
            return False
        folder = self.vectors_folder
        return folder is None or vectors.change_mark(folder) == self._vectors_mark

    def _attach_vectors(self) -> None:
        """Beside the newest snapshot, the newest vectors of its passages."""
        if self.vectors_folder is None or self._snapshot is None:
            return
        mark = vectors.change_mark(self.vectors_folder)
        if mark != self._vectors_mark:
            files = vectors.files_in(self.vectors_folder, self._vectors.files)
            self._vectors, self._vectors_mark = Vectors(files), mark
        snapshot, meanings = self._snapshot, self._snapshot.meanings
        if meanings is None or meanings.vectors is not self._vectors:
            snapshot.meanings = Meanings(
                snapshot.parts, snapshot.interests, self._callings_of(snapshot), self._vectors
            )

    def _callings_of(self, snapshot: Snapshot) -> Callings:
        """What interests are called, read once: it is the same for many snapshots."""
        kept = self._callings
        if kept is None or kept.vocabulary is not snapshot.vocabulary or not kept.are_read:
            kept = self._callings = Callings(snapshot.vocabulary, self._vectors)
        return kept

    def _read(self, generation: Generation) -> Snapshot:
        """Only segments that were not there before are decoded."""
        state = generation.state
        if state.vocabulary != self._rows:
            self._rows, self._vocabulary = state.vocabulary, Vocabulary.from_rows(state.vocabulary)
            self._parts = []
        readers = dict(segments(generation.reader))
        parts = [part for part in self._parts if readers.keys() >= part.segments.keys()]
        kept = {name for part in parts for name in part.segments}
        new = {n: Segment(r, generation.path) for n, r in readers.items() if n not in kept}
        # Segments that are never merged may as well be one.
        big = {name: segment for name, segment in new.items() if segment.size > MOST_TO_MERGE}
        small = [{name: segment} for name, segment in new.items() if name not in big]
        parts += [Part(each, self._vocabulary) for each in (big, *small) if each]
        self._parts = parts
        live = [(part, part.live(readers)) for part in parts]
        return Snapshot(live, self._vocabulary, state.areas)
