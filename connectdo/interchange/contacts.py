"""Web addresses, e-mail addresses and phone numbers of a row. Wrong ones are cleaned away."""

import re
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from connectdo.interchange.fields import LONGEST, Fields, said

UNSAFE = re.compile(r"[\s<>\"'\\]")


def web_address(fields: Fields, name: str) -> str:
    """An http or https address; one without a scheme gets https."""
    text = fields.text(name)
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if not good or UNSAFE.search(address) or len(address) > LONGEST["url"]:
        fields.cleaned.append(f"Took out the {said(name)}, which is not a web address.")
        return ""
    return address


def mail_address(fields: Fields, name: str) -> str:
    """An e-mail address that could be right; nothing is sent to find out."""
    text = fields.text(name)
    if not text:
        return ""
    try:
        checked = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        fields.cleaned.append(f"Took out the {said(name)}, which is not an e-mail address.")
        return ""
    return checked.normalized


def phone(fields: Fields, name: str) -> str:
    """A phone number as it was written."""
    text = fields.text(name)
    if text and sum(letter.isdigit() for letter in text) < 3:
        fields.cleaned.append(f"Took out the {said(name)}, which is not a phone number.")
        return ""
    return text
