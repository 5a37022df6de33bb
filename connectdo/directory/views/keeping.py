"""My list: what a visitor keeps, prints and shares, without an account."""

from flask import (
    Response,
    abort,
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.access import public
from connectdo.db import db
from connectdo.directory import actions, counted, keeping, queries
from connectdo.directory.models import KeptList
from connectdo.directory.sheet import entries
from connectdo.directory.views import bp
from connectdo.listings.models import LIVE, STOPPED, Listing
from connectdo.local import is_local
from connectdo.pages import ID
from connectdo.search.finding import moment

LISTING = f"<{ID}:listing_id>"


@bp.get("/my-list")
@public
def my_list() -> ResponseReturnValue:
    kept_list = queries.get_kept_list(keeping.list_id())
    token = keeping.known_link(kept_list) if kept_list else None
    link = url_for(".shared", token=token, _external=True) if token else None
    return _private("my_list.html", kept_list, link=link)


@bp.post(f"/my-list/{LISTING}")
@public
def keep(listing_id: int) -> ResponseReturnValue:
    listing = _listing(listing_id)
    kept_list = actions.list_to_change(keeping.list_id()) or actions.start_list()
    try:
        is_new = actions.keep_listing(kept_list, listing)
    except actions.ListIsFull:
        full = f"Your list holds {actions.MOST_KEPT} things and is full. Remove something first."
        _say(full, "note")
        return _back()
    db.session.commit()
    if is_new:
        counted.kept(listing.id)
    keeping.remember(kept_list)
    _say(f"Added {listing.name} to your list.")
    return _back()


@bp.post(f"/my-list/{LISTING}/remove")
@public
def drop(listing_id: int) -> ResponseReturnValue:
    listing = _listing(listing_id)
    kept_list = actions.list_to_change(keeping.list_id())
    if kept_list:
        actions.drop_listing(kept_list, listing)
        db.session.commit()
        _say(f"Removed {listing.name} from your list.")
    return _back()


@bp.post("/my-list/clear")
@public
def clear() -> ResponseReturnValue:
    kept_list = actions.list_to_change(keeping.list_id())
    if kept_list:
        actions.clear_list(kept_list)
        db.session.commit()
        _say("Your list is cleared.")
    keeping.forget()
    return _back()


@bp.post("/my-list/share")
@public
def share() -> ResponseReturnValue:
    kept_list = actions.list_to_change(keeping.list_id())
    if kept_list and not keeping.known_link(kept_list):
        token = actions.share_list(kept_list)
        db.session.commit()
        keeping.remember_link(token)
    return redirect(url_for(".my_list", _anchor="share"), 303)


@bp.post("/my-list/stop-sharing")
@public
def stop_sharing() -> ResponseReturnValue:
    kept_list = actions.list_to_change(keeping.list_id())
    if kept_list:
        actions.stop_sharing(kept_list)
        db.session.commit()
        _say("You have stopped sharing your list. The link does not work any more.")
    keeping.forget_link()
    return redirect(url_for(".my_list"), 303)


@bp.get("/lists/<token>")
@public
def shared(token: str) -> ResponseReturnValue:
    kept_list = queries.shared_list(token) or abort(404)
    return _private("shared.html", kept_list, kept=keeping.kept_ids())


def _listing(listing_id: int) -> Listing:
    found = db.session.get(Listing, listing_id)
    return found if found and found.status in (LIVE, STOPPED) else abort(404)


def _say(message: str, kind: str = "message") -> None:
    """Tells the visitor on the next page. Only the last of several: a button pressed twice
    says its message once, and the cookie that carries messages stays small."""
    get_flashed_messages()
    flash(message, kind)


def _back() -> Answer:
    """To where the visitor was, if the form says and it is on this site; else to their list."""
    came_from = request.form.get("next", "")
    return redirect(came_from if is_local(came_from) else url_for(".my_list"), 303)


def _private(template: str, kept_list: KeptList | None, **shown: object) -> Response:
    """A page with a list on it, which nothing keeps and no other site hears of."""
    now = moment(None)
    listings = queries.kept_listings(kept_list) if kept_list else []
    shown |= {"kept_list": kept_list, "entries": entries(listings, now)}
    page = render_template(f"directory/{template}", today=f"{now.day} {now:%B %Y}", **shown)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
