"""Exceptions to pages: what happened in plain words, and what to do next."""

import sqlite3
from errno import EDQUOT, ENOSPC
from functools import partial
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable

from connectdo import logs

SECONDS_TO_COME_BACK = 30
# Away, full or busy: by the database's own word, by its driver's where no session asked, and where
# all connections are in use.
AWAY = (OperationalError, InterfaceError, TimeoutError, sqlite3.OperationalError)
NO_ROOM = (ENOSPC, EDQUOT)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(CSRFError, _page)
    app.register_error_handler(SecurityError, _host_is_refused)
    for fault in AWAY:
        app.register_error_handler(fault, _come_back)
    app.register_error_handler(OSError, _no_room)
    app.log_exception = partial(_log, app)  # type: ignore[method-assign]


def _log(app: Flask, fault: Any) -> None:
    """Names the page and not its address, which may hold the secret of a link."""
    app.logger.error("Exception on %s [%s]", request.endpoint, logs.method(), exc_info=fault)


def _page(error: HTTPException) -> Response:
    """The page for any HTTP error. One that is really an answer (a redirect) stays as it is."""
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    body = render_template("errors/error.html", code=error.code, reference=logs.request_id())
    response = make_response(body, error.code)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(allowed)
    return response


def _host_is_refused(_error: SecurityError) -> Response:
    """Plain words without a page: a page has links, and no host is left to build them from."""
    return Response("This site does not answer to that name.\n", 400, mimetype="text/plain")


def _come_back(fault: Exception) -> Response:
    """What was asked for cannot be done now, but soon."""
    logs.log.error("Not now: %s", request.endpoint, exc_info=fault)
    response = _page(ServiceUnavailable())
    response.headers["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return response


def _no_room(fault: OSError) -> Response:
    """A full disk is somebody's to see to; every other fault of this kind is our own."""
    if fault.errno not in NO_ROOM:
        raise fault
    return _come_back(fault)
