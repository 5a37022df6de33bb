"""The mails that people get about coming in. A subject says nothing private."""

from typing import NamedTuple

from connectdo.pages import whole_address
from connectdo.post.actions import signed

NOT_YOU = (
    "If you did not ask for this, you do not need to do anything. Nobody can sign in without it."
)


class Letter(NamedTuple):
    """What a mail says."""

    subject: str
    body: str


def sign_in(secret: str) -> Letter:
    """For members: opens a page with a button that signs in."""
    return _letter(
        "Your link to Connect & Do",
        "Press this link to sign in:",
        _link(secret),
        "The link works once. It ends 30 minutes after you asked for it.",
        NOT_YOU,
    )


def set_up(secret: str, days: int) -> Letter:
    """For staff who have no password or no second step yet."""
    return _letter(
        "Set up your account on Connect & Do",
        "You have been given a role on Connect & Do. Press this link to set up your account:",
        _link(secret),
        "You will choose a password. Then you will set up an app on your phone that shows codes. "
        "You need both to sign in.",
        f"The link works once. It ends after {days} days. If it has ended, ask for another:",
        whole_address("people.sign_in"),
    )


def new_password(secret: str) -> Letter:
    """For staff who asked for a link, though they sign in without."""
    return _letter(
        "Signing in to Connect & Do",
        "You sign in with your password and a code from your app:",
        whole_address("people.password"),
        "If you have forgotten your password, press this link to choose a new one:",
        _link(secret),
        "The link works once. It ends 30 minutes after you asked for it.",
        NOT_YOU,
    )


def closed() -> Letter:
    """For who cannot come in any more."""
    return _letter(
        "Signing in to Connect & Do",
        "You asked for a link to sign in. Your account is closed, so we cannot send you one.",
        "If you think this is wrong, answer the person who gave you your account.",
    )


def password_changed() -> Letter:
    """So that nobody changes it unseen."""
    return _letter(
        "Your password for Connect & Do has changed",
        "Somebody chose a new password for your account. All other browsers were signed out.",
        "If it was you, you do not need to do anything.",
        "If it was not you, ask for a link and choose another password now:",
        whole_address("people.sign_in"),
    )


def recovery_code_used(left: int) -> Letter:
    """So that nobody uses one unseen."""
    return _letter(
        "A recovery code was used on Connect & Do",
        "Somebody signed in to your account with your password and a recovery code. "
        f"You have {left} {'code' if left == 1 else 'codes'} left.",
        "If it was you and you have a new phone, set it up on your account page.",
        "If it was not you, choose another password now:",
        whole_address("people.sign_in"),
    )


def codes_tried() -> Letter:
    """Whoever tries codes knows the password."""
    return _letter(
        "Somebody tried to sign in to your account on Connect & Do",
        "Somebody typed your password and then several wrong codes. They did not get in.",
        "If it was not you, somebody knows your password. Choose another now:",
        whole_address("people.sign_in"),
    )


def _link(secret: str) -> str:
    return whole_address("people.link", secret=secret)


def _letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, signed(*paragraphs))
