"""No byte of who is forgotten is left in any file of the site."""

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients import cleaning, forgetting
from connectdo.clients.models import Client, Worry
from connectdo.db import db
from connectdo.post.delivering import deliver
from connectdo.search import sync
from connectdo.shortlists.sharing import link_of, mail, secret_of
from tests.clients.canaries import CANARY, sow
from tests.factories import make_client, make_coach
from tests.trust.site import FULL, say

PEOPLE = 50 if FULL else 3
# The gazetteer was made before anybody came, and has 5 MB of postcodes.
NOT_LOOKED_AT = ("places.sqlite3",)


def files_with(folder: Path, words: str) -> list[str]:
    return sorted(
        str(each.relative_to(folder))
        for each in folder.rglob("*")
        if each.is_file()
        and each.name not in NOT_LOOKED_AT
        and words.encode() in each.read_bytes().lower()
    )


def somebody() -> Client:
    """Somebody with a word in every field that can be written in, and a mail on its way to them."""
    client = make_client(make_coach())
    sow(client)
    link = link_of(client)
    assert link
    mail(f"{CANARY}@mail.example", f"https://groups.example/{secret_of(link)}", "22 December")
    db.session.commit()
    deliver()
    return client


def test_nobody_who_was_forgotten_is_in_any_file(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("What PostgreSQL keeps is told in tests/clients/test_cleaning.py")
    folder = Path(app.instance_path)
    started = time.monotonic()

    found_before, found_after, longest = [], [], 0.0
    for _ in range(PEOPLE):
        client = somebody()
        sync.sync()
        found_before.append(files_with(folder, CANARY))
        asked = time.monotonic()
        forgetting.forget(client)
        longest = max(longest, time.monotonic() - asked)
        without_a_record()
        found_after += files_with(folder, CANARY)

    say(
        f"== {PEOPLE} people forgotten in {time.monotonic() - started:.0f} s, the slowest took "
        f"{longest:.2f} s; files with a word of theirs: {found_after or 'none'}"
    )
    assert all("connectdo.sqlite3" in str(each) and "outbox" in str(each) for each in found_before)
    assert found_after == []


def without_a_record() -> None:
    """A worry about somebody who is no client here stays with the leads, until they go too."""
    for each in db.session.scalars(select(Worry)):
        db.session.delete(each)
    db.session.commit()
    cleaning.fold_in_the_log()
