"""Moderation: people check what is written here before, or soon after, others read it.

Every version of a listing is kept. What somebody writes waits for a moderator of the listing's
area, unless the organisation is trusted; then it is shown at once and looked at after. Reports of
visitors come into the same queue, and so do people who say that an imported listing is their
group, and listings that nobody confirms any more.

    actions      what organisers write, what moderators decide; each is put on record
    claims       who asks to look after an imported listing, and what moderators decide
    reports      what visitors say is wrong with a listing
    asking       the daily job that asks organisers whether a listing is still right, and answers
    queue        what waits for a moderator
    likely       which listings may be the same as one that waits
    links        which links a text has, and which nobody has seen yet
    wording      what two versions say differently, in a visitor's words
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.moderation import asking, commands, reports, views

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.reports)
    jobs.by_the_clock(app, "ask_if_still_right", asking.ask_around, jobs.EVERY_MORNING)
    jobs.by_the_clock(app, "forget_old_reports", reports.forget_old_reports, jobs.EVERY_NIGHT)
