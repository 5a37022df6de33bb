"""A calendar that somebody keeps already: given, looked at, followed."""

from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import allow, members
from connectdo.calendars import BadAddress, BadCalendar, CannotFetch, read_calendar
from connectdo.calendars.addresses import read_address
from connectdo.db import db
from connectdo.listings.queries import vocabulary
from connectdo.moderation.rules import looks_after
from connectdo.organisations.queries import get_organisation
from connectdo.pages import ID
from connectdo.people.here import person_here, within
from connectdo.posting import actions, following, giving, looking, queries
from connectdo.posting.answers import blank
from connectdo.posting.comparing import in_words
from connectdo.posting.forms.calendar import CalendarForm, RestForm, StopFollowingForm
from connectdo.posting.giving import Offer
from connectdo.posting.limits import CALENDARS, LOOKS
from connectdo.posting.models import LEFT_OUT, MISSING, POSTED, CalendarDraft, FollowedCalendar
from connectdo.posting.views import bp
from connectdo.search.finding import moment

CALENDAR = f"/calendars/<{ID}:calendar_id>"
GIVEN = f"/calendars/given/<{ID}:given_id>"


class Shown(NamedTuple):
    """An event as it would be posted, in words."""

    uid: str
    name: str
    when: str
    where: str
    about: str
    website: str
    lines: list[str]
    is_ticked: bool
    is_there: bool


@bp.route("/calendars/add", methods=["GET", "POST"])
@members
def add_calendar() -> ResponseReturnValue:
    return _asked(None)


@bp.route(f"{CALENDAR}/change", methods=["GET", "POST"])
@members
def change_calendar(calendar_id: int) -> ResponseReturnValue:
    """Another address, a newer file, or another choice of what is posted."""
    return _asked(own_calendar(calendar_id))


@bp.route(f"{GIVEN}/rest", methods=["GET", "POST"])
@members
def calendar_rest(given_id: int) -> ResponseReturnValue:
    """What a calendar does not say, where there is no page to take it from."""
    draft = own_draft(given_id)
    answers = {
        **blank(),
        **draft.rest,
        "organisation_id": draft.organisation_id,
        "organisation_name": draft.organisation_name,
    }
    form = RestForm(answers, queries.looked_after(person_here()), vocabulary())
    if form.validate_on_submit():
        said = form.said()
        known = said["organisation_id"]
        organisation = get_organisation(known) if known else None
        fault = giving.why_not(organisation, None, draft.address) if organisation else ""
        if not fault:
            name = said["organisation_name"]
            giving.answer_rest(draft, organisation, name, {**answers, **said})
            db.session.commit()
            return redirect(url_for(".calendar_preview", given_id=draft.id), 303)
        form.organisation.errors = [fault]
    page = render_template(
        "posting/calendar_rest.html", form=form, draft=None, back=url_for(".add_calendar")
    )
    return page, 422 if form.errors else 200


@bp.route(GIVEN, methods=["GET", "POST"])
@members
def calendar_preview(given_id: int) -> ResponseReturnValue:
    """All that would be posted. What is not ticked stays out."""
    draft = own_draft(given_id)
    if not draft.rest:
        return redirect(url_for(".calendar_rest", given_id=draft.id), 303)
    if request.method == "POST":
        return _follow(draft)
    now = moment(None)
    offers, refused, gone = giving.offers(draft, read_calendar(draft.data, now.date()), now)
    return render_template(
        "posting/calendar_preview.html",
        draft=draft,
        shown=_shown(offers, now),
        refused=refused,
        gone=gone,
        waits=giving.waits(draft, offers),
    )


@bp.post(f"{CALENDAR}/look")
@members
def look_at_calendar(calendar_id: int) -> ResponseReturnValue:
    calendar = own_calendar(calendar_id)
    within(LOOKS)
    fault = looking.look_at(calendar.id, looking.SECONDS_OF_A_PAGE)
    if fault:
        flash(fault, "note")
    else:
        flash("We have looked at your calendar. Your pages say what it says.")
    return redirect(url_for(".groups"), 303)


@bp.post(f"{CALENDAR}/missing")
@members
def take_off_missing(calendar_id: int) -> ResponseReturnValue:
    """What has gone from the calendar has stopped."""
    calendar = own_calendar(calendar_id)
    following.take_off(calendar, person_here(), moment(None), [MISSING])
    db.session.commit()
    flash("The pages say now that they have stopped.")
    return redirect(url_for(".groups"), 303)


