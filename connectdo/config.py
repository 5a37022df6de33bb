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
CONNECTDO_SITE                the site's own address, https://groups.example, for links in mails
CONNECTDO_SMTP                smtp://name:password@mail.example:587 or smtps://...:465; else mails
                              are put in the folder instance/outbox
CONNECTDO_MAIL_FROM           the address that mails come from; CONNECTDO_CONTACT when unset
CONNECTDO_CONFIRM_MONTHS      after how many months organisers are asked if it is still right; 3
CONNECTDO_MEANING             "0" when sentences are not to be read for their meaning
CONNECTDO_METRICS             address and port that tell figures to Prometheus; off when unset
CONNECTDO_PROXIES             how many proxies in front say where a request came from; 0 when unset
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
KEPT_KEY = "secret_key"
# Whom mails come from while nobody is set.
NOBODY = "connectdo@localhost"
# All that others may do, and that the group may write.
OTHERS = stat.S_IRWXO | stat.S_IWGRP
A_YEAR = 365 * 24 * 60 * 60


class SettingsDisagree(Exception):
    """Settings that are no use, or not safe, together."""


def instance_folder() -> Path:
    """The folder this installation owns, made if it is not there, for this user alone."""
    folder = Path(os.environ.get("CONNECTDO_INSTANCE") or ROOT / "instance").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def close_to_others(folder: Path) -> None:
    """Takes from other users of this machine what they may do with the folder: the database and the
    index are in it, and whoever writes an index can have the site run what they like."""
    with suppress(PermissionError):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~OTHERS)


def settings(instance: Path) -> dict[str, object]:
    """Everything Flask and the rooms are told, read once when the site starts."""
    env = os.environ
    https = env.get("CONNECTDO_HTTPS") == "1"
    hosts = [host.strip() for host in env.get("CONNECTDO_HOSTS", "").split(",") if host.strip()]
    return {
        # Flask would look at FLASK_DEBUG: a fault's page is ours, whatever an environment says.
        "DEBUG": False,
        "SECRET_KEY": env.get("CONNECTDO_SECRET_KEY") or _kept_secret(instance / KEPT_KEY),
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
        "SITE": _site(env.get("CONNECTDO_SITE", ""), mailed=bool(env.get("CONNECTDO_SMTP"))),
        "SMTP": _mail_server(env.get("CONNECTDO_SMTP", "")),
        "MAIL_FROM": env.get("CONNECTDO_MAIL_FROM") or env.get("CONNECTDO_CONTACT") or NOBODY,
        "CONFIRM_MONTHS": _number("CONNECTDO_CONFIRM_MONTHS", 3),
        "MEANING": reads_meaning(),
        "METRICS": _address_and_port("CONNECTDO_METRICS"),
        "PROXIES": _number("CONNECTDO_PROXIES", 0),
    }


def database_url(instance: Path) -> str:
    """The database's address, naming the driver that is installed for it. Raises
    SettingsDisagree."""
    url = os.environ.get("CONNECTDO_DATABASE_URL")
    if not url:
        return f"sqlite:///{instance / 'connectdo.sqlite3'}"
    scheme, _, rest = url.partition("://")
    if not rest:
        raise SettingsDisagree("CONNECTDO_DATABASE_URL is an address like postgresql:///connectdo")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def reads_meaning() -> bool:
    """Whether sentences are to be read for their meaning, where the model is installed."""
    return os.environ.get("CONNECTDO_MEANING") != "0"


def tile_host(tiles: str) -> str:
    """Scheme and host of the tile server, as the content security policy names it, or ""."""
    parts = urlsplit(tiles.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _site(address: str, *, mailed: bool) -> str:
    """The site's address without a path. A mail's link must not start as its asker pleases: whoever
    asks for one names a host too, and could name their own. Raises SettingsDisagree."""
    if mailed and not address:
        raise SettingsDisagree("CONNECTDO_SMTP needs CONNECTDO_SITE: links in mails start with it.")
    parts = urlsplit(address.rstrip("/"))
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
        raise SettingsDisagree("CONNECTDO_SITE is an address like https://groups.example")
    return address.rstrip("/")


def _mail_server(address: str) -> str:
    """Raises SettingsDisagree."""
    parts = urlsplit(address)
    if address and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise SettingsDisagree("CONNECTDO_SMTP is an address like smtp://mail.example:587")
    return address


def _number(name: str, usual: int) -> int:
    """Raises SettingsDisagree."""
    said = os.environ.get(name) or str(usual)
    if not said.isdecimal():
        raise SettingsDisagree(f"{name} is a number, such as {usual}.")
    return int(said)


def _address_and_port(name: str) -> str:
    """Raises SettingsDisagree."""
    said = os.environ.get(name, "")
    host, _, port = said.rpartition(":")
    if said and not (host and port.isdecimal()):
        raise SettingsDisagree(f"{name} is an address and a port, such as 127.0.0.1:9100")
    return said


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
