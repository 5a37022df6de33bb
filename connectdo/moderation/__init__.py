"""Moderation: what visitors report, kept for a person to look at."""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.moderation import commands

    app.cli.add_command(commands.reports)
