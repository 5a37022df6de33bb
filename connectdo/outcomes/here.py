"""Whose outcomes a page is about, for those who may see them."""

from connectdo.access import allow
from connectdo.clients.here import Here, client_here, client_to_change


def colleague_here(client_id: int) -> Here:
    """The client, for who sees outcomes; for a volunteer this page is not there."""
    here = client_here(client_id)
    allow(here.for_colleagues)
    return here


def colleague_to_change(client_id: int) -> Here:
    """The same, for a page that writes."""
    here = client_to_change(client_id)
    allow(here.for_colleagues)
    return here
