"""Vectors of passages on disk: files that are written once, mapped into memory and shared.

A file holds keys in order, and beside each its vector in four bits a number: as eight of sixteen
levels a side, which moves a cosine by some 0.005. The highest bits are the signs: how many of them
differ tells nearly how far two vectors point apart, for a fortieth of the work.

Nothing but keys and vectors is kept, so any set of files is a true one: one that is lost costs
work, two that hold the same do no harm. A file's name says how many it holds and what is in it.
"""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import numpy as np

from connectdo.meaning import WIDTH
from connectdo.search.passages import KEY

# Changed when passages are read or packed in another way: older files are then no use.
FORMAT = 1
SUFFIX = f".vectors-{FORMAT}"
PLANES = 4
LEVELS = 1 << PLANES
# Numbers of a unit vector are some 1 / sqrt(384) = 0.051 big; a level is a third of that.
LEVEL = 0.017
SIGN_WORDS = WIDTH // 64
BYTES_A_PLANE = WIDTH // 8
BYTES_EACH = KEY.itemsize + PLANES * BYTES_A_PLANE
# So many vectors are compared at once that they stay in the processor's own memory.
AT_ONCE = 16_384
# Files of more vectors than this are not made one with others until much of them can go.
MOST_TO_MERGE = 500_000

Array = np.ndarray


class CutShort(Exception):
    """A file is shorter than it was: what is mapped must not be read."""


class File:
    """Vectors in one file, by their keys in order."""

    def __init__(self, path: Path) -> None:
        """Raises CutShort where the file is not as long as its name says."""
        self.path, self.size = path, int(path.name.split("-")[0])
        self.length = self.size * BYTES_EACH
        self._file = os.open(path, os.O_RDONLY)
        self.refuse_if_cut_short()
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
        keys, signs, rest = np.split(mapped, [8 * self.size, (8 + BYTES_A_PLANE) * self.size])
        self.keys: Array = keys.view(KEY)
        self.signs: Array = signs.view("<u8").reshape(SIGN_WORDS, self.size)
        self.rest: Array = rest.reshape(self.size, PLANES - 1, BYTES_A_PLANE)

    def refuse_if_cut_short(self) -> None:
        """To read what is mapped and gone would end the process."""
        if os.fstat(self._file).st_size != self.length:
            raise CutShort(f"{self.path.name} was cut short.")

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            os.close(self._file)


