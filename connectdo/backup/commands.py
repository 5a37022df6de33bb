"""connectdo backup, connectdo restore."""

import sqlite3
from datetime import datetime
from pathlib import Path

import click
import psycopg
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from connectdo.backup import archive, restoring
from connectdo.backup.alone import Busy
from connectdo.backup.archive import Contents, Refused
from connectdo.backup.making import make
from connectdo.backup.postgresql import NotHere
from connectdo.backup.restoring import Restored, Site
from connectdo.erasures import Unreadable
from connectdo.places.gazetteer import gazetteer_path
from connectdo.places.importing import count_imported
from connectdo.wording import listed

NOTHING_WAS_DONE = 2
NAMES = {
    "listings": ("listing", "listings"),
    "people": ("person", "people"),
    "clients": ("client", "clients"),
}


class NotDone(click.ClickException):
    """Nothing was written, or changed."""

    exit_code = NOTHING_WAS_DONE


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything that cannot be made again to FILE, while people use the site.

    FILE is there when it is whole, and only its owner can read it: it holds all that clients told.
    Keep it on another machine, with a newer copy of the file `erasures` of the instance folder,
    and not for longer than you must.
    """
    try:
        contents = make(file.absolute())
    except (Busy, NotHere) as error:
        raise NotDone(str(error)) from error
    except OSError as error:
        raise NotDone(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file}: {archive.size_in_words(file)}. It holds {_held(contents)}.")
    click.echo("Not in it, for it is made again: the search index, imported postcodes.")


def put_back(file: Path, site: Site, *, replace: bool) -> None:
    """What `connectdo restore` does, in the context of a site that need not be ready."""
    try:
        _say(restoring.settle())
        done = restoring.restore(file, site, replace=replace)
    except (Busy, Refused, NotHere, Unreadable) as error:
        raise NotDone(str(error)) from error
    except (OSError, DatabaseError, sqlite3.Error, psycopg.Error) as error:
        told = restoring.settle() or "Nothing was changed"
        raise NotDone(f"{told}: {error}") from error
    _say(_told(done))


def _told(done: Restored) -> str:
    at = datetime.fromisoformat(done.contents.made_at)
    mails, erased = done.undone
    lines = [f"Restored as it was on {at:%-d %B %Y at %H:%M} UTC: {_held(done.contents)}."]
    if erased:
        lines.append(f"Erased again, as it had been since: {_many(erased, 'thing', 'things')}.")
    if mails:
        lines.append(
            f"{_many(mails, 'mail', 'mails')} waited in the backup and will not be sent, as they "
            "may have been since. connectdo post says whom they were for."
        )
    lines += [
        "Everybody has to sign in again. Recovery codes and links to answer questions have ended.",
        "Passwords, roles and who is disabled are as they were then: see connectdo people list.",
    ]
    if done.contents.postcodes > count_imported(gazetteer_path()):
        lines.append("Postcodes had been imported there: run connectdo places import again.")
    if done.other_key:
        lines.append("The site has another secret key now: start it again.")
    return "\n".join(lines)


def _held(contents: Contents) -> str:
    rows = [_many(count, *NAMES.get(name, (name, name))) for name, count in contents.rows.items()]
    files = sum(name.startswith(archive.PHOTOS) for name in contents.parts)
    key = "the secret key" if archive.SECRET_KEY in contents.parts else "no secret key"
    return listed([*rows, _many(files, "photo file", "photo files"), "the list of erasures", key])


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _say(words: str) -> None:
    if words:
        click.echo(words)
