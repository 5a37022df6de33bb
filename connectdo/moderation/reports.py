"""What visitors say is wrong with a listing, and what comes of it."""

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete

from connectdo.db import db, utc_now
from connectdo.listings.models import Listing
from connectdo.moderation import letters
from connectdo.moderation.actions import Decided, hold, note
from connectdo.moderation.models import Report
from connectdo.people.models import Person

MONTHS_KEPT = 13


def report(listing: Listing, problem: str, details: str, email: str) -> Report:
    """Keeps what a visitor says is wrong with a listing."""
    made = Report(listing=listing, problem=problem, details=details, email=email)
    db.session.add(made)
    db.session.flush()
    return made


def close_report(person: Person, report: Report, words: str = "", answer: str = "") -> None:
    """Is done with a report, and with the listing that it is of. A visitor who left an address is
    told, and the address is forgotten. Raises Decided."""
    hold(report.listing)
    db.session.refresh(report)
    if report.closed_at:
        raise Decided
    report.closed_at = utc_now()
    if report.email:
        letters.send_answer(report, answer)
        report.email = ""
    note(person, report.listing, "closed a report", words)


def forget_old_reports() -> None:
    """Deletes the reports that were closed 13 months ago: the nightly job."""
    long_ago = utc_now() - relativedelta(months=MONTHS_KEPT)
    db.session.execute(delete(Report).where(Report.closed_at < long_ago))
    db.session.commit()
