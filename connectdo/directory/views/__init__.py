"""The public's pages, a file for each part of a visit."""

from flask import Blueprint

bp = Blueprint("directory", __name__, template_folder="../templates")

from connectdo.directory.views import (  # noqa: E402
    about,
    browsing,
    finding,
    for_websites,
    keeping,
    listing,
    photos,
)

__all__ = ["about", "bp", "browsing", "finding", "for_websites", "keeping", "listing", "photos"]
