"""Shortlists: what a coach and a client find together, keep, try, and drop.

From a client's page the search is already theirs: what is known of them ranks the listings, with
no words needed. What they keep is in an order of their own, with why it was chosen; where each
has got to keeps its dates. What they said no to is not found again.

    finding        what would suit a client
    since          what has changed in a listing since the coach last looked
    telling        what this room holds about a client, in words
    news           tells coaches, once a week at most, that something new would suit
    once           what a device sends late, perhaps twice, is done once
    taking_home    the sheet that a client takes home; pdf is the same as a file
    getting_there  how long on foot, and a journey planner
    sharing        the link that a client takes home, and what they say there
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.clients import everything
    from connectdo.shortlists import news, once, sharing, telling, views

    everything.holds(app, "shortlists", telling.ROOM)
    app.register_blueprint(views.bp)
    jobs.by_the_clock(app, "forget_done_once", once.forget_old, jobs.EVERY_NIGHT)
    jobs.by_the_clock(app, "tell_of_new_things", news.tell_coaches, jobs.EVERY_MORNING)
    jobs.by_the_clock(app, "forget_shared_lists", sharing.forget_ended, jobs.EVERY_NIGHT)
