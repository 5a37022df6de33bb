"""What is counted of the public's pages: what people do, once each time they ask.

A page counts where a person asked for it: not a crawler that says so, nor a browser that fetches
ahead. Listings are shown by every page of results but not again by its map or in another order,
and something is looked for by the first page alone, when the results before were not of the same
search. What came before is the address that the browser says, which is not kept.
"""

import re
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from connectdo.directory.forms import search_form
from connectdo.insight.counting import KEPT, OPENED, SHOWN, count, count_led, count_search
from connectdo.search.finding import Found
from connectdo.search.index import Unusable

CRAWLERS = re.compile(r"bot|crawl|spider", re.IGNORECASE)
SAME_LISTINGS = ("view", "sort")
SAME_SEARCH = (*SAME_LISTINGS, "page")
NOT_WISHED = ("near", "within", "delivery", "kind", "area")


def results(found: Found, page: int) -> None:
    """Counts a page of results."""
    before = _asked_before()
    if not _is_asked_by_a_person() or _is_same(before, SAME_LISTINGS):
        return
    count(SHOWN, [each.listing_id for each in found.results])
    if page == 1 and not _is_same(before, SAME_SEARCH):
        count_search(found)


def opened(listing_id: int) -> None:
    """Counts a listing's page, and what led there."""
    if not _is_asked_by_a_person():
        return
    count(OPENED, [listing_id])
    # A listing's page needs no index, and counts a little less where there is none.
    with suppress(Unusable):
        before = _asked_before()
        if before is not None:
            # Wherever it was looked for: the place is not asked about again.
            count_led(search_form(_fields(before, NOT_WISHED)).query(), listing_id)


def kept(listing_id: int) -> None:
    """Counts a listing that somebody put on their list."""
    if _is_asked_by_a_person():
        count(KEPT, [listing_id])


def results_before() -> str:
    """The address of the results that the visitor came from, "" if they came from elsewhere."""
    if not request.referrer:
        return ""
    search = url_for("directory.search")
    try:
        before = urlsplit(request.referrer)
    except ValueError:
        return ""
    if before.netloc != request.host or before.path != search:
        return ""
    return f"{search}?{before.query}"


def _is_asked_by_a_person() -> bool:
    headers = request.headers
    is_ahead = "Sec-Purpose" in headers or request.method == "HEAD"
    return not is_ahead and not CRAWLERS.search(headers.get("User-Agent", ""))


def _asked_before() -> MultiDict[str, str] | None:
    """What the results before were asked, None where the visitor came from elsewhere."""
    before = results_before()
    return MultiDict(parse_qs(urlsplit(before).query)) if before else None


def _is_same(before: MultiDict[str, str] | None, but: tuple[str, ...]) -> bool:
    """Whether the results before were these, whatever some fields of the address say."""
    return before is not None and _fields(before, but) == _fields(request.args, but)


def _fields(address: MultiDict[str, str], but: tuple[str, ...]) -> MultiDict[str, str]:
    """What the fields of an address say, without those that are empty."""
    said = address.items(multi=True)
    return MultiDict([(name, value) for name, value in said if value and name not in but])
