"""What is written down of how the site runs: one JSON object a line, on standard error.

A line of a request names the page, never its address, nor anything that anybody typed. Of a fault
it says what kind it is and where in the code it came up; not its message, which may repeat what
somebody wrote. What a library says is told without what it says that of.
"""

import json
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from errno import errorcode
from types import TracebackType
from typing import Any, TextIO, TypeVar
from uuid import uuid4

from flask import Flask, Response, g, has_request_context, request

HEADER = "X-Request-ID"
OURS = "connectdo"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MOST_FRAMES = 30
log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])


def as_lines(process: str, stream: TextIO | None = None) -> logging.Handler:
    """From here on this process writes lines, also when it ends by a fault. `process` is what it
    is: "web", "carrier", "worker"."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line(process))
    logging.getLogger().handlers = [handler]
    logging.getLogger(OURS).setLevel(logging.INFO)
    sys.excepthook = _ended
    threading.excepthook = lambda fault: _ended(
        fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback
    )
    return handler


def unlogged(view: View) -> View:
    """For a page that is asked for all day by a machine."""
    view.unlogged = True  # type: ignore[attr-defined]
    return view


def request_id() -> str:
    """What this request is called in our lines and in those of the proxy in front, which may have
    named it."""
    if "request_id" not in g:
        told = request.headers.get(HEADER, "")
        g.request_id = told if re.fullmatch(r"[\w-]{8,64}", told, re.ASCII) else uuid4().hex
    return str(g.request_id)


def method() -> str:
    """How a page was asked for; a browser may send any word there."""
    return request.method if request.method in METHODS else "other"


def seconds_so_far() -> float:
    """How long this request has taken."""
    return time.perf_counter() - float(g.get("began", time.perf_counter()))


def init_app(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.pop("request_id", None)
        g.began = time.perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        if not getattr(app.view_functions.get(request.endpoint or ""), "unlogged", False):
            told = {
                "method": method(),
                "page": request.endpoint,
                "status": response.status_code,
                "ms": round(1000 * seconds_so_far(), 1),
            }
            log.info("request", extra={"told": told})
        return response


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == OURS
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self.process,
            "from": record.name,
            "says": record.getMessage() if ours else _template(record),
            **getattr(record, "told", {}),
        }
        if has_request_context():
            line["request"] = request_id()
        if record.exc_info and record.exc_info[1]:
            line["fault"] = list(_kinds(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def _template(record: logging.LogRecord) -> str:
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def _kinds(fault: BaseException) -> Iterator[dict[str, object]]:
    """A fault, and those that led to it: what kind each is, and the way through the code to it."""
    told: set[int] = set()
    each: BaseException | None = fault
    while each is not None and id(each) not in told:
        told.add(id(each))
        frames = traceback.extract_tb(each.__traceback__)[-MOST_FRAMES:]
        way = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        kind = type(each)
        yield {"kind": f"{kind.__module__}.{kind.__qualname__}", **_code(each), "way": way}
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _code(fault: BaseException) -> dict[str, object]:
    """The name that a database or the system has for it, which says no more than that."""
    number = getattr(fault, "errno", None)
    names = (
        getattr(fault, "sqlite_errorname", None),
        getattr(fault, "sqlstate", None),
        errorcode.get(number) if isinstance(number, int) else None,
    )
    return next(({"code": str(name)} for name in names if name), {})


def _ended(kind: type[BaseException], fault: BaseException, where: TracebackType | None) -> None:
    log.critical("Ended by a fault.", exc_info=(kind, fault, where))
