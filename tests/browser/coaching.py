"""A coach on the running site, signed in as their own way of coming in leaves the browser."""

import json
import subprocess
import sys
from typing import Any

from playwright.sync_api import BrowserContext


def made(what: str, *numbers: int) -> dict[str, Any]:
    """What `making.py` makes on the running site, and says of it."""
    words = [sys.executable, "-m", "tests.browser.making", what, *map(str, numbers)]
    said = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def coach_with_client(kept: int) -> dict[str, Any]:
    """A coach's cookie, their client Mary's id, and the items and names on her shortlist."""
    return made("mary", kept)


def come_in(context: BrowserContext, cookie: str, site: str) -> None:
    """Whoever has the cookie is signed in."""
    context.add_cookies([{"name": "session", "value": cookie, "url": site}])
