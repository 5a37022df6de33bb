"""Post: the mails that are to be sent.

A mail is a row, written in the transaction of what it tells of, so that there is never one without
the other. The worker takes it, sends it and deletes it. While the mail server is away, mails wait.
A worker that dies between sending and deleting leaves a mail that is taken again after a while,
under the same Message-ID: the one moment in which a mail can go out twice, and mailboxes that
know the first show it once.

Without a mail server set, a mail becomes a file in instance/outbox.
"""

from flask import Flask

from connectdo import jobs


def init_app(app: Flask) -> None:
    from connectdo import checks
    from connectdo.post import commands
    from connectdo.post.actions import DELIVER
    from connectdo.post.checks import check
    from connectdo.post.delivering import deliver

    jobs.by_the_clock(app, DELIVER, deliver, jobs.EVERY_MINUTE)
    checks.add(app, "Mail", check)
    app.cli.add_command(commands.post)
