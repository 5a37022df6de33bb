"""What comes in by the web is made one way before anything reads it: in Unicode NFC, without the
characters that say nothing and that PostgreSQL refuses."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from connectdo.text import UNWANTED

# The fields that files are asked for by.
FILES = frozenset(("file", "photo"))


class Typed(ImmutableMultiDict[str, Any]):
    """What an address asks or a form says. Files are left as they are; one that is sent for words
    is not there."""

    def __init__(self, sent: Iterable[tuple[str, Any]] = ()) -> None:
        asked_for = (each for each in sent if each[0] in FILES or not _is_file(each[1]))
        super().__init__([(_plain(name), _plain(value)) for name, value in asked_for])


class EdgeRequest(Request):
    """A request whose words are plain."""

    parameter_storage_class = Typed


def init_app(app: Flask) -> None:
    app.request_class = EdgeRequest
    app.before_request(_no_such_path)


def _no_such_path() -> None:
    if UNWANTED.search(request.path):
        abort(404)


def _is_file(value: Any) -> bool:
    return isinstance(value, FileStorage)


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", UNWANTED.sub("", value))
