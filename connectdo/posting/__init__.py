"""Posting: people write their own groups and events, and look after them.

A listing is written on short pages, each one form, and kept after every page as a draft that only
its writer can read. What is sent goes to `moderation`, which decides when the public sees it. The
last page before that is the public's own page of a listing, made from the draft.

    answers      what was said, in the shape of `listings.said`; pure
    pages        which pages there are, and which comes next; pure
    suggesting   interests that a description speaks of; pure
    comparing    what two people made of one listing; pure
    organisers   who looks after an organisation: invited, removed, leaving
    claiming     how an imported listing gets somebody who looks after it

A calendar that somebody keeps elsewhere is looked at first, and followed from then on.

    from_calendar  what the page of an event says; what changes with it; no table is read
    giving         what somebody gives, kept until they say yes
    following      what is in it is posted, changed and taken off
    looking        the worker's job: the calendars that are due
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.posting import actions, giving, looking, views

    app.register_blueprint(views.bp)
    jobs.by_the_clock(app, "forget_old_drafts", actions.forget_old, jobs.EVERY_NIGHT)
    jobs.by_the_clock(app, "forget_photos", actions.forget_unused_photos, jobs.EVERY_NIGHT)
    jobs.by_the_clock(app, "look_at_calendars", looking.look_around, jobs.EVERY_HOUR)
    jobs.by_the_clock(app, "forget_calendar_drafts", giving.forget_old_drafts, jobs.EVERY_NIGHT)
