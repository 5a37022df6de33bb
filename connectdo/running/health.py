"""Whether pages can be answered, for a balancer."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from connectdo.access import public
from connectdo.db import db
from connectdo.headers import keep_private
from connectdo.logs import unlogged
from connectdo.search.finding import snapshot
from connectdo.search.index import Unusable
from connectdo.search.models import SearchState

bp = Blueprint("running", __name__)


@bp.get("/health")
@public
@unlogged
def health() -> ResponseReturnValue:
    """Asked every few seconds: one row is read, and the index only if it has changed."""
    try:
        db.session.execute(select(SearchState.rev)).one()
        snapshot()
        response = Response("ok\n", 200, mimetype="text/plain")
    except (SQLAlchemyError, Unusable):
        response = Response("away\n", 503, mimetype="text/plain")
    keep_private(response)
    return response
