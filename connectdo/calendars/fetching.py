"""The file at an address, asked for with care: how large, how long, how often sent on."""

import zlib
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ssl import SSLError
from typing import Any
from urllib.parse import urljoin

from connectdo.calendars.addresses import Address, BadAddress, read_address
from connectdo.calendars.connecting import INTERNET, Deadline, Network, connected
from connectdo.calendars.reading import MEGABYTE, MOST_BYTES

SECONDS = 20.0
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
NOT_FOUND, GONE = 404, 410
FORBIDDEN = {401, 403}
PIECE = 64 * 1024
USER_AGENT = "Connect-and-Do calendar reader"


class CannotFetch(Exception):
    """A calendar that cannot be fetched; the message says why, for its organiser."""


def fetch_calendar(address: str, network: Network = INTERNET, seconds: float = SECONDS) -> bytes:
    """The bytes at an http or https address, at most MOST_BYTES of them.

    Raises BadAddress where it or one it leads to is not to be opened, and CannotFetch. Takes
    `seconds` at most, all of it together.
    """
    deadline = Deadline(seconds)
    target = read_address(address, network.ports)
    for _ in range(MOST_REDIRECTS + 1):
        found = _ask(target, network, deadline)
        if isinstance(found, bytes):
            return found
        target = found
    raise CannotFetch("The address sends us on too many times. Copy the one it ends at.")


def _ask(target: Address, network: Network, deadline: Deadline) -> bytes | Address:
    """What is there, or where else to look."""
    try:
        with connected(target, network, deadline) as connection:
            return _answer(target, network, connection)
    except TimeoutError as error:
        raise CannotFetch("The calendar took too long to answer. Try again later.") from error
    except SSLError as error:
        raise CannotFetch(
            "The calendar's site cannot show that it is itself. Tell them."
        ) from error
    except (OSError, HTTPException) as error:
        raise CannotFetch("We could not reach the calendar. Check the address.") from error


def _answer(target: Address, network: Network, connection: Any) -> bytes | Address:
    http = HTTPConnection(target.host)
    http.sock = connection
    http.request(
        "GET",
        target.path,
        headers={
            "Host": target.named,
            "User-Agent": USER_AGENT,
            "Accept": "text/calendar, */*;q=0.5",
            "Accept-Encoding": "gzip, identity;q=0.5",
            "Connection": "close",
        },
    )
    response = http.getresponse()
    if response.status in REDIRECTS:
        return _next(target, network, response)
    if response.status != 200:
        raise CannotFetch(_told(response.status))
    return _body(response)


def _next(target: Address, network: Network, response: HTTPResponse) -> Address:
    location = response.headers.get("Location", "")
    try:
        return read_address(urljoin(str(target), location), network.ports)
    except ValueError as error:
        raise BadAddress("The address sends us on to one that we do not open.") from error


def _told(status: int) -> str:
    if status in FORBIDDEN:
        return "The calendar is private. Make it public, or copy its secret address."
    if status in (NOT_FOUND, GONE):
        return "There is nothing at that address. Copy it again."
    return f"The calendar's site answered with an error ({status}). Try again later."


def _body(response: HTTPResponse) -> bytes:
    packing = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if packing not in ("identity", "", "gzip"):
        raise CannotFetch("The calendar is packed in a way that we cannot read.")
    # Never unpacks more than is asked for, whatever it is given.
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing == "gzip" else None
    found = bytearray()
    while piece := response.read(PIECE):
        try:
            found += unpacker.decompress(piece, MOST_BYTES + 1) if unpacker else piece
        except zlib.error as error:
            raise CannotFetch("The calendar is damaged: it cannot be unpacked.") from error
        if len(found) > MOST_BYTES:
            limit = MOST_BYTES // MEGABYTE
            raise CannotFetch(f"The calendar is larger than {limit} MB. Give one with less in it.")
    if response.length or (unpacker and not unpacker.eof):
        raise CannotFetch("The calendar is damaged: part of it is missing.")
    return bytes(found)
