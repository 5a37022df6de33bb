"""Is an address on this site? Asked of every "go back to" that a form brings with it.

Anybody can send a form with anything in it, and browsers read addresses kindly: a backslash,
a tab or a second slash at the start leads to another site. So only a plain path is taken.
"""

LONGEST = 2000


def is_local(address: str) -> bool:
    """True for a path on this site, with or without a query and a fragment."""
    if not address.startswith("/") or len(address) > LONGEST:
        return False
    return "//" not in address and "\\" not in address and address.isprintable()
