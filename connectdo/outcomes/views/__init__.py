"""The pages of outcomes: one client's, the questions themselves, and the team's."""

from flask import Blueprint, Response

from connectdo.headers import keep_private

bp = Blueprint("outcomes", __name__, template_folder="../templates")

from connectdo.outcomes.views import asking, client, questions, teams  # noqa: E402

__all__ = ["asking", "bp", "client", "questions", "teams"]


@bp.after_request
def private(response: Response) -> Response:
    """Every page here is about somebody, or has a secret for an address."""
    keep_private(response)
    return response
