"""Words x interests x distance -> ranked listings, and why.

The database is the truth and the index a view of it. Whoosh stores the index and says what
is in it; arrays decoded from it once are what a search counts on (`index`, `snapshot`), and
`ranking` is the arithmetic, on its own, to be read.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.search import commands, sync

    sync.watch_sessions()
    app.cli.add_command(commands.search)
    app.cli.add_command(commands.index)
