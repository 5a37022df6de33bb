"""The public's pages: home, results, a listing and things like it, an organisation, my list."""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.directory import actions, keeping, unready, views

    app.register_blueprint(views.bp)
    unready.init_app(app)
    app.context_processor(keeping.my_list_count)
    jobs.by_the_clock(app, "forget_old_lists", actions.forget_old_lists, jobs.EVERY_NIGHT)
