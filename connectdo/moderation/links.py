"""Which other sites a listing leads to: what most spam is for. Pure.

People forget the space after a full stop ("by the hall.Net proceeds go to it"), so an ending counts
in small or in large letters throughout, and one that is a word as well in small letters only. An
e-mail address leads to no site.
"""

import re
from collections.abc import Mapping
from typing import Any

ENDINGS = "com|org|net|biz|io|eu|ru|ly|tv|xyz|(?:co|org|ac|gov|ltd|nhs)\\.uk"
WORDS = "app|club|co|info|link|me|online|shop|site|store|uk"
LINK = re.compile(
    rf"""
    (?: (?i:https?://) | (?<![\w@.-]) (?i:www\.) ) [^\s<>"]+
    |
    (?<![\w@.-]) (?:[A-Za-z0-9-]+\.)+ (?:{ENDINGS}|{ENDINGS.upper()}|{WORDS})
    (?! [\w@-] | \.\w ) (?:/[^\s<>"]*)?
    """,
    re.VERBOSE,
)
BEGINNING = re.compile(r"^(?:https?://)?(?:www\.)?")
TEXTS = (
    "name", "summary", "description", "cost", "audience", "first_visit", "contact_name",
)  # fmt: skip


def links_in(values: Mapping[str, Any]) -> set[str]:
    """The links in what a listing says, written one way: "choir.example/join"."""
    venue, photo = values["venue"] or {}, values["photo"] or {}
    texts = [
        *(values[name] for name in TEXTS),
        venue.get("name", ""),
        venue.get("address", ""),
        photo.get("alt", ""),
    ]
    found = {link for text in texts for link in links_in_text(text)}
    return found | ({_one_way(values["url"])} if values["url"] else set())


def links_in_text(text: str) -> set[str]:
    """The links in a text."""
    return {_one_way(each[0]) for each in LINK.finditer(text)}


def _one_way(link: str) -> str:
    return BEGINNING.sub("", link.lower()).rstrip("/.,;:!?)'")
