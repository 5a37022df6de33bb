"""How often something may be tried. Counted in the database, so that all workers count together
and a restart forgets nothing.

A count is kept under a keyed hash: whose it is cannot be read from it. Limits slow a stranger
down; each room sees to it that none locks out the person whom the stranger pretends to be.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Flask, current_app, request
from sqlalchemy import String, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.middleware.proxy_fix import ProxyFix

from connectdo import jobs
from connectdo.db import Base, db, utc_now

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
BITS_OF_A_HOUSEHOLD = 64


@dataclass(frozen=True)
class Limit:
    """At most so many tries in each stretch of so many minutes."""

    name: str
    most: int
    minutes: int


class Tally(Base):
    """How often something was tried in one stretch of time."""

    __tablename__ = "tally"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)


def init_app(app: Flask) -> None:
    proxies = int(app.config["PROXIES"])
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    jobs.by_the_clock(app, "forget_tallies", forget_old, jobs.EVERY_NIGHT)


def count(limit: Limit, who: str) -> int:
    """Counts a try and says how many there have been. Commits: it counts whatever comes of it."""
    seconds = limit.minutes * 60
    stretch = int(utc_now().replace(tzinfo=UTC).timestamp()) // seconds
    text = f"{limit.name}\n{who}\n{stretch}"
    key = hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), text.encode(), "sha256").hex()
    ends_at = datetime.fromtimestamp((stretch + 1) * seconds, UTC).replace(tzinfo=None)
    first = INSERT[db.engine.dialect.name](Tally).values(key=key, count=1, ends_at=ends_at)
    again = first.on_conflict_do_update(index_elements=["key"], set_={"count": Tally.count + 1})
    # Nobody's act: see `audit`.
    counted = db.session.execute(again.returning(Tally.count), execution_options={"no_act": True})
    tries: int = counted.scalar_one()
    db.session.commit()
    return tries


def allow(limit: Limit, who: str) -> bool:
    """Counts a try; False when it is one too many. Commits."""
    return count(limit, who) <= limit.most


def allow_network(limit: Limit) -> bool:
    """Counts a try of the network that the request comes from. Commits."""
    where = network()
    return not where or allow(limit, where)


def network() -> str:
    """Where a request comes from: an address, or with IPv6 the network of a household. "" where
    that says nothing: this machine, which is a proxy that CONNECTDO_PROXIES does not count."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, BITS_OF_A_HOUSEHOLD), strict=False))
    return str(address)


def forget_old() -> None:
    """Deletes the tallies of times gone by."""
    db.session.execute(delete(Tally).where(Tally.ends_at < utc_now() - timedelta(days=1)))
    db.session.commit()
