"""Secrets: passwords, the random ones of links and cookies, the second step's codes."""

import secrets
import unicodedata
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from pyotp import TOTP, random_base32

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1_000
# The most frequent passwords of at least eight characters in leaks, from the list of 20,000 by
# Royce Williams that Django is shipped with.
COMMON = Path(__file__).with_name("common_passwords.txt")
BYTES_OF_SECRET = 24
ISSUER = "Connect & Do"
RECOVERY_CODES = 8
RECOVERY_DIGITS = 16
# OWASP's password storage cheat sheet: 19 MiB, twice over, in one lane.
_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


def new_secret() -> str:
    """192 random bits, to be put in a link or a cookie."""
    return secrets.token_urlsafe(BYTES_OF_SECRET)


def hash_of(secret: str) -> str:
    """What is kept of a random secret."""
    return sha256(secret.encode()).hexdigest()


def password_hash(password: str) -> str:
    """What is kept of what somebody chose: slow to guess from."""
    return _hasher.hash(_same_everywhere(password))


def password_fits(kept: str, typed: str) -> bool:
    """Takes as long where there is no password ("") as where there is one."""
    try:
        return _hasher.verify(kept or _nobodys(), _same_everywhere(typed)) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def is_easy_to_guess(password: str, email: str) -> bool:
    """Among those that everybody tries first, or the person's own address."""
    plain = _same_everywhere(password).lower()
    own = {email, email.partition("@")[0], email.partition("@")[2]}
    return plain in _common() | own or len(set(plain)) < 4


def new_second_step() -> str:
    """A secret to share with an authenticator app."""
    return random_base32()


def app_address(secret: str, email: str) -> str:
    """What the app reads from the square picture."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Which 30 seconds a code is of: these, or those before or after, for clocks differ. None if
    it is of none of them. `now` is in UTC, with its zone."""
    totp = TOTP(secret)
    this = totp.timecode(now)
    for step in (this, this - 1, this + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """In digits, which every keypad has: "1234 5678 9012 3456"."""
    return [
        " ".join(f"{secrets.randbelow(10_000):04}" for _ in range(RECOVERY_DIGITS // 4))
        for _ in range(RECOVERY_CODES)
    ]


def _same_everywhere(password: str) -> str:
    """Keyboards write the same letter in different ways."""
    return unicodedata.normalize("NFKC", password.encode(errors="replace").decode())


@cache
def _nobodys() -> str:
    return _hasher.hash(new_secret())


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())
