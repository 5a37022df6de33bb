"""The coach's home, and the page of one client."""

from flask import Blueprint

bp = Blueprint("coaching", __name__, template_folder="../templates", url_prefix="/coaching")

from connectdo.coaching.views import home  # noqa: E402

__all__ = ["bp", "home"]
