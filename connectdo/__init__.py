"""Connect & Do: a community directory and matching service."""

from pathlib import Path

from flask import Flask

from connectdo import (
    access,
    audit,
    backup,
    clients,
    coaching,
    config,
    db,
    directory,
    edge,
    errors,
    headers,
    insight,
    interchange,
    jobs,
    limits,
    listings,
    logs,
    moderation,
    outcomes,
    pages,
    people,
    places,
    post,
    posting,
    programmes,
    running,
    search,
    shortlists,
)


def create_app(instance: Path | None = None, **changed: object) -> Flask:
    """The site: opens the floor, then each room. `instance` is the folder it owns, `changed` are
    settings that are other than the environment says."""
    folder = instance or config.instance_folder()
    config.close_to_others(folder)
    app = Flask(__name__, instance_path=str(folder))
    app.config.from_mapping(config.settings(folder), **changed)
    for floor in (logs, headers, errors, edge, db, access, pages, jobs, limits):
        floor.init_app(app)
    rooms = (
        *(audit, post, places, people, listings, moderation, search, insight, directory),
        *(clients, shortlists, programmes, outcomes, backup),
        *(coaching, posting, interchange, running),
    )
    for room in rooms:
        room.init_app(app)
    return app
