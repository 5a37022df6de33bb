"""The public's pages, a file for each part of a visit."""

from flask import Blueprint

bp = Blueprint("directory", __name__, template_folder="../templates")

from connectdo.directory.views import about, browsing, finding, keeping, listing  # noqa: E402

__all__ = ["about", "bp", "browsing", "finding", "keeping", "listing"]