@bp.route(f"{CALENDAR}/stop", methods=["GET", "POST"])
@members
def stop_following(calendar_id: int) -> ResponseReturnValue:
    """Asks what becomes of the pages."""
    calendar = own_calendar(calendar_id)
    form = StopFollowingForm()
    if not form.validate_on_submit():
        page = render_template("posting/calendar_stop.html", form=form, calendar=calendar)
        return page, 422 if form.errors else 200
    if form.pages.data == "stop":
        following.take_off(calendar, person_here(), moment(None), [POSTED, MISSING])
    following.stop_following(calendar)
    db.session.commit()
    flash(f"We do not look at {calendar.name} any more.")
    return redirect(url_for(".groups"), 303)


def own_calendar(calendar_id: int) -> FollowedCalendar:
    """The calendar, if they look after whose it is; another's is not there."""
    calendar = queries.get_calendar(calendar_id) or abort(404)
    allow(looks_after(person_here(), calendar.organisation))
    return calendar


def own_draft(given_id: int) -> CalendarDraft:
    """What they have given; another's is not there."""
    return queries.calendar_draft_of(person_here(), given_id) or abort(404)


def _asked(calendar: FollowedCalendar | None) -> ResponseReturnValue:
    """Whatever cannot be read is told beside its field, and the other answers stay."""
    person = person_here()
    listings = queries.listings_written_by_hand(person)
    if calendar:
        listings = [x for x in listings if x.organisation_id == calendar.organisation_id]
    form = CalendarForm(listings, calendar)
    if form.validate_on_submit() and _may_follow(form, calendar):
        within(CALENDARS)
        given = _given(form)
        if given:
            draft = giving.begin(person, calendar, like=form.chosen, **given)
            db.session.commit()
            return redirect(url_for(".calendar_preview", given_id=draft.id), 303)
    page = render_template(
        "posting/calendar.html",
        form=form,
        calendar=calendar,
        draft=None,
        back=url_for(".groups"),
    )
    return page, 422 if form.errors else 200


def _may_follow(form: CalendarForm, calendar: FollowedCalendar | None) -> bool:
    whose = calendar or form.chosen
    if whose is None or whose.organisation is None:
        return True
    fault = giving.why_not(whose.organisation, calendar, form.address.data or "")
    if fault:
        form.address.errors = [fault]
    return not fault


def _given(form: CalendarForm) -> dict[str, Any] | None:
    """What they gave, read; None where it cannot be, which is told beside its field."""
    address = "" if form.upload else form.address.data or ""
    field = form.file if form.upload else form.address
    try:
        data = looking.fetched(address, looking.SECONDS_OF_A_PAGE) if address else form.uploaded()
        read_calendar(data, moment(None).date())
    except (BadAddress, CannotFetch, BadCalendar) as error:
        field.errors = [str(error).removesuffix(".")]
        return None
    host = read_address(address, looking.NETWORK.ports).host if address else ""
    return {"address": address, "name": form.name(host), "data": data}


def _follow(draft: CalendarDraft) -> ResponseReturnValue:
    try:
        calendar = following.follow(draft, request.form.getlist("post"), moment(None))
    except actions.NotTheirs:
        db.session.rollback()
        flash("You do not look after that organisation any more.", "note")
        return redirect(url_for(".groups"), 303)
    db.session.commit()
    if following.has_waiting(calendar):
        flash("Thank you. Your events are sent. A moderator looks at the new ones first.")
    else:
        flash("Your events are on the site.")
    return redirect(url_for(".groups"), 303)


def _shown(offers: list[Offer], now: Any) -> list[Shown]:
    words, today = vocabulary(), now.date()
    names = {each.slug: each.name for each in words.concepts}
    return [
        Shown(
            event.uid,
            values["name"],
            in_words("when", values, today),
            in_words("where", values, today),
            ", ".join(names[slug] for slug in values["interests"] if slug in names),
            values["url"],
            values["description"].splitlines(),
            is_ticked=not (before and before.state == LEFT_OUT),
            is_there=bool(before and before.state in (POSTED, MISSING)),
        )
        for event, values, before in offers
    ]
