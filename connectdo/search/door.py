"""The newest snapshot of an index folder: decoded once a process, and again when it changes."""

from pathlib import Path

from connectdo.search.index import Generation, Segment, change_mark, current, segments
from connectdo.search.snapshot import Snapshot


class Door:
    """The newest snapshot of an index folder, decoded once a process and refreshed on change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mark: tuple[int, ...] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}

    def snapshot(self) -> Snapshot:
        """What the index says now. Raises connectdo.search.index.Unusable."""
        mark = change_mark(self.folder)
        if self._snapshot is None or mark != self._mark:
            self._snapshot = self._read(current(self.folder))
            self._mark = mark
        return self._snapshot

    def _read(self, generation: Generation) -> Snapshot:
        parts, kept = [], {}
        for name, reader in segments(generation.reader):
            segment = self._segments.get(name) or Segment(reader)
            kept[name] = segment
            parts.append((segment, segment.live(reader)))
        self._segments = kept
        return Snapshot(parts, generation.state)
