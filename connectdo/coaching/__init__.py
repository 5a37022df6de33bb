"""Coaching: where a coach begins the day, and one page of everything about a client.

It stands above the rooms that hold the parts: `clients` (the record and who may see it),
`shortlists`, `programmes` and `outcomes`.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.coaching import views

    app.register_blueprint(views.bp)
