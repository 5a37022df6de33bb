"""Words x interests x distance -> ranked listings, and why.

The database is the truth and the index a view of it. Whoosh stores the index and says what
is in it; arrays decoded from it once are what a search counts on (`index`, `snapshot`), and
`ranking` is the arithmetic, on its own, to be read.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import checks, meaning
    from connectdo.moderation.likely import found_by
    from connectdo.search import alike, commands, encoding, meaning_commands, sync
    from connectdo.search.checks import check, check_meaning
    from connectdo.search.door import Door

    reads_meaning = meaning.state(wanted=app.config["MEANING"]) == meaning.ON
    vectors = encoding.folder_of(app) if reads_meaning else None
    app.extensions["connectdo.search"] = Door(sync.folder_of(app), vectors)
    checks.add(app, "The index", check)
    checks.add(app, "What listings mean", check_meaning)
    found_by(app, alike.likely_the_same)
    sync.watch_sessions()
    app.cli.add_command(commands.search)
    app.cli.add_command(commands.index)
    app.cli.add_command(meaning_commands.meaning)
