"""What an operator is told of the settings, the folder, the database and the backups."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.sansio.utils import host_is_trusted

from connectdo import checks
from connectdo.alive import WORKER, lives
from connectdo.backup.making import BACKED_UP_AT
from connectdo.checks import Finding, must, should
from connectdo.config import KEPT_KEY
from connectdo.db import alembic, db

LETTERS_OF_A_SECRET = 32
ANYBODY_ELSE = 0o077
MB = 1024 * 1024
TOO_LITTLE_ROOM, LITTLE_ROOM = 500 * MB, 2048 * MB
BACKUP_IS_OLD = timedelta(days=2)


def add_checks(app: Flask) -> None:
    checks.add(app, "The settings", settings)
    checks.add(app, "The secret key", secret_key)
    checks.add(app, "The folder", folder)
    checks.add(app, "The database", database)
    checks.add(app, "The worker", worker)
    checks.add(app, "Backups", backups)


def settings() -> Iterator[Finding]:
    """Who may ask for pages, under which name, and whom visitors turn to."""
    config = current_app.config
    site, hosts = urlsplit(config["SITE"]), config["TRUSTED_HOSTS"]
    if not config["SESSION_COOKIE_SECURE"]:
        yield must(
            "Cookies may travel in the clear. Serve the site over https and set CONNECTDO_HTTPS=1."
        )
    if not site.netloc:
        yield must("Links in mails lead nowhere. Set CONNECTDO_SITE=https://your.address")
    elif site.scheme != "https":
        yield must("Links in mails begin with http. Begin CONNECTDO_SITE with https://")
    if not hosts:
        yield must("The site answers to any name. Set CONNECTDO_HOSTS to its own, your.address")
    elif site.netloc and not host_is_trusted(site.netloc, hosts):
        yield must(f"Links in mails are refused here. Add {site.netloc} to CONNECTDO_HOSTS.")
    if not config["PROXIES"]:
        yield must(
            "Every visitor seems to come from the proxy, so nobody is slowed down who tries "
            "passwords. Put nginx in front and set CONNECTDO_PROXIES=1."
        )
    if not config["CONTACT_EMAIL"]:
        yield should("Visitors have nobody to write to. Set CONNECTDO_CONTACT.")


def secret_key() -> Iterator[Finding]:
    """Long, and known to the site alone."""
    kept = Path(current_app.instance_path, KEPT_KEY)
    set_by_hand = bool(os.environ.get("CONNECTDO_SECRET_KEY"))
    if len(current_app.config["SECRET_KEY"]) < LETTERS_OF_A_SECRET:
        where, what = (
            ("in CONNECTDO_SECRET_KEY", "Unset it, and one is made.")
            if set_by_hand
            else (f"in {kept}", "Delete that file and start the site again.")
        )
        yield must(f"The secret key {where} is too short: who guesses it is anybody. {what}")
    if not set_by_hand and kept.stat().st_mode & ANYBODY_ELSE:
        yield must(f"Others on this machine can read the secret key. Do: chmod 600 {kept}")


def folder() -> Iterator[Finding]:
    """It has room."""
    path = Path(current_app.instance_path)
    yield from room(path, shutil.disk_usage(path).free)


def room(path: Path, free: int) -> Iterator[Finding]:
    """What is free on its disk, in bytes."""
    if free < LITTLE_ROOM:
        tell = must if free < TOO_LITTLE_ROOM else should
        yield tell(f"The disk of {path} has {free // MB:,} MB left. Make room.")


def database() -> Iterator[Finding]:
    """It answers, and is up to date."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        yield must(
            "The database does not answer. See that it runs, and that CONNECTDO_DATABASE_URL is "
            "right."
        )
        return
    if alembic.needs_upgrade():
        yield must("The database is older than the program. Bring it up to date: connectdo init")


def worker() -> Iterator[Finding]:
    if not lives(WORKER):
        yield must(
            "Nobody sends mails or forgets what is to be forgotten. Start the site: connectdo serve"
        )


def backups() -> Iterator[Finding]:
    """The last one that succeeded is not old. A backup notes its time."""
    note = Path(current_app.instance_path, BACKED_UP_AT)
    if not note.exists():
        yield must("There is no backup. Make one every day: connectdo backup FILE")
        return
    age = datetime.now(UTC) - datetime.fromisoformat(note.read_text().strip()).astimezone(UTC)
    if age > BACKUP_IS_OLD:
        yield must(
            f"The last backup is {age.days} days old. See why none was made since: "
            "connectdo backup FILE"
        )
