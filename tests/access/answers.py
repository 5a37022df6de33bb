"""What every answer has to tell the browser, whoever asked and whatever came of it."""

from flask import Flask
from werkzeug.test import TestResponse

from connectdo.access import SECRETS, STRANGER, who_may_enter

# They are about who asks.
ABOUT_SOMEBODY = {"directory.my_list"}
SAFE = ("default-src 'none'", "base-uri 'none'")


def faults_of(app: Flask, endpoint: str, response: TestResponse) -> list[str]:
    """What an answer of a page leaves unsaid."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    found = [each for each in SAFE if each not in policy]
    found += ["unsafe" for each in ("unsafe-inline", "unsafe-eval") if each in policy]
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("nosniff")
    if is_private(app, endpoint) and headers.get("Cache-Control") != "no-store":
        found.append("no-store")
    if is_private(app, endpoint) and headers.get("Referrer-Policy") != "no-referrer":
        found.append("no-referrer")
    return found + [each for line in headers.getlist("Set-Cookie") for each in _loose(line)]


def is_private(app: Flask, endpoint: str) -> bool:
    """Whether nothing may keep it, and no site may hear of it."""
    rule = next(app.url_map.iter_rules(endpoint))
    is_open = STRANGER in who_may_enter(app, endpoint)
    is_personal = endpoint.startswith("people.") or endpoint in ABOUT_SOMEBODY
    return not is_open or is_personal or bool(rule.arguments & SECRETS)


def _loose(cookie: str) -> list[str]:
    """What a cookie should say and does not."""
    parts = {each.strip() for each in cookie.split(";")}
    missing = [each for each in ("HttpOnly", "SameSite=Lax", "Path=/") if each not in parts]
    return missing + ["Domain" for each in parts if each.startswith("Domain")]
