"""Who may enter a page. A page that says nothing is closed.

Every view carries one of the marks below, set by its decorator; `close_what_is_silent`
turns visitors away from a view with none. A test walks all routes and fails on a silent one.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, request

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anyone may enter, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def who_may_enter(app: Flask, endpoint: str) -> str | None:
    """The mark of a view, None for one that is silent."""
    return getattr(app.view_functions[endpoint], "access", None)


def init_app(app: Flask) -> None:
    public(app.view_functions["static"])

    @app.before_request
    def close_what_is_silent() -> None:
        endpoint = request.endpoint
        if endpoint is not None and who_may_enter(app, endpoint) is None:
            abort(404)
