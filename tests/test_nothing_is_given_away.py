"""What must not be in the repository, nor open on the machine that runs the site."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from connectdo import create_app
from connectdo.config import ROOT
from connectdo.search import index, sync
from tests.clients.canaries import CANARY
from tests.conftest import close
from tests.factories import make_client, make_listing

OURS = ("connectdo", "tests", "benchmarks", "migrations", ".ci", "assets")
PASSED_OVER = {"node_modules", "__pycache__"}
KINDS = {".py", ".html", ".js", ".cfg", ".toml", ".txt", ".in", ".md", ".json", ".scss", ".sh", ""}
LARGEST = 1_000_000
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "a token of a forge": re.compile(r"\bgh[pousr]_[0-9A-Za-z]{36}\b|\bglpat-[0-9A-Za-z_-]{20}\b"),
    "a password in an address": re.compile(r"\b[a-z]+://[^\s:/@{}\"'<>]+:[^\s:/@{}\"'<>]{6,}@"),
    "a secret key": re.compile(
        r"(?i)\b(?:secret_key|api_key|auth_token|client_secret)\b[\"']?\s*[:=]\s*[\"'][^\"'{}]{12,}"
    ),
}
# Invented ones that tests and the manual speak of.
INVENTED = re.compile(r"example|invalid|localhost|127\.0\.0\.1|name:secret|name:password")


def files() -> Iterator[Path]:
    yield from (each for each in ROOT.iterdir() if each.is_file())
    for folder in OURS:
        for each in (ROOT / folder).rglob("*"):
            if each.is_file() and PASSED_OVER.isdisjoint(each.parts):
                yield each


def found_in(text: str) -> list[str]:
    return [
        name
        for name, pattern in SECRETS.items()
        for match in pattern.finditer(text)
        if not INVENTED.search(text[match.start() : match.end() + 40])
    ]


def test_there_is_no_secret_in_the_repository() -> None:
    found = {
        str(each.relative_to(ROOT)): secrets
        for each in files()
        if each.suffix in KINDS and each.stat().st_size < LARGEST
        if (secrets := found_in(each.read_text(encoding="utf-8", errors="replace")))
    }

    assert found == {}
    assert not [each for each in files() if each.suffix in {".pem", ".key", ".p12", ".env"}]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "postgresql://connect:" + "horse-battery@db.internal/connect",
        "SECRET_KEY = '" + "a" * 20 + "'",
    ],
)
def test_the_reader_of_the_repository_knows_a_secret(text: str) -> None:
    assert found_in(text)


def test_nothing_is_debugged_in_earnest(app: Flask) -> None:
    assert not app.debug
    assert not app.config.get("TESTING")
    assert not app.config.get("EXPLAIN_TEMPLATE_LOADING")


def test_nobody_else_on_the_machine_may_look_into_what_the_site_keeps(app: Flask) -> None:
    """The database is in there, and the index, which is read as pickles: who could write one could
    run what they like here."""
    folder = Path(app.instance_path)
    folder.chmod(0o777)

    close(create_app(folder))

    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert sync.folder().is_relative_to(folder)


def test_the_index_knows_nothing_of_clients(app: Flask) -> None:
    make_listing("Choir")
    make_client(name=CANARY)
    sync.sync()

    with index.sole_writer(sync.folder()):
        held = b"".join(each.read_bytes() for each in sync.folder().rglob("*") if each.is_file())

    assert b"Choir" in held or b"choir" in held
    assert CANARY.encode() not in held
