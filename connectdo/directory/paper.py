"""What stands on paper: a picture that a phone's camera reads, and no more words than fit."""

import re
from textwrap import shorten

from markupsafe import Markup
from segno import make

BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def beginning(paragraph: str, most: int) -> str:
    """The first whole sentences of at most so many letters; a part of the first if it is a long
    one."""
    first, *further = BETWEEN_SENTENCES.split(paragraph)
    found = shorten(first, most, placeholder="…")
    for sentence in further:
        if len(found) + len(sentence) >= most:
            break
        found = f"{found} {sentence}"
    return found


def picture(address: str) -> Markup:
    """What a phone's camera reads. It stands a fold or a stain: a quarter of it may be missing."""
    drawn = make(address, error="q", micro=False).svg_inline(
        scale=4, border=4, light="#fff", title=f"QR code that leads to {address}", omitsize=True
    )
    return Markup(drawn)  # noqa: S704  # nosec B704
