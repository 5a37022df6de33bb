"""Is an address on this site? Asked of every "go back to" that a form brings with it.

Anybody can send a form with anything in it, and browsers read addresses kindly: a backslash,
a tab or a second slash at the start leads to another site. So only a plain path is taken.
"""

from urllib.parse import urljoin, urlsplit

LONGEST = 2000
HERE = "https://here.invalid"


def is_local(address: str) -> bool:
    """True for a path on this site, with or without a query and a fragment."""
    if not address.startswith("/") or len(address) > LONGEST:
        return False
    if "//" in address or "\\" in address or not address.isprintable():
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and _stays_here(address)


def _stays_here(address: str) -> bool:
    there = urlsplit(urljoin(HERE, address))
    return f"{there.scheme}://{there.netloc}" == HERE
