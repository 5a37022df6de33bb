"""The public's pages: home, results, a listing and things like it, an organisation, my list."""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo.directory import models, views

    assert models
    app.register_blueprint(views.bp)
