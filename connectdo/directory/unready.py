"""What a visitor is told while there is no index to answer from: the carrier is making one."""

from flask import Flask, Response, make_response, render_template, request

from connectdo.search.crisis import help_for
from connectdo.search.index import Unusable

SECONDS_TO_COME_BACK = 30


def init_app(app: Flask) -> None:
    app.register_error_handler(Unusable, _search_is_being_made_ready)


def _search_is_being_made_ready(_error: Unusable) -> Response:
    """Not sent again by itself: a page that moves while it is being read is hard for many."""
    body = render_template(
        "directory/unready.html",
        again=request.full_path.removesuffix("?"),
        crisis=help_for(request.args.get("q", "")),
    )
    response = make_response(body, 503)
    response.headers["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return response
