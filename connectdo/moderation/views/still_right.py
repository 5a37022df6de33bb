"""Behind the link of "is this still right?": it needs no account. Looking changes nothing, since
programs that look through mail open links; a person presses the button."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.access import public
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import LIVE, STOPPED, Listing
from connectdo.moderation import actions, asking, wording
from connectdo.moderation.views import bp
from connectdo.people.models import Person
from connectdo.wording import date_in_words

LINK = "/still-right/<token>"


@bp.get(LINK)
@public
def still_right(token: str) -> ResponseReturnValue:
    return _page(token, "still_right")


@bp.post(LINK)
@public
def confirm(token: str) -> ResponseReturnValue:
    found = _open(token)
    if found:
        listing, person = found
        audit.about("listing", listing.id)
        asking.confirm(person, listing)
        db.session.commit()
    return redirect(url_for(".still_right", token=token), 303)


@bp.get(f"{LINK}/stopped")
@public
def has_stopped(token: str) -> ResponseReturnValue:
    return _page(token, "has_stopped")


@bp.post(f"{LINK}/stopped")
@public
def stop(token: str) -> ResponseReturnValue:
    found = _open(token)
    if found:
        listing, person = found
        audit.about("listing", listing.id)
        actions.stop(person, listing)
        db.session.commit()
    return redirect(url_for(".still_right", token=token), 303)


def _open(token: str) -> tuple[Listing, Person] | None:
    found = asking.behind(token)
    return found[:2] if found and found[2] else None


def _page(token: str, name: str) -> ResponseReturnValue:
    found = asking.behind(token)
    if found is None:
        return render_template("moderation/link_ended.html"), 410
    listing, _, is_open = found
    today = london_today()
    confirmed = listing.confirmed_on
    return render_template(
        f"moderation/{name if is_open else 'answered'}.html",
        listing=listing,
        token=token,
        lines=wording.shown_in_words(listing, today),
        confirmed=date_in_words(confirmed, today, weekday=False) if confirmed else "",
        is_live=listing.status == LIVE,
        is_stopped=listing.status == STOPPED,
    )
