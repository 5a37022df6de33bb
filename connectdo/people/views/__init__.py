"""Coming in, step by step, and the page about one's own account."""

from flask import Blueprint, Response

from connectdo.headers import keep_private

bp = Blueprint("people", __name__, template_folder="../templates")

from connectdo.people.views import account, second_step, signing_in  # noqa: E402

__all__ = ["account", "bp", "second_step", "signing_in"]


@bp.after_request
def private(response: Response) -> Response:
    """Links hold secrets, and every page here is about somebody."""
    keep_private(response)
    return response
