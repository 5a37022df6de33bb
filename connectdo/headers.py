"""What every answer tells the browser, errors too: a content security policy and its kin."""

from flask import Flask, Response
from werkzeug.wrappers import Response as Answer

from connectdo.config import tile_host


def content_security_policy(tiles: str) -> str:
    """Only our own files run or show; map tiles come from the tile server that is set, if any."""
    images = " ".join(filter(None, ["'self'", "data:", tile_host(tiles)]))
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {images}",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def show_anywhere(response: Response) -> None:
    """For a page that other sites show in a frame of theirs. It runs and sends nothing, so nobody
    can be led to press something of ours there without knowing it."""
    response.headers["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors *",
        ]
    )


def keep_private(response: Response) -> None:
    """For a page about somebody, or whose address is a secret: nothing keeps it, no site hears of
    it and no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"


def clear_device(response: Answer) -> None:
    """For who signs out: the browser forgets all that our pages kept on the device."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def init_app(app: Flask) -> None:
    policy = content_security_policy(str(app.config["TILES"]))
    https = bool(app.config["SESSION_COOKIE_SECURE"])

    @app.after_request
    def say_the_rules(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        # A results page's address holds what somebody looked for and where they live. A page
        # whose address is itself a secret says less still.
        headers.setdefault("Referrer-Policy", "same-origin")
        if https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
