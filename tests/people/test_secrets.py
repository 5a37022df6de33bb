"""Secrets by themselves: how long they are, what is kept of them, and when a code fits."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from pyotp import TOTP

from connectdo.people import secrets

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 10, 6, 12, 0, 10, tzinfo=UTC)
ADA = "adaline@mail.example"


def test_a_secret_has_192_bits_and_is_never_the_same() -> None:
    made = {secrets.new_secret() for _ in range(50)}

    assert len(made) == 50
    assert {len(each) for each in made} == {32}


def test_of_a_secret_a_hash_is_kept() -> None:
    assert secrets.hash_of("abc") == sha256(b"abc").hexdigest()


def test_a_password_fits_as_it_was_chosen_on_any_keyboard() -> None:
    kept = secrets.password_hash("Cafe\u0301 lantern")

    assert secrets.password_fits(kept, "Café lantern")
    assert secrets.password_fits(kept, "Ｃafé lantern")
    assert not secrets.password_fits(kept, "café lantern")
    assert not secrets.password_fits(kept, "Café lanterns")
    assert not secrets.password_fits(kept, "")


@pytest.mark.parametrize("kept", ["", "not a hash", "$argon2id$v=19$m=19456,t=2,p=1$x$y"])
def test_nothing_fits_where_no_password_is_kept(kept: str) -> None:
    assert secrets.password_fits(kept, "") is False
    assert secrets.password_fits(kept, "anything at all") is False


def test_nobodys_password_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is weighed in place of a password that is not there."""
    weighed = secrets.password_hash("lantern")
    monkeypatch.setattr(secrets, "_nobodys", lambda: weighed)

    assert secrets.password_fits("", "lantern") is False


def test_a_password_is_slow_to_guess_from_what_is_kept() -> None:
    assert "$m=19456,t=2,p=1$" in secrets.password_hash("lantern kettle orbit")


def test_half_a_letter_in_a_password_is_taken_for_a_sign() -> None:
    assert secrets.password_fits(secrets.password_hash("lantern \ud83d"), "lantern ?")


@pytest.mark.parametrize(
    ("password", "easy"),
    [
        ("password", True), ("PASSWORD", True), ("12345678", True), ("ｐａｓｓｗｏｒｄ", True),
        (ADA, True), ("ADALINE@MAIL.EXAMPLE", True), ("adaline", True), ("mail.example", True),
        ("abcabcabc", True), ("aabbccaabbcc", True), ("abcdabcd", False),
        ("adaline@mail.example!", False), ("lantern kettle orbit", False),
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_easy_to_guess(password: str, easy: bool) -> None:
    assert secrets.is_easy_to_guess(password, ADA) == easy


def test_an_app_is_told_whose_code_it_is_and_where_for() -> None:
    address = urlsplit(secrets.app_address(SECRET, ADA))
    asked = parse_qs(address.query)

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path.endswith("adaline%40mail.example")
    assert asked == {"secret": [SECRET], "issuer": ["Connect & Do"]}


def test_the_secret_of_an_app_has_160_bits() -> None:
    made = secrets.new_second_step()

    assert re.fullmatch("[A-Z2-7]{32}", made)
    assert made != secrets.new_second_step()


@pytest.mark.parametrize(
    ("later", "step"), [(-60, None), (-30, -1), (0, 0), (30, 1), (60, None), (3600, None)]
)
def test_a_code_is_good_for_half_a_minute_before_and_after(later: int, step: int | None) -> None:
    totp = TOTP(SECRET)
    this = totp.timecode(NOW)
    code = totp.at(NOW + timedelta(seconds=later))

    assert secrets.step_of(SECRET, code, NOW) == (None if step is None else this + step)


@pytest.mark.parametrize("code", ["", "12345", "é23456", "1234567"])
def test_what_is_no_code_is_of_no_step(code: str) -> None:
    assert secrets.step_of(SECRET, code, NOW) is None


def test_recovery_codes_are_eight_of_sixteen_digits_in_fours() -> None:
    codes = secrets.new_recovery_codes()
    many = [each for _ in range(40) for code in secrets.new_recovery_codes() for each in code]

    assert len(codes) == len(set(codes)) == 8
    assert all(re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", each) for each in codes)
    assert set(many) == set("0123456789 ")


def test_a_recovery_code_has_no_number_of_five_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectdo.people.secrets.secrets.randbelow", lambda most: most - 1)

    assert set(secrets.new_recovery_codes()) == {"9999 9999 9999 9999"}
