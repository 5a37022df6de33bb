"""The site that is put under load, what there is to ask it for, and what goes on beside it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import select

from benchmarks.corpus import corpus_of
from benchmarks.load.mix import CARD, Mix
from benchmarks.load.people import coaches, members
from benchmarks.made_up import Author
from benchmarks.pages.client import Visitor
from benchmarks.pages.questions import address_of
from benchmarks.pages.site import free_port, wait_for
from benchmarks.queries import asked_of
from connectdo.db import db
from connectdo.listings.models import Interest, Listing, listing_interest
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from connectdo.progress import shown

# Those that nobody opens are renamed meanwhile.
RENAMED = 200
OF_EACH = 300
LOADED = "load"


@contextmanager
def served(workers: int, log: Path) -> Iterator[int]:
    """The port of the site in the environment, its carrier and its worker, served in earnest. What
    they say is put in a file."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.load.served", str(port), str(workers)]
    with log.open("w") as lines:
        site = subprocess.Popen(command, stderr=lines)  # noqa: S603
        try:
            wait_for(port, site)
            yield port
        finally:
            site.terminate()
            site.wait(timeout=60)


def mix_of(app: Flask, folder: Path, size: int) -> Mix:
    """The people, made now, and the pages."""
    with app.app_context():
        return Mix(
            searches=[(address_of(each), 0) for each in asked_of(corpus_of(folder, size, shown))],
            pages={
                "home": [("/", "Browse by interest")],
                "listing": _pages("listings", select(Listing.id, Listing.name), size),
                "organisation": _pages(
                    "organisations",
                    select(Organisation.id, Organisation.name).join(Listing).distinct(),
                ),
                "area": _pages("areas", select(Area.slug, Area.name)),
                "interest": _pages(
                    "interests", select(Interest.slug, Interest.name).join(listing_interest)
                ),
            },
            coaches=list(coaches(app)),
            members=list(members(app, size)),
        )


def with_cards(mix: Mix, port: int) -> Mix:
    """The same, told how many cards each search shows while nothing goes on."""
    with Visitor(port) as visitor:
        cards = [(path, visitor.get(path).text().count(CARD.encode())) for path, _ in mix.searches]
    return Mix(cards, mix.pages, mix.coaches, mix.members)


def rows(path: Path, how_many: int) -> Path:
    """A file of listings to be taken in."""
    author = Author(seed=7)
    with path.open("w") as file:
        for made_up in author.listings(how_many):
            listing = made_up.listing
            row = {
                "id": listing.id,
                "source": LOADED,
                "kind": listing.kind,
                "name": listing.name,
                "description": listing.description,
                "organisation": listing.organisation and listing.organisation.name,
                "lat": listing.venue and listing.venue.latitude,
                "lon": listing.venue and listing.venue.longitude,
                "tags": [each.name for each in listing.interests],
            }
            file.write(json.dumps({name: said for name, said in row.items() if said}) + "\n")
    return path


def take_in(path: Path) -> float:
    """Imports a file as an operator would: how many seconds it took."""
    start = time.monotonic()
    command = [sys.executable, "-m", "connectdo.cli", "import", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.monotonic() - start


def rename(app: Flask, number: int) -> str:
    """Gives a listing a new name, committed; returns the new word in it."""
    word = f"lantern{number}x"
    with app.app_context():
        last = db.session.scalars(
            select(Listing.id).where(Listing.source != LOADED).order_by(Listing.id.desc())
        ).first()
        listing = db.session.get_one(Listing, (last or 0) - number % RENAMED)
        listing.name = f"{word} {listing.name}"[:200]
        db.session.commit()
    return word


def _pages(kind: str, query: Sequence[object] | object, size: int = 0) -> list[tuple[str, str]]:
    """Addresses of pages of a kind, each with the name that it shows."""
    found = sorted({tuple(row) for row in db.session.execute(query)})  # type: ignore[call-overload]
    some = [each for each in found if not size or each[0] <= size - RENAMED]
    return [
        (f"/{kind}/{key}", name) for key, name in Random(3).sample(some, min(len(some), OF_EACH))
    ]
