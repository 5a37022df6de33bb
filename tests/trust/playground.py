"""A site with somebody of every kind in it, and a record that most of them may not see."""

from collections import defaultdict
from collections.abc import Sequence
from contextvars import Context
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import delete, select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from connectdo.access import SECRETS, STRANGER
from connectdo.clients import rules
from connectdo.clients.models import COACH, LEAD, Client
from connectdo.clients.queries import ties_of
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.limits import Tally
from connectdo.people.models import Person
from connectdo.search.sync import sync
from tests.access.owners import addresses
from tests.access.world import add_who_comes_near, make_world
from tests.clients.canaries import sow
from tests.test_access import IN_AN_ADDRESS
from tests.trust.any_request import Form, Maker, Request
from tests.visitor import Visitor

KINDS = (
    *(STRANGER, "member", "organiser", "moderator", COACH, LEAD, "volunteer", "colleague"),
    *("coach elsewhere", "lead elsewhere", "administrator", "left the team"),
)
# Whose pages have the forms.
WHO_HAS_FORMS = (STRANGER, "organiser", "moderator", COACH, LEAD, "administrator")


class Playground:
    """Made new now and then: requests take things away."""

    def __init__(self, app: Flask) -> None:
        # What comes after the form's token is looked at here.
        app.config["WTF_CSRF_ENABLED"] = False
        self.app = app
        self.owners = {each.endpoint: each.record.owner for each in addresses(app)}
        self._sender = app.test_client(use_cookies=False)
        self._other = make_world("Southwark")
        self.renew()
        self.forms = {**self._forms()}
        self.sow()

    @property
    def maker(self) -> Maker:
        return Maker(self.app, self.ids, self.forms)

    def renew(self) -> None:
        """Everything is there again, and everybody signed in."""
        db.session.execute(delete(Tally))
        self.world = make_world("Lambeth")
        add_who_comes_near(self.world, self._other)
        sync()
        known = {**self.world.ids, "person_id": self.world.ids["colleague_id"]}
        plain = {name: value for each in IN_AN_ADDRESS.values() for name, value in each.items()}
        self.ids = {**plain, **known}
        self._cookies = {kind: self._cookie(kind) for kind in KINDS}

    def sow(self) -> None:
        """From now on the record holds words that are found nowhere else."""
        client, coach = self.world.client, self.world.client.coach
        sow(client)
        client.coach = coach
        db.session.commit()

    def send(self, kind: str, request: Request) -> TestResponse:
        """As a program would that holds somebody's cookie."""
        own = f"session={self._cookies[kind]}" if request.cookie is None else request.cookie
        environ = {
            "HTTP_COOKIE" if name == "Cookie" else _as_environ(name): value
            for name, value in (("Cookie", own), *request.headers)
        }
        db.session.rollback()
        return Context().run(
            self._sender.open,
            request.path,
            method=request.method,
            data=request.body,
            environ_overrides=environ,
            buffered=True,
        )

    def may_see_somebody(self, kind: str) -> bool:
        """Whether they have come to see a client by what was sent: leads let others in."""
        person = self._person(kind)
        db.session.rollback()
        clients = db.session.scalars(select(Client)).all() if person else []
        now = utc_now()
        return any(
            rules.can_see(ties_of(person, each, now), each, london_today(), now)
            for each in clients
            if person
        )

    def _cookie(self, kind: str) -> str:
        visitor, person = Visitor(self.app), self._person(kind)
        if person:
            visitor.sign_in(person)
        return visitor.cookie()

    def _person(self, kind: str) -> Person | None:
        return self.world.people.get(kind)

    def _forms(self) -> dict[str, Form]:
        """What every page has to fill in and to press, by the endpoint that it is sent to."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        paths = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.arguments & SECRETS:
                continue
            values = {**self.ids, **IN_AN_ADDRESS.get(rule.endpoint, {})}
            path = paths.build(rule.endpoint, {each: values[each] for each in rule.arguments})
            for kind in WHO_HAS_FORMS:
                page = self.send(kind, Request("", "GET", path, b"", (), None))
                if page.mimetype == "text/html" and page.status_code == 200:
                    for method, action, fields in _Fields(page.text).forms:
                        endpoint = self._sent_to(method, urlsplit(action or path).path)
                        for name, value in fields:
                            found[endpoint][name].append(value)
        return {endpoint: dict(form) for endpoint, form in found.items()}

    def _sent_to(self, method: str, path: str) -> str:
        try:
            return str(self.app.url_map.bind("localhost").match(path, method=method)[0])
        except HTTPException:
            return ""


def _as_environ(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


class _Fields(HTMLParser):
    """The forms of a page: method, action, and the names with the values that they offer."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("method", "get").upper(), said.get("action", ""), []))
        elif self.forms and tag in ("input", "textarea", "button", "select"):
            self._select = said.get("name", "")
            if self._select and tag != "select":
                self.forms[-1][2].append((self._select, said.get("value", "")))
        elif self.forms and tag == "option" and self._select:
            self.forms[-1][2].append((self._select, said.get("value", "")))
