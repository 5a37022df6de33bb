"""Outcomes: how the people of a team are, before and after, and what they went on to do.

A team chooses what it asks. Change is always that of the same people, before and after; how many
came back is said with it. Volunteers and peer supporters do not see any of this. The lead sees
exact figures; what leaves the team follows one rule (`rules`).

    instruments  the questionnaires, their answers and what each one measures
    scoring      answers -> scores, or why there is none
    change       first and last score -> how people changed
    rules        what may be told of a count
    telling      all of it, for the client's own copy
    counting     figures that stay when a client is forgotten

The words of SWEMWBS are licensed and are not here: whoever runs the site enters them from their
own copy. The table that turns its sums into scores is `swemwbs_raw_to_metric.csv`, from the
University of Warwick's "SWEMWBS raw score to metric score conversion table".
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.clients.everything import holds
    from connectdo.outcomes import commands, telling, views

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.outcomes)
    holds(app, "outcomes", telling.ROOM)
