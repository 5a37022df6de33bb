"""The optional live geocoder, asked only for names that the gazetteer does not know.

Off unless GEOCODER_DOMAIN names a Nominatim server, best one's own: what a visitor types
is sent there. The page never depends on it: slow, down or refusing, it answers None.
Neither this file nor geopy logs the text.
"""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import Any

from flask import current_app
from geopy.adapters import URLLibAdapter
from geopy.geocoders import Nominatim

from connectdo.places.areas import area_at
from connectdo.places.place import Place, Point

TIMEOUT_SECONDS = 2
# After a failure it is left alone, so that a dead server holds up one page, not all.
REST_SECONDS = 30
_rest_until: dict[str, float] = {}


def geocode(text: str) -> Place | None:
    """The first place of that name in Great Britain, or None."""
    domain = current_app.config.get("GEOCODER_DOMAIN")
    if not domain or time.monotonic() < _rest_until.get(domain, 0):
        return None
    try:
        found = _ask(domain, current_app.config.get("GEOCODER_USER_AGENT") or "connectdo", text)
    except Exception as error:  # Whatever a server on the network answers, the page goes on.
        _rest_until[domain] = time.monotonic() + REST_SECONDS
        current_app.logger.warning("The live geocoder gave no answer: %s", type(error).__name__)
        return None
    if found is None:
        return None
    name, point = found
    return Place(name, "place", point, area_at(point), "This place was found with OpenStreetMap.")


@lru_cache(maxsize=256)
def _ask(domain: str, user_agent: str, text: str) -> tuple[str, Point] | None:
    """Answers are kept, "not found" too; a failure is not."""
    location = _nominatim(domain, user_agent).geocode(text, country_codes="gb")
    if location is None:
        return None
    point = Point(float(location.latitude), float(location.longitude))
    return location.address.split(",")[0], point


@lru_cache(maxsize=1)
def _nominatim(domain: str, user_agent: str) -> Any:
    # Below a warning, geopy logs the address it asks, and so the text.
    logging.getLogger("geopy").setLevel(logging.WARNING)
    scheme, _, host = domain.rpartition("://")
    return Nominatim(
        domain=host,
        scheme=scheme or "https",
        user_agent=user_agent,
        timeout=TIMEOUT_SECONDS,
        adapter_factory=URLLibAdapter,
    )
