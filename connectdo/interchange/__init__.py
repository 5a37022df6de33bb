"""Listings in and out in other people's formats: CSV and JSON Lines today.

A row becomes a draft, which is checked whole before anything is written, so that a row goes
in entirely or not at all. What was wrong is said in words the sender can act on.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.interchange import commands

    app.cli.add_command(commands.import_listings)
    app.cli.add_command(commands.sample)
