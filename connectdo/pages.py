"""What every page shares: GOV.UK's components, files that may be kept for a year, compression."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, has_request_context, request
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

THIS_MACHINE = "http://127.0.0.1:5000"
# In addresses: a number that a row may have.
ID = f"int(max={2**31 - 1})"
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    ours = app.create_global_jinja_loader()
    app.jinja_env.loader = ChoiceLoader([ours, components])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["COMPRESS_MIMETYPES"] = [
        "text/html",
        "text/css",
        "text/javascript",
        "text/calendar",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
    ]
    # A level less than usual: a hundredth more to move, for a fifth less work.
    app.config["COMPRESS_LEVEL"] = 5
    csrf.init_app(app)
    Compress(app)
    app.after_request(_read_whole)
    static = Path(app.static_folder or "")

    @lru_cache(maxsize=64)
    def fingerprint(filename: str) -> str:
        return hashlib.sha256((static / filename).read_bytes()).hexdigest()[:10]

    @app.template_global()
    def asset(filename: str) -> str:
        """The address of one of our files, which changes when the file does."""
        here = f"{request.script_root}{app.static_url_path}"
        return f"{here}/{filename}?v={fingerprint(filename)}"

    @app.template_filter()
    def web(address: str) -> str:
        """A group's website for a link: whatever is kept, no link of ours runs a script."""
        return address if address.startswith(("https://", "http://")) else ""

    @app.context_processor
    def contact() -> dict[str, object]:
        return {"contact_email": app.config["CONTACT_EMAIL"]}


def whole_address(endpoint: str, **values: Any) -> str:
    """The address of a page as a mail says it. A request's own host only where no site is set, and
    this machine's where there is no request either: in a job."""
    own = request.host_url if has_request_context() else THIS_MACHINE
    site = urlsplit(str(current_app.config["SITE"]) or own)
    addresses = current_app.url_map.bind(site.netloc, url_scheme=site.scheme)
    return addresses.build(endpoint, values, force_external=True)


def _read_whole(response: Response) -> Response:
    """Our own files are read at once: what is streamed goes unpacked to who only knows gzip."""
    if request.endpoint == "static" and response.status_code == 200:
        response.direct_passthrough = False
        response.make_sequence()
    return response
