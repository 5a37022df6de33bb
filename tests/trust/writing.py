"""The site with one page more, which keeps listings as an editor's page would.

`python -m tests.trust.writing PORT` serves it as `connectdo serve` does.
"""

import os
import sys
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from connectdo import create_app, serving
from connectdo.access import public
from connectdo.db import db
from connectdo.listings.models import AccessAnswer, Interest, Listing
from connectdo.pages import csrf
from connectdo.ready import make_ready, warm

SOURCE = "written"


def site() -> Flask:
    app = create_app()
    app.add_url_rule("/kept", view_func=csrf.exempt(public(keep)), methods=["PUT"])
    return warm(make_ready(app))


def keep() -> ResponseReturnValue:
    """Adds, renames or deletes listings, whose names come by their keys; "" deletes. When it has
    answered, the change is committed."""
    names: dict[str, str] = request.get_json()
    there = select(Listing).where(Listing.source == SOURCE, Listing.source_id.in_(names))
    listings = {each.source_id: each for each in db.session.scalars(there)}
    interests = list(db.session.scalars(select(Interest).limit(2)))
    for key, name in names.items():
        if name and key not in listings:
            db.session.add(_listing(key, name, interests))
        elif name:
            listings[key].name = name
        elif key in listings:
            db.session.delete(listings[key])
    db.session.commit()
    return "", 204


def _listing(key: str, name: str, interests: list[Interest]) -> Listing:
    return Listing(
        kind="group",
        source=SOURCE,
        source_id=key,
        name=name,
        interests=list(interests),
        access=[AccessAnswer(feature="step_free", present=True)],
    )


if __name__ == "__main__":
    serving.shape = partial(serving.shape, app="tests.trust.writing:site()")
    raise SystemExit(serving.serve("127.0.0.1", int(sys.argv[1]), 2))
