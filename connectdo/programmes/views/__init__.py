"""A client's twelve weeks, and the contacts."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients.models import Client
from connectdo.programmes.due import Kept
from connectdo.programmes.models import Contact
from connectdo.programmes.wording import contact_in_words, day_in_words

bp = Blueprint("programmes", __name__, template_folder="../templates")
# Pages from which a contact is written down, and to which it leads back.
BACK = {"home": "coaching.home", "client": "coaching.client"}


def back_to(client: Client, **said: Any) -> ResponseReturnValue:
    """To the page where it began."""
    page = BACK.get(request.values.get("back", ""), "programmes.weeks")
    if page != BACK["home"]:
        said["client_id"] = client.id
    return redirect(url_for(page, **said), 303)


def just_logged(kept: Kept) -> Contact | None:
    """The contact that was written down a moment ago."""
    return kept.contact(request.args.get("logged", type=int))


def logged_with(clients: Iterable[Client], kept: dict[int, Kept]) -> tuple[Client, Contact] | None:
    """The same, on a page about many clients."""
    found = ((each, just_logged(kept[each.id])) for each in clients)
    return next(((client, contact) for client, contact in found if contact), None)


bp.add_app_template_global(contact_in_words)
bp.add_app_template_filter(day_in_words)

from connectdo.programmes.views import contacts, steps, weeks  # noqa: E402

__all__ = ["BACK", "back_to", "bp", "contacts", "just_logged", "logged_with", "steps", "weeks"]
