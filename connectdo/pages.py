"""What every page shares: GOV.UK's components, files that may be kept for a year, compression."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, url_for
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

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
    csrf.init_app(app)
    Compress(app)
    static = Path(app.static_folder or "")

    @lru_cache(maxsize=64)
    def fingerprint(filename: str) -> str:
        return hashlib.sha256((static / filename).read_bytes()).hexdigest()[:10]

    @app.template_global()
    def asset(filename: str) -> str:
        """The address of one of our files, which changes when the file does."""
        return url_for("static", filename=filename, v=fingerprint(filename))

    @app.context_processor
    def contact() -> dict[str, object]:
        return {"contact_email": app.config["CONTACT_EMAIL"]}
