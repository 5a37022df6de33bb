"""Website addresses and phone numbers as people type them."""

import re
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

UNSAFE = re.compile(r"[\s<>\"'\\]")
LONGEST_URL = 500
LONGEST_PHONE = 50
SHORTEST_PHONE = 5


def is_web_address(_form: FlaskForm, field: Field) -> None:
    """Takes http and https only; what is left has its scheme."""
    if not field.data:
        return
    address = web_address(field.data)
    if not address:
        raise ValidationError("Enter a website address like https://www.group.example")
    if len(address) > LONGEST_URL:
        raise ValidationError(f"The website address must be {LONGEST_URL} characters or fewer")
    field.data = address


def web_address(text: str) -> str:
    """The http or https address that somebody has written, with its scheme; "" if it is none."""
    has_scheme = re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE)
    address = text if has_scheme else f"https://{text}"
    try:
        parts = urlsplit(address)
        good = parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
        good = good and not parts.username
    except ValueError:
        good = False
    return "" if not good or UNSAFE.search(address) else address


def is_phone(_form: FlaskForm, field: Field) -> None:
    """Takes a number as it is written, with words about it if they are few."""
    text = field.data or ""
    if text and (
        len(text) > LONGEST_PHONE or sum(each.isdecimal() for each in text) < SHORTEST_PHONE
    ):
        raise ValidationError("Enter a phone number like 01632 960001")
