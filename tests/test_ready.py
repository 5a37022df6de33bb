"""Starting up: what is missing is made, what is there is kept."""

import shutil

from flask import Flask
from sqlalchemy import func, select

from connectdo.db import db
from connectdo.listings.models import Interest, Listing
from connectdo.ready import make_ready, warm
from connectdo.search import sync
from connectdo.search.finding import find
from connectdo.search.query import Query
from tests.factories import make_listing


def test_the_sample_is_taken_in_once_and_what_was_there_is_kept(app: Flask) -> None:
    runner = app.test_cli_runner()

    first = runner.invoke(args=["sample", "--if-empty"])
    gone = db.session.scalars(select(Listing).order_by(Listing.id)).first()
    db.session.delete(gone)
    db.session.commit()
    second = runner.invoke(args=["sample", "--if-empty"])

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 209


def test_making_ready_again_keeps_edited_words(app: Flask) -> None:
    interest = db.session.scalars(select(Interest).where(Interest.slug == "choir")).one()
    interest.words = ["sing-song"]
    db.session.commit()

    make_ready(app)

    db.session.refresh(interest)
    assert interest.words == ["sing-song"]


def test_a_server_starts_without_an_index_too(app: Flask) -> None:
    shutil.rmtree(sync.folder())

    warm(app)

    assert not sync.folder().exists()


def test_a_server_that_starts_has_read_the_index(app: Flask) -> None:
    make_listing("Choir")
    sync.sync()

    warm(app)
    shutil.rmtree(sync.folder())

    assert find(Query(text="choir")).total == 1
