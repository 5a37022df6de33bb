"""Who is here. The signed session cookie holds the secret of a sign-in; all else is on the server.

A staff member's pauses are told by a time in the cookie, not by a row: to look at a page changes
nothing in the database. A browser in which somebody has signed in before is known again, so that
strangers who use up a limit do not lock that person out.
"""

from datetime import UTC, datetime, timedelta

from flask import Flask, abort, current_app, g, session
from flask_login import LoginManager, current_user

from connectdo import audit
from connectdo.db import utc_now
from connectdo.limits import Limit, allow, allow_network, count
from connectdo.people import coming_in, queries, rules
from connectdo.people.models import Person, SignIn, Ticket
from connectdo.people.secrets import new_secret
from connectdo.people.tickets import HALF_WAY, issue

# Where Flask-Login looks.
SIGNED_IN = "_user_id"
SEEN = "seen"
HALF = "half_way"
WORK = "work"
KNOWN = "known"
MOST_KNOWN = 4
BETWEEN_STAMPS = timedelta(minutes=5)


def init_app(app: Flask) -> None:
    # Telephones change their address all the time; a copied cookie ends by signing out.
    app.config["SESSION_PROTECTION"] = None
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    login.user_loader(_who)
    app.context_processor(_seems_signed_in)


def person_here() -> Person:
    """Whoever has signed in, on a page that is for members or staff."""
    person: Person = current_user._get_current_object()
    return person


def within(limit: Limit) -> None:
    """Counts a try of whoever is here; 429 when it is one too many. Commits."""
    if not allow(limit, str(person_here().id)):
        abort(429)


def sign_in_here() -> SignIn:
    """The sign-in of this browser, on a page that is for members or staff."""
    found: SignIn = g.sign_in
    return found


def enter(person: Person, way: str) -> None:
    """Signs somebody in with everything new: who knew the old cookie has nothing of the new one."""
    leave()
    session.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)
    session[SIGNED_IN] = coming_in.sign_in(person, way)
    session[SEEN] = now_in_seconds()
    session[KNOWN] = _known_with(person)
    session[WORK] = rules.work_of(person)
    audit.tell(f"people.sign_in {way}", "person", person.id, by=person.id)
    session.permanent = True


def leave() -> None:
    """Ends the sign-in of this browser, on the server too."""
    secret = session.pop(SIGNED_IN, None)
    if secret:
        coming_in.sign_out(secret)
    for name in (SEEN, HALF, WORK):
        session.pop(name, None)


def go_half_way(purpose: str, person: Person, next_page: str) -> None:
    """Remembers that somebody has done one step of signing in."""
    session[HALF] = issue(purpose, person.email, next_page)


def half_way(purpose: str) -> tuple[Ticket, Person] | None:
    """Whoever has done the step before this one; None where nobody has, or too long ago."""
    ticket = queries.open_ticket(session.get(HALF, ""), HALF_WAY, utc_now())
    person = queries.person_with(ticket.email) if ticket and ticket.purpose == purpose else None
    return (ticket, person) if ticket and person and not person.disabled_at else None


def tries(limit: Limit, email: str) -> int:
    """Counts a try for an address and says how many there were. A browser that the person has used
    is counted by itself. Commits."""
    return count(limit, f"{email}\n{_browser_of(email)}")


def may_try(limit: Limit, email: str) -> bool:
    """Counts a try for an address; False when it is one too many. Commits."""
    return tries(limit, email) <= limit.most


def may_try_from_here(limit: Limit, email: str) -> bool:
    """Counts a try of the network; False when it is one too many. A browser that the person has
    used is not counted: whoever shares their desk, or their office's address, does not keep them
    from their day. Commits."""
    return bool(_browser_of(email)) or allow_network(limit)


def _browser_of(email: str) -> str:
    """The name of this browser, if the person with that address has come in here before."""
    known: dict[str, str] = session.get(KNOWN, {})
    person = queries.person_with(email) if known else None
    return known.get(str(person.id), "") if person else ""


def _who(secret: str) -> Person | None:
    """The person whom this browser's secret signs in, None if that has ended."""
    now = utc_now()
    sign_in = queries.sign_in_with(secret)
    seen = datetime.fromtimestamp(session.get(SEEN, 0), UTC).replace(tzinfo=None)
    if sign_in is None or not rules.still_counts(sign_in, seen, now):
        session.pop(SIGNED_IN, None)
        return None
    if rules.is_staff(sign_in.person) and now - seen > BETWEEN_STAMPS:
        session[SEEN] = now_in_seconds()
    g.sign_in = sign_in
    return sign_in.person


def _seems_signed_in() -> dict[str, object]:
    """For the menu of every page, error pages too: it asks the cookie, not the database. `work` is
    the page where they begin the day, as it was when they signed in."""
    return {"signed_in": SIGNED_IN in session, "work": session.get(WORK, rules.GROUPS)}


def _known_with(person: Person) -> dict[str, str]:
    """A name for this browser, for each of the last few people who used it."""
    known: dict[str, str] = session.get(KNOWN, {})
    others = {each: name for each, name in known.items() if each != str(person.id)}
    last = dict(list(others.items())[-MOST_KNOWN + 1 :])
    return {**last, str(person.id): known.get(str(person.id)) or new_secret()}


def now_in_seconds() -> int:
    """Now, as the cookie says it."""
    return int(datetime.now(UTC).timestamp())
