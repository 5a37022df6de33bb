"""The address of a calendar, and which addresses of machines are public. Pure."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

LONGEST = 2_000
PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = frozenset(PORTS.values())
# What calendars call their addresses when they want a phone to open them.
OTHER_NAMES = {"webcal": "https", "webcals": "https"}
UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"]")
BARE = re.compile(r"[\w-]+(\.[\w-]+)+(/.*)?")
KEPT = "/%:@!$&'()*+,;=-._~?"
# Beside what the library knows: tunnels that lead to any IPv4 address, and later reservations.
NOT_PUBLIC = [ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24")]
NOT_PUBLIC_6 = [ip_network(each) for each in ("2002::/16", "3fff::/20")]
GLOBAL_6 = ip_network("2000::/3")


class BadAddress(ValueError):
    """An address that we do not open; the message says what to do."""


@dataclass(frozen=True)
class Address:
    """An address in its parts. `path` begins with a slash and includes the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """Host and port as the Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.named}{self.path}"


def tidy_address(text: str, ports: frozenset[int] = ALLOWED_PORTS) -> str:
    """An address as it is kept, if it is one that we open. Raises BadAddress."""
    return str(read_address(text, ports))


def read_address(text: str, ports: frozenset[int] = ALLOWED_PORTS) -> Address:
    """The address in its parts. Raises BadAddress; where its host is, it does not ask."""
    text = text.strip()
    if BARE.fullmatch(text):
        text = f"https://{text}"
    if not text or UNSAFE.search(text) or len(text) > LONGEST:
        raise BadAddress("Enter the address of a calendar, like https://example.org/events.ics.")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise BadAddress("The address has a mistake in it. Copy it again.") from error
    scheme = OTHER_NAMES.get(parts.scheme, parts.scheme)
    if scheme not in PORTS or not host:
        raise BadAddress("The address must begin with https:// or http://.")
    if "@" in parts.netloc:
        raise BadAddress("The address has a password in it. Give one that anybody can open.")
    port = PORTS[scheme] if port is None else port
    if port not in ports:
        raise BadAddress("The address has an unusual port in it. Give one without.")
    path = quote(parts.path or "/", safe=KEPT)
    query = f"?{quote(parts.query, safe=KEPT)}" if parts.query else ""
    return Address(scheme, host, port, path + query)


def is_public(address: str) -> bool:
    """True for an IP address that belongs to anybody on the Internet, and to nobody here."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        elsewhere = any(found in network for network in NOT_PUBLIC)
    else:
        elsewhere = found not in GLOBAL_6 or any(found in network for network in NOT_PUBLIC_6)
    return found.is_global and not found.is_multicast and not elsewhere
