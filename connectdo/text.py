"""Text at the edge: what comes in is made one way, so both databases say the same of it."""

import re
import unicodedata

# Control characters other than tab and line breaks, and lone surrogates: PostgreSQL refuses
# NUL and surrogates, and none of them says anything to a reader.
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def tidy(text: str) -> str:
    """`text` in Unicode NFC with plain line breaks, no control characters, no outer space."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", plain)).strip()


def one_line(text: str) -> str:
    """`tidy(text)` on one line, every run of white space a single space."""
    return " ".join(tidy(text).split())


def slug(text: str) -> str:
    """`text` as part of an address: "Weston-super-Mare" -> "weston-super-mare"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
