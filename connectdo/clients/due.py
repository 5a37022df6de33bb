"""What a coach's home says of a client on a day. Each room makes its own; `coaching` shows them."""

from datetime import date
from typing import NamedTuple

from connectdo.clients.models import Client


class Due(NamedTuple):
    """Something that could be done for a client on a day or soon after. `page` is the endpoint of
    the page about it, which takes a `client_id`."""

    client: Client
    day: date
    words: str
    page: str = "coaching.client"
    is_review: bool = False
