"""The one file of a backup: a zip with a table of contents that says what each part must be.

Nothing in it is believed: only parts with names of ours are taken, as plain files, as long as the
contents say, with the digest that they say. So a file that was cut short, changed or made by
somebody else is refused, and a name in it leads nowhere.
"""

import json
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from connectdo import erasures
from connectdo.audit import heads
from connectdo.config import KEPT_KEY
from connectdo.photos import is_photo_file

WHAT = "Connect & Do backup"
# Raised when a backup is laid out in another way.
FORMAT = 1
CONTENTS = "contents.json"
DATABASE, PHOTOS = "database", "photos/"
# Each under its own name in the instance folder.
ERASURES, SECRET_KEY, AUDIT_HEADS = erasures.FILE, KEPT_KEY, heads.NAME
LONGEST_CONTENTS = 64 * 1024 * 1024
AT_A_TIME = 1024 * 1024
# What else a broken zip, or a broken table of contents, may raise.
ODD = (AttributeError, EOFError, NotImplementedError, RecursionError, RuntimeError, zlib.error)


class Refused(Exception):
    """Why a backup cannot be restored here, in words. Nothing was changed."""


@dataclass(frozen=True)
class Part:
    """How long a part is, and its SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself.

    `database` is the kind, `revision` the step of the migrations, `made_at` in UTC. `rows` are
    counts of what people ask after. `postcodes` is how many were imported, which are not in it.
    """

    made_at: str
    database: str
    revision: str
    rows: Mapping[str, int]
    postcodes: int = 0
    parts: dict[str, Part] = field(default_factory=dict)


class Writing:
    """A backup that is being written."""

    def __init__(self, file: ZipFile) -> None:
        self.parts: dict[str, Part] = {}
        self._file = file

    def add(self, name: str, path: Path, *, packed: bool) -> None:
        """A file; `packed` is one that would not become smaller."""
        self._file.compression = ZIP_STORED if packed else ZIP_DEFLATED
        with path.open("rb") as source, self._file.open(name, "w", force_zip64=True) as target:
            self.parts[name] = Part(*_copied(source, target, path.stat().st_size))

    def finish(self, contents: Contents) -> None:
        """The table of contents comes last."""
        told = {"what": WHAT, "format": FORMAT, **asdict(contents)}
        told["parts"] = {name: asdict(part) for name, part in self.parts.items()}
        self._file.writestr(CONTENTS, json.dumps(told, indent=1), ZIP_DEFLATED)


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """A new backup at `path`, readable by its owner alone, on the disk when this ends."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as opened:
        with ZipFile(opened, "w", compresslevel=6) as file:
            yield Writing(file)
        opened.flush()
        os.fsync(opened.fileno())


class Backup:
    """A backup that is there. Opening one raises Refused where it is none of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with ZipFile(path) as file:
                self.contents = _contents(file)
        except (OSError, BadZipFile, ValueError, KeyError, TypeError, *ODD) as error:
            raise Refused(f"{path} is not a whole backup of Connect & Do.") from error

    def unpack(self, folder: Path) -> None:
        """Writes every part into a new folder of its own names. Raises Refused."""
        needed = sum(part.size for part in self.contents.parts.values())
        if needed > shutil.disk_usage(folder.parent).free // 2:
            raise Refused(f"There is no room for {self.path}: it needs twice {_in_words(needed)}.")
        (folder / PHOTOS).mkdir(parents=True, mode=0o700)
        try:
            with ZipFile(self.path) as file:
                for name, part in self.contents.parts.items():
                    with file.open(name) as source, (folder / name).open("xb") as target:
                        if _copied(source, target, part.size) != (part.size, part.digest):
                            raise Refused(f"{self.path} is damaged: {name} is not what it was.")
        except (OSError, BadZipFile, ValueError, KeyError, *ODD) as error:
            raise Refused(f"{self.path} is damaged: not all of it can be read.") from error


def size_in_words(path: Path) -> str:
    """ "12.3 MB"."""
    return _in_words(path.stat().st_size)


def _in_words(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _contents(file: ZipFile) -> Contents:
    """Raises Refused, or ValueError, KeyError and TypeError where they make no sense."""
    if file.getinfo(CONTENTS).file_size > LONGEST_CONTENTS:
        raise ValueError(CONTENTS)
    told: dict[str, Any] = json.loads(file.read(CONTENTS))
    if told.pop("what") != WHAT:
        raise ValueError(CONTENTS)
    if told.pop("format") != FORMAT:
        raise Refused(
            f"{file.filename} was made by another version of Connect & Do. Bring this one up to "
            "date, then restore it."
        )
    datetime.fromisoformat(told["made_at"])
    told["rows"] = {str(name): int(count) for name, count in told["rows"].items()}
    parts = {name: Part(**part) for name, part in told.pop("parts").items()}
    contents = Contents(**told, parts=parts)
    lengths = {each.filename: each.file_size for each in file.infolist()}
    if DATABASE not in parts or not all(_is_ours(name) for name in parts):
        raise ValueError(CONTENTS)
    if any(lengths[name] != part.size for name, part in parts.items()):
        raise ValueError(CONTENTS)
    return contents


def _is_ours(name: str) -> bool:
    if name.startswith(PHOTOS):
        return is_photo_file(name.removeprefix(PHOTOS))
    return name in (DATABASE, ERASURES, SECRET_KEY, AUDIT_HEADS)


def _copied(source: IO[bytes], target: IO[bytes], most: int) -> tuple[int, str]:
    """Copies, and says how much it was and its digest; stops soon after `most` bytes."""
    size, digest = 0, sha256()
    while size <= most and (block := source.read(AT_A_TIME)):
        size += len(block)
        digest.update(block)
        target.write(block)
    return size, digest.hexdigest()
