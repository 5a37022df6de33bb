"""E-mail addresses, written one way."""

from email_validator import EmailNotValidError, validate_email


class NotAnAddress(ValueError):
    """Nobody could be written to there."""


def normalised(text: str) -> str:
    """An address as it is kept: in small letters, the host as mail servers know it. Raises
    NotAnAddress. Letters beyond a to z before the @ are refused: most servers cannot carry them."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise NotAnAddress from error
    return (found.ascii_email or found.normalized).lower()
