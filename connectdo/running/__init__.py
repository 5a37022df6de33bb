"""Running it: what an operator, a balancer and a monitor ask of the site.

`connectdo check` asks every room what is missing or unsafe (`connectdo.checks`), so a room's own
checks are in the room; here are those of the settings, the folder and the database. /health says
whether pages can be answered, and nothing else. Figures are told at an address of their own.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.running import health
    from connectdo.running.checks import add_checks

    app.register_blueprint(health.bp)
    add_checks(app)
    if app.config["METRICS"]:
        from connectdo.running.metrics import count_requests

        count_requests(app)
