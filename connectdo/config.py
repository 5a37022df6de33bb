"""Settings, from the environment. Every name an operator may set is in this file.

CONNECTDO_INSTANCE            the folder this installation owns; instance/ when unset
CONNECTDO_DATABASE_URL        a PostgreSQL address; SQLite in the instance folder when unset
CONNECTDO_SECRET_KEY          signs cookies; made once and kept in the instance folder when unset
CONNECTDO_HTTPS               "1" when the site is served over https: cookies are then Secure
CONNECTDO_HOSTS               host names the site answers to, parted by commas; any when unset
CONNECTDO_TILES               a map tile server's address, with {z}, {x} and {y}; else outlines
CONNECTDO_TILES_CREDIT        the credit that the tile server asks for
CONNECTDO_GEOCODER            host of a Nominatim server for places we lack; off when unset
CONNECTDO_CONTACT             an e-mail address for visitors who need a person
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
A_YEAR = 365 * 24 * 60 * 60


def instance_folder() -> Path:
    """The folder this installation owns, made if it is not there."""
    folder = Path(os.environ.get("CONNECTDO_INSTANCE") or ROOT / "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings(instance: Path) -> dict[str, object]:
    """Everything Flask and the rooms are told, read once when the site starts."""
    env = os.environ
    https = env.get("CONNECTDO_HTTPS") == "1"
    hosts = [host.strip() for host in env.get("CONNECTDO_HOSTS", "").split(",") if host.strip()]
    return {
        "SECRET_KEY": env.get("CONNECTDO_SECRET_KEY") or _kept_secret(instance / "secret_key"),
        "DATABASE_URL": database_url(instance),
        "TRUSTED_HOSTS": hosts or None,
        "MAX_CONTENT_LENGTH": 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "MAX_FORM_PARTS": 200,
        "SESSION_COOKIE_NAME": "__Host-session" if https else "session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": A_YEAR,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # Pages that send no referrer have forms too; the token and the cookie's name guard them.
        "WTF_CSRF_SSL_STRICT": False,
        "SEND_FILE_MAX_AGE_DEFAULT": A_YEAR,
        "TILES": env.get("CONNECTDO_TILES", ""),
        "TILES_CREDIT": env.get("CONNECTDO_TILES_CREDIT", ""),
        "GEOCODER_DOMAIN": env.get("CONNECTDO_GEOCODER", ""),
        "GEOCODER_USER_AGENT": "connectdo community directory",
        "CONTACT_EMAIL": env.get("CONNECTDO_CONTACT", ""),
    }


def database_url(instance: Path) -> str:
    """The database's address, naming the driver that is installed for it."""
    url = os.environ.get("CONNECTDO_DATABASE_URL")
    if not url:
        return f"sqlite:///{instance / 'connectdo.sqlite3'}"
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def tile_host(tiles: str) -> str:
    """Scheme and host of the tile server, as the content security policy names it, or ""."""
    parts = urlsplit(tiles.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _kept_secret(path: Path) -> str:
    """The secret in `path`; the first to ask makes it, readable by this user alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret
