"""Making a backup while people write.

The photos are not swept meanwhile, so that those of the moment at which the database is copied are
there when they are copied; those added since do no harm. The list of erasures is copied last: what
was erased after that moment is on it.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from connectdo.backup import archive
from connectdo.backup.alone import alone
from connectdo.backup.archive import Contents
from connectdo.backup.databases import database
from connectdo.photos import photo_files, unswept
from connectdo.places.gazetteer import gazetteer_path
from connectdo.places.importing import count_imported

# When the last backup was made, in UTC: for `connectdo check`.
BACKED_UP_AT = "backed_up_at"
REVISION = "revision"
# What is asked of the database at the moment of the copy.
QUESTIONS = {
    REVISION: "SELECT version_num FROM alembic_version",
    "listings": "SELECT count(*) FROM listing",
    "people": "SELECT count(*) FROM person",
    "clients": "SELECT count(*) FROM client",
}


def make(target: Path) -> Contents:
    """Writes a backup beside `target`, whose place it takes when it is whole. Raises
    Busy, OSError, and what the database raises."""
    instance = Path(current_app.instance_path)
    beside = target.with_name(f".{target.name}.being-made")
    with alone():
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        try:
            contents = _write(instance, beside)
            _put(beside / "whole", target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        said = instance / f"{BACKED_UP_AT}.new"
        said.write_text(f"{contents.made_at}\n")
        _put(said, instance / BACKED_UP_AT)
    return contents


def _write(instance: Path, beside: Path) -> Contents:
    copy, here = beside / "copy", database()
    with archive.writing(beside / "whole") as file:
        with unswept(instance):
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            rows = here.copy_to(copy, QUESTIONS)
            for each in photo_files(instance):
                file.add(archive.PHOTOS + each.name, each, packed=True)
        file.add(archive.DATABASE, copy, packed=here.kind == "postgresql")
        for name in (archive.ERASURES, archive.SECRET_KEY, archive.AUDIT_HEADS):
            if (instance / name).exists():
                file.add(name, instance / name, packed=False)
        revision, postcodes = rows.pop(REVISION), count_imported(gazetteer_path())
        contents = Contents(made_at, here.kind, revision, rows, postcodes, file.parts)
        file.finish(contents)
    return contents


def _put(whole: Path, target: Path) -> None:
    """In its place, and there after a loss of power too."""
    os.replace(whole, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
