"""The public's pages: home, results, a listing and things like it, an organisation, my list."""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.directory import commands, keeping, views

    app.register_blueprint(views.bp)
    app.context_processor(keeping.my_list_count)
    app.cli.add_command(commands.lists)
