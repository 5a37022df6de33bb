"""The text of a description that was written as a web page, as calendars on the web do.

What is left is text to be shown as text: nothing here makes anything safe to be run. Patterns,
as the library that reads web pages takes minutes over a tag that is opened and never closed.
"""

import re
from html import unescape

from connectdo.text import tidy

MOST_LETTERS = 40_000
KNOWN = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|html|i|li|ol|p|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE
)
UNSEEN = re.compile(r"(</?(?:script|style)\b[^<>]*>)", re.IGNORECASE)
ENDS_LINE = re.compile(r"<br\b[^<>]*>|</?(?:div|h[1-6]|li|p)\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """The text without its tags; a text that has none is left alone."""
    text = text[:MOST_LETTERS]
    if not KNOWN.search(text):
        return tidy(text)
    text = ENDS_LINE.sub("\n", _seen(text))
    lines = tidy(unescape(ANY_TAG.sub("", text))).splitlines()
    return EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in lines))


def _seen(text: str) -> str:
    """The text without what stands between the tags of a script or a style."""
    found, hidden = [], False
    for number, piece in enumerate(UNSEEN.split(text)):
        if number % 2:
            hidden = not piece.startswith("</")
        elif not hidden:
            found.append(piece)
    return "".join(found)
