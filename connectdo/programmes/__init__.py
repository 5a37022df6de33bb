"""Programmes: the (up to) twelve weeks of a client, and each contact with them.

A programme begins at the first meeting. What it offers is worked out from what is kept: when it
began, the contacts, and what was said of a step. To which programme a contact belongs is worked
out too, from its day, so that a day that is put right needs nothing else put right.

    weeks     contact -> its programme and week
    steps     what a programme offers, and when
    totals    contacts -> how many, how long, and that in a sentence
    due       what is due for many clients, and who has not been heard of
    days      a day as a coach writes it -> the date
    telling   what this room holds about a client, in words

All of these but the last are pure.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.clients import everything
    from connectdo.programmes import telling, views

    everything.holds(app, "programmes", telling.ROOM)
    app.register_blueprint(views.bp)
