"""Exceptions to pages: what happened in plain words, and what to do next."""

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable

SECONDS_TO_COME_BACK = 30


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(CSRFError, _page)
    app.register_error_handler(SecurityError, _host_is_refused)
    app.register_error_handler(OperationalError, _database_is_away)


def _page(error: HTTPException) -> Response:
    """The page for any HTTP error. One that is really an answer (a redirect) stays as it is."""
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    body = render_template("errors/error.html", code=error.code)
    response = make_response(body, error.code)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(allowed)
    return response


def _host_is_refused(_error: SecurityError) -> Response:
    """Plain words without a page: a page has links, and no host is left to build them from."""
    return Response("This site does not answer to that name.\n", 400, mimetype="text/plain")


def _database_is_away(_error: OperationalError) -> Response:
    response = _page(ServiceUnavailable())
    response.headers["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return response
