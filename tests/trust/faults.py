"""What may happen to an index."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from connectdo.search import index, sync


def segment_files() -> list[Path]:
    return sorted(sync.folder().glob("generation-*/MAIN_*.*"))


def lose_the_folder() -> None:
    shutil.rmtree(sync.folder(), ignore_errors=True)


def lose_the_pointer() -> None:
    (sync.folder() / "CURRENT").unlink()


def take_another_format() -> None:
    with index.sole_writer(sync.folder()):
        current = index.current(sync.folder())
        current.write(replace(current.state, format=index.FORMAT + 1), [], [])


def cut_segments_short() -> None:
    for file in segment_files():
        os.truncate(file, file.stat().st_size // 2)


def scribble_over_every_file() -> None:
    for file in sync.folder().glob("generation-*/*"):
        file.write_bytes(b"not an index")


def scribble_over_postings() -> None:
    """Leaves an index that opens as if nothing were wrong."""
    postings = [file for file in segment_files() if file.suffix == ".pst"]
    file = max(postings, key=lambda each: each.stat().st_size)
    length = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(length // 2)
        opened.write(b"\xff" * (length // 2))


FAULTS = [
    lose_the_folder,
    lose_the_pointer,
    take_another_format,
    cut_segments_short,
    scribble_over_every_file,
]
