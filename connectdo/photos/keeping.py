"""Where photos are kept: a folder of files named for their content, so that a file never
changes, browsers may keep it for good, and two listings with one photo share it."""

import fcntl
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connectdo.photos.making import SIZES, WRITTEN, Photo

NAME = re.compile(r"[0-9a-f]{32}")
MEDIA_TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}
A_DAY = 24 * 60 * 60


def keep_photo(instance: Path, photo: Photo) -> None:
    """Writes every picture of a photo, each whole or not at all. Twice is as good as once."""
    folder = _folder(instance)
    folder.mkdir(exist_ok=True)
    for (size, ending), data in photo.pictures.items():
        _write_whole(folder / _file_name(photo.name, size, ending), data)


def photo_file(instance: Path, name: str, size: str, ending: str) -> Path | None:
    """The file to serve, with the type in MEDIA_TYPES; None for a name that no photo has."""
    if not NAME.fullmatch(name) or size not in SIZES or ending not in WRITTEN:
        return None
    path = _folder(instance) / _file_name(name, size, ending)
    return path if path.is_file() else None


def sweep_photos(instance: Path, wanted: Collection[str], older_than: float = A_DAY) -> int:
    """Deletes photos that are not wanted; how many files went.

    Those younger than `older_than` seconds stay: somebody may be about to post them.
    """
    gone = 0
    with unswept(instance):
        for path in _folder(instance).glob("*"):
            with suppress(FileNotFoundError):
                if path.name.split("-")[0] not in wanted and _age(path) > older_than:
                    path.unlink()
                    gone += 1
    return gone


@contextmanager
def unswept(instance: Path) -> Iterator[None]:
    """No photo is deleted meanwhile: for who copies them, or brings old ones back."""
    with (instance / "photos.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def photo_files(instance: Path) -> list[Path]:
    """Every file of every photo."""
    return sorted(path for path in _folder(instance).glob("*") if is_photo_file(path.name))


def is_photo_file(name: str) -> bool:
    """Whether a file could be named so here."""
    photo, _, rest = name.partition("-")
    size, _, ending = rest.partition(".")
    return bool(NAME.fullmatch(photo)) and size in SIZES and ending in WRITTEN


def bring_back(instance: Path, file: Path) -> None:
    """Moves a photo's file from a backup to its place; it is as good as new, so that it stays
    until something has had the time to hold it."""
    folder = _folder(instance)
    folder.mkdir(exist_ok=True)
    os.utime(file)
    file.chmod(0o644)
    file.replace(folder / file.name)


def _folder(instance: Path) -> Path:
    return instance / "photos"


def _file_name(name: str, size: str, ending: str) -> str:
    return f"{name}-{size}.{ending}"


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _write_whole(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
