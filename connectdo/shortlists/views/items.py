"""A client's shortlist: its order, where each thing has got to, and several side by side."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.clients.here import CLIENT, Here, client_here, client_to_change
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.days import london_day
from connectdo.db import db
from connectdo.directory.sheet import Entry, entries
from connectdo.listings.choices import BOOKING
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.search.finding import moment
from connectdo.search.wording import confirmed_in_words
from connectdo.shortlists import actions, queries, sharing
from connectdo.shortlists.finding import miles_to
from connectdo.shortlists.forms import ItemForm
from connectdo.shortlists.models import NO, Item
from connectdo.shortlists.once import done_before
from connectdo.shortlists.since import changes, facts
from connectdo.shortlists.views import bp
from connectdo.shortlists.wording import STATES, TAGS, state_in_words
from connectdo.wording import date_in_words

ITEM = f"{CLIENT}/shortlist/<{ID}:item_id>"
FEWEST_COMPARED, MOST_COMPARED = 2, 4
OVERTAKEN = (
    "Somebody else changed this meanwhile. What you wrote is below. Look at both, then save."
)


class Shown(NamedTuple):
    """Something on a shortlist in words, and what has changed since the coach last saw it."""

    item: Item
    entry: Entry
    state: str
    tag: str
    changed: list[str]


@bp.get(f"{CLIENT}/shortlist")
@those_who_may_see
def shortlist(client_id: int) -> ResponseReturnValue:
    here, now = client_here(client_id), moment(None)
    items, declined = queries.items_of(here.client), queries.declined_by(here.client)
    return render_template(
        "shortlists/shortlist.html",
        here=here,
        shown=_shown(items, now),
        declined=declined,
        said=_said(here, [*items, *declined], now.date()),
        most=MOST_COMPARED,
    )


@bp.route(ITEM, methods=["GET"])
@those_who_may_see
def item(client_id: int, item_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    return _page(here, _item(here, item_id))


@bp.post(ITEM)
@coaches
def change(client_id: int, item_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    found = _item(here, item_id)
    if done_before():
        return _to_list(client_id, found)
    form = ItemForm(found, moment(None).date(), for_colleagues=here.for_colleagues)
    if not form.validate_on_submit():
        return _page(here, found, form), 422
    try:
        actions.change(found, person_here(), form.number_read, form.values())
    except actions.Overtaken:
        db.session.rollback()
        form.number.data = str(found.number)
        flash(OVERTAKEN, "note")
        return _page(here, found, form, theirs=True), 409
    db.session.commit()
    flash("Saved.")
    return _to_list(client_id, found)


@bp.post(f"{ITEM}/<any(up, down):way>")
@coaches
def move(client_id: int, item_id: int, way: str) -> ResponseReturnValue:
    here = client_to_change(client_id)
    found = _item(here, item_id)
    if not done_before():
        actions.move(found, up=way == "up")
        db.session.commit()
    return _to_list(client_id, found)


@bp.post(f"{ITEM}/seen")
@coaches
def seen(client_id: int, item_id: int) -> ResponseReturnValue:
    """What has changed was read, and what they said of it."""
    here = client_to_change(client_id)
    found = _item(here, item_id)
    if not done_before():
        actions.seen(found, moment(None).date())
        sharing.seen(found)
        db.session.commit()
    return _to_list(client_id, found)


@bp.post(f"{ITEM}/remove")
@coaches
def drop(client_id: int, item_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    found = _item(here, item_id)
    name = found.listing.name
    actions.drop(found)
    db.session.commit()
    flash(f"{name} is off the list.")
    return redirect(url_for(".shortlist", client_id=client_id), 303)


@bp.get(f"{CLIENT}/compare")
@those_who_may_see
def compare(client_id: int) -> ResponseReturnValue:
    """Two to four, side by side."""
    here, now = client_here(client_id), moment(None)
    asked = request.args.getlist("item")
    chosen = [each for each in queries.items_of(here.client) if str(each.id) in asked]
    if not FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED:
        flash(f"Tick {FEWEST_COMPARED} to {MOST_COMPARED} things to compare them.", "note")
        return redirect(url_for(".shortlist", client_id=client_id), 303)
    return render_template(
        "shortlists/compare.html",
        here=here,
        shown=_shown(chosen, now),
        miles=miles_to(here.client, chosen),
        booking=BOOKING,
        confirmed=lambda day: confirmed_in_words(day, now.date()) if day else "never confirmed",
    )


def _item(here: Here, item_id: int) -> Item:
    return queries.item_of(here.client, item_id) or abort(404)


def _shown(items: Sequence[Item], now: datetime) -> list[Shown]:
    today = now.date()
    return [
        Shown(
            each,
            entry,
            state_in_words(each, today),
            TAGS.get(each.state, "plain"),
            changes(each.seen, facts(each.listing, today), today) if each.seen else [],
        )
        for each, entry in zip(items, entries([i.listing for i in items], now), strict=True)
    ]


def _said(here: Here, items: Sequence[Item], today: date) -> dict[int, list[str]]:
    """What they said behind their link that nobody has seen, in words by the item's id."""
    return {
        item_id: [sharing.said_in_words(here.client.name, each, today) for each in every]
        for item_id, every in sharing.replies_to(items).items()
    }


def _page(here: Here, found: Item, form: ItemForm | None = None, *, theirs: bool = False) -> str:
    now = moment(None)
    today = now.date()
    (shown,) = _shown([found], now)
    return render_template(
        "shortlists/item.html",
        here=here,
        shown=shown,
        form=form or ItemForm(found, today, for_colleagues=here.for_colleagues),
        theirs=theirs,
        steps=[(STATES[s.state], date_in_words(london_day(s.at), today)) for s in found.steps],
    )


def _to_list(client_id: int, found: Item) -> Answer:
    g.done = found.number
    anchor = "no" if found.state == NO else f"item-{found.id}"
    return redirect(url_for(".shortlist", client_id=client_id, _anchor=anchor), 303)
