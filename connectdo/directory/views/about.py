"""Pages that stay as they are, and what search engines read: robots.txt and the sitemap."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from math import ceil

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.directory import queries
from connectdo.directory.queries import Page
from connectdo.directory.views import bp

# Results are endless and lists are private: neither is for search engines.
ROBOTS = """\
User-agent: *
Disallow: /my-list
Disallow: /lists/
Disallow: /l/
Disallow: /search?

Sitemap: {sitemap}
"""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ADDRESSES_A_PAGE = 5000
MOST_SITEMAPS = 50_000
FIXED = ["home", "interests", "areas", "help_now", "privacy", "cookies", "accessibility"]


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    return render_template("directory/help_now.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("directory/privacy.html")


@bp.get("/cookies")
@public
def cookies() -> ResponseReturnValue:
    return render_template("directory/cookies.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("directory/accessibility.html")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    text = ROBOTS.format(sitemap=url_for(".sitemap", _external=True))
    return Response(text, mimetype="text/plain")


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    last = ceil((len(FIXED) + queries.count_pages()) / ADDRESSES_A_PAGE)
    addresses = (url_for(".sitemap_page", page=page, _external=True) for page in range(1, last + 1))
    return _xml("sitemapindex", (_entry("sitemap", each) for each in addresses))


@bp.get(f"/sitemap-<int(min=1, max={MOST_SITEMAPS}):page>.xml")
@public
def sitemap_page(page: int) -> ResponseReturnValue:
    first, end = (page - 1) * ADDRESSES_A_PAGE, page * ADDRESSES_A_PAGE
    fixed = [_entry("url", url_for(f".{name}", _external=True)) for name in FIXED[first:end]]
    found = queries.pages(max(first - len(FIXED), 0), ADDRESSES_A_PAGE - len(fixed))
    if not fixed and not found:
        abort(404)
    others = [_entry("url", _address(each), each.changed) for each in found]
    return _xml("urlset", fixed + others)


def _address(page: Page) -> str:
    names = {"slug": page.slug} if page.slug else {f"{page.kind}_id": page.id}
    return url_for(f".{page.kind}", _external=True, **names)


def _entry(tag: str, address: str, changed: datetime | None = None) -> str:
    lastmod = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
    return f"<{tag}><loc>{escape(address)}</loc>{lastmod}</{tag}>\n"


def _xml(root: str, entries: Iterable[str]) -> Response:
    text = "".join(entries)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITEMAP}">\n'
    return Response(f"{head}{text}</{root}>\n", mimetype="application/xml")
