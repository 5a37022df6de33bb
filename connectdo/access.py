"""Who may enter a page. A page that says nothing is closed.

Every view carries one of the marks below, set by its decorator: the kinds of visitor that may
enter. A stranger is led to sign in where that would help; everybody else whom a page is not for
is told that there is no such page. A test walks all routes as every kind of visitor, and fails
on a route that it does not know.

Which *record* a visitor may see is the room's to say: `allow(rules.can_edit(person, listing))`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from connectdo.headers import keep_private

View = TypeVar("View", bound=Callable[..., Any])

STRANGER, MEMBER = "stranger", "member"
MODERATOR, COACH, TEAM_LEAD, ADMINISTRATOR = "moderator", "coach", "team_lead", "administrator"
STAFF = (MODERATOR, COACH, TEAM_LEAD, ADMINISTRATOR)
# What addresses call the part of them that only who was given it knows.
SECRETS = {"secret", "token"}


def public(view: View) -> View:
    """Anyone may enter, signed in or not."""
    return _mark(view, STRANGER, MEMBER)


def members(view: View) -> View:
    """Whoever has signed in may enter."""
    return _mark(view, MEMBER)


def staff(*roles: str) -> Callable[[View], View]:
    """Whoever has signed in and has one of the roles may enter. No role includes another."""
    if not roles or not set(roles) <= set(STAFF):
        raise ValueError(roles)
    return lambda view: _mark(view, *roles)


def allow(may: bool) -> None:
    """Goes on if a rule says so. Another's record looks like one that is not there."""
    if not may:
        abort(404)


def who_may_enter(app: Flask, endpoint: str) -> frozenset[str]:
    """The kinds of visitor a view is open to; none for one that is silent."""
    return getattr(app.view_functions[endpoint], "access", frozenset())


def init_app(app: Flask) -> None:
    public(app.view_functions["static"])

    @app.before_request
    def turn_away() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        allowed = who_may_enter(app, request.endpoint)
        if not allowed:
            abort(404)
        if STRANGER in allowed:
            return None
        if not current_user.is_authenticated:
            here = request.full_path.removesuffix("?") if request.method == "GET" else None
            return redirect(url_for("people.sign_in", next=here), 303)
        allow(not allowed.isdisjoint({MEMBER, *current_user.roles}))
        return None

    @app.after_request
    def keep_to_those_who_may_enter(response: Response) -> Response:
        if request.endpoint and (
            STRANGER not in who_may_enter(app, request.endpoint)
            or SECRETS & (request.view_args or {}).keys()
        ):
            keep_private(response)
        return response


def _mark(view: View, *kinds: str) -> View:
    view.access = frozenset(kinds)  # type: ignore[attr-defined]
    return view
