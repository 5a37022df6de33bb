"""Values out of an event of icalendar's, whatever a stranger has put there."""

import hashlib
from datetime import date, datetime
from typing import Any

from icalendar.prop import vBroken

from connectdo.days import LONDON


def one(event: Any, name: str) -> Any | None:
    """A property, the first where there are several, None where there is none."""
    value = event.get(name)
    return value[0] if isinstance(value, list) and value else value


def every(event: Any, name: str) -> list[Any]:
    """All of a property that may be there more than once."""
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def held(value: Any, name: str) -> Any | None:
    """What a property's value holds, None where there is none or it could not be read."""
    return None if isinstance(value, vBroken) else getattr(value, name, None)


def said(event: Any, name: str) -> str:
    """A property's text, "" where there is none."""
    value = one(event, name)
    return "" if value is None else str(value)


def status(event: Any) -> str:
    return said(event, "STATUS").strip().upper()


def wall(value: Any) -> date | None:
    """A date, or a moment as clocks in London show it; None for what cannot be read.

    A moment without a zone that is known is taken for London's.
    """
    found = value if isinstance(value, date) else held(value, "dt")
    if isinstance(found, tuple) and found:
        found = found[0]
    if isinstance(found, datetime):
        try:
            local = found.astimezone(LONDON) if found.tzinfo else found
        except (OverflowError, ValueError):
            return None
        return local.replace(tzinfo=None, second=0, microsecond=0, fold=0)
    return found if isinstance(found, date) else None


def made_up_id(*parts: str) -> str:
    """The same for the same parts."""
    return f"made-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:20]}"
