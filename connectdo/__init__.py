"""Connect & Do: a community directory and matching service."""

from pathlib import Path

from flask import Flask

from connectdo import (
    access,
    config,
    db,
    directory,
    errors,
    headers,
    interchange,
    listings,
    moderation,
    pages,
    places,
    search,
)


def create_app(instance: Path | None = None) -> Flask:
    """The site: opens the floor, then each room. `instance` is the folder it owns."""
    folder = instance or config.instance_folder()
    app = Flask(__name__, instance_path=str(folder))
    app.config.from_mapping(config.settings(folder))
    for floor in (headers, errors, access, db, pages):
        floor.init_app(app)
    for room in (places, listings, moderation, search, directory, interchange):
        room.init_app(app)
    return app
