"""Listings: groups and events, their times and venues, and the vocabulary of interests."""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.listings import commands

    app.cli.add_command(commands.interests)
