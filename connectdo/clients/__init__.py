"""Clients: the people whom a team walks beside, and who may see what is kept of them.

A record begins with a first name and nothing else. What is learnt is kept in the client's own
words. A team lead sees their team's clients; a coach their own, and those that a colleague has
them cover until a day. Nobody else does, except by breaking the glass: for a time, for a reason
that is kept, and with the lead told. Each look at a client is written down, in the audit.

    rules        who may see a client, and who may see what was written for colleagues only
    matching     what a client says -> interests; what is known -> a profile for the search
    everything   what every room holds about a client, to copy, to sum up and to forget
    telling      what this room holds, in words
    forgetting   records that close by themselves, and those that are deleted
    cleaning     the bytes of what was deleted
    alarms       records opened in an emergency, and worries: what leads are told at once
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.clients import cleaning, commands, everything, forgetting, telling, views

    app.register_blueprint(views.bp)
    everything.holds(app, "clients", telling.ROOM)
    app.cli.add_command(commands.teams)
    jobs.by_the_clock(app, "close_old_records", forgetting.close_and_forget, jobs.EVERY_NIGHT)
    jobs.by_the_clock(app, "fold_in_the_log", cleaning.fold_in_what_is_left, jobs.EVERY_MINUTE)
    jobs.by_the_clock(app, "write_tables_anew", cleaning.write_tables_anew, jobs.EVERY_NIGHT)
