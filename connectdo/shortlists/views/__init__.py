"""The pages of shortlists, and the page behind the link that a client takes home."""

from flask import Blueprint, Response

from connectdo.headers import keep_private

bp = Blueprint("shortlists", __name__, template_folder="../templates")

from connectdo.shortlists.views import (  # noqa: E402
    finding,
    items,
    shared,
    taking_home,
    without_signal,
)

__all__ = ["bp", "finding", "items", "shared", "taking_home", "without_signal"]


@bp.after_request
def private(response: Response) -> Response:
    """These pages are about somebody, and the address of a shared list is a secret."""
    keep_private(response)
    return response
