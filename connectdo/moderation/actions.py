"""Writes of moderation."""

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.moderation.models import Report


def report(listing: Listing, problem: str, details: str, email: str) -> Report:
    """Keeps what a visitor says is wrong with a listing."""
    made = Report(listing=listing, problem=problem, details=details, email=email)
    db.session.add(made)
    db.session.flush()
    return made
