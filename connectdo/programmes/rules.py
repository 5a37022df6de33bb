"""Yes or no. Pure."""

from connectdo.clients.rules import Ties, sees_notes_for_colleagues
from connectdo.programmes.models import Contact


def sees_line(ties: Ties, contact: Contact) -> bool:
    """Coaches and leads read what was written of a contact, and put it right; volunteers their own
    only."""
    return sees_notes_for_colleagues(ties) or contact.by_id == ties.person_id