class Vectors:
    """The vectors of some files, one after another: the place of each is its row."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = tuple(files)
        self.starts = np.cumsum([0, *(each.size for each in files)])
        self.size = int(self.starts[-1])

    def continues(self, before: "Vectors") -> bool:
        """Whether every row of another is the same row here."""
        return self.files[: len(before.files)] == before.files

    def refuse_if_cut_short(self) -> None:
        for file in self.files:
            file.refuse_if_cut_short()

    def rows(self, keys: Array) -> Array:
        """The row of each key, -1 where there is none."""
        rows = np.full(len(keys), -1, dtype=np.int32)
        for start, file in zip(self.starts.tolist(), self.files, strict=False):
            places = np.searchsorted(file.keys, keys)
            places[places == file.size] = 0
            rows = np.where(file.keys[places] == keys, start + places, rows)
        return rows.astype(np.int32)

    def differing(self, vector: Array) -> Array:
        """Of each row how many signs differ from a vector's. One more, at the end, has them all
        different: it stands for the row -1."""
        signs = _signs(_planes(vector[None, :])[:, 0])
        differing = np.full(self.size + 1, WIDTH, dtype=np.uint16)
        for start, file in zip(self.starts.tolist(), self.files, strict=False):
            for first in range(0, file.size, AT_ONCE):
                some = file.signs[:, first : first + AT_ONCE]
                counted = differing[start + first : start + first + some.shape[1]]
                counted[:] = 0
                for column, sign in zip(some, signs[:, 0], strict=True):
                    counted += np.bitwise_count(column ^ sign)
        return differing

    def cosines(self, rows: Array, vector: Array) -> Array:
        """How alike each of some rows is to a unit vector, -1 to 1; 0 for the row -1."""
        return self.unpacked(rows) @ vector

    def unpacked(self, rows: Array) -> Array:
        """The unit vectors of some rows; all 0 for the row -1."""
        planes = np.zeros((len(rows), PLANES, BYTES_A_PLANE), dtype=np.uint8)
        for start, file in zip(self.starts.tolist(), self.files, strict=False):
            here = np.flatnonzero((rows >= start) & (rows < start + file.size))
            places = rows[here] - start
            planes[here, 0] = np.ascontiguousarray(file.signs[:, places].T).view(np.uint8)
            planes[here, 1:] = file.rest[places]
        return np.where(rows[:, None] < 0, np.float32(0), unpacked(planes))


def unpacked(planes: Array) -> Array:
    """Four bits a number -> unit vectors."""
    bits = np.unpackbits(planes, axis=2)
    levels = bits[:, 0] * np.uint8(8) + bits[:, 1] * np.uint8(4)
    levels += bits[:, 2] * np.uint8(2) + bits[:, 3]
    vectors = levels.astype(np.float32) - np.float32((LEVELS - 1) / 2)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _planes(vectors: Array) -> Array:
    """Unit vectors -> four bits a number, packed by the weight of the bit, highest first."""
    levels = np.clip(np.floor(vectors / LEVEL) + LEVELS // 2, 0, LEVELS - 1).astype(np.uint8)
    weights = np.arange(PLANES - 1, -1, -1, dtype=np.uint8)
    return np.packbits(levels[:, None, :] >> weights[:, None] & 1, axis=2)


def _signs(plane: Array) -> Array:
    return np.ascontiguousarray(plane).view("<u8").T.copy()


# The folder.


def files_in(folder: Path, known: Iterable[File] = ()) -> list[File]:
    """The files of a folder: those known in their order, then those that are new. One that is not
    whole is passed over."""
    there = {path.name: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    files = [each for each in known if there.pop(each.path.name, None)]
    for path in there.values():
        with suppress(OSError, CutShort, ValueError):
            files.append(File(path))
    return files


def is_sound(path: Path) -> bool:
    """Whether a file holds what its name says."""
    content = path.read_bytes()
    return path.name == _name(len(content) // BYTES_EACH, content)


def change_mark(folder: Path) -> int:
    """Differs after every change of a folder's files; 0 where there is none."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """One reader of passages at a time over all processes, so that nothing is read twice."""
    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add(folder: Path, keys: Array, vectors: Array) -> None:
    """Adds unit vectors to a folder, in a file that is there whole or not at all."""
    keys, first = np.unique(keys, return_index=True)
    _write(folder, keys, _planes(vectors[first]))


def merge(folder: Path, files: Sequence[File], wanted: Array | None = None) -> None:
    """Makes one file of several, of the keys that are wanted: all when none are named."""
    keys, first = np.unique(np.concatenate([each.keys for each in files]), return_index=True)
    if wanted is not None:
        kept = np.isin(keys, wanted)
        keys, first = keys[kept], first[kept]
    signs = np.concatenate([each.signs for each in files], axis=1)[:, first]
    rest = np.concatenate([each.rest for each in files])[first]
    planes = np.concatenate(
        [np.ascontiguousarray(signs.T).view(np.uint8)[:, None, :], rest], axis=1
    )
    written = _write(folder, keys, planes)
    remove(each.path for each in files if each.path != written)
    _touch(folder)


def remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _write(folder: Path, keys: Array, planes: Array) -> Path:
    content = b"".join(
        each.tobytes() for each in (keys.astype(KEY), _signs(planes[:, 0]), planes[:, 1:])
    )
    path = folder / _name(len(keys), content)
    unfinished = folder / f"{uuid4().hex}.unfinished"
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _touch(folder)
    return path


def _name(size: int, content: bytes) -> str:
    return f"{size}-{blake2b(content, digest_size=16).hexdigest()}{SUFFIX}"


def _touch(folder: Path) -> None:
    """Two changes may fall into one tick of the file system's clock."""
    now = time.time_ns()
    os.utime(folder, ns=(now, now))
