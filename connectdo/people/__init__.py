"""People: who signs in, what they may do here, and how they come in.

Most people sign in by a link that is mailed to them, and need no password. Staff (moderators,
coaches, team leads, administrators) sign in with a password and a second step, for they see what
others told us. A mailed link lets them choose a new password, and never past the second step.

A sign-in is a row. The browser's cookie only holds its secret, so that signing out ends a copied
cookie too, and whatever changes a password or a role ends every sign-in of that person.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import checks, jobs
    from connectdo.people import actions, commands, here, views
    from connectdo.people.checks import check

    here.init_app(app)
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.people)
    checks.add(app, "The people who work here", check)
    jobs.by_the_clock(app, "forget_ended_sign_ins", actions.forget_ended, jobs.EVERY_NIGHT)
