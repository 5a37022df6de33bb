"""Somebody who uses the site through its pages."""

import re
from collections.abc import Callable, Mapping
from contextvars import Context
from functools import partial
from typing import Any

import html5lib
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse, encode_multipart

from connectdo.db import db
from connectdo.people import here
from connectdo.people.coming_in import sign_in
from connectdo.people.models import Person

# The form's token on every page says when it was made.
TOKEN = re.compile(r'name="csrf_token"[^>]*')


def without_token(response: TestResponse) -> str:
    """All that a page says, but for the moment it was made."""
    return TOKEN.sub("", response.text)


class Visitor:
    """A browser without script. Every page it is given must be sound HTML."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._checked(self._ask(self._client.get, path, **options))

    def post(
        self,
        path: str,
        *,
        token: bool = True,
        network: str = "127.0.0.1",
        host: str = "localhost",
        headers: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> TestResponse:
        """Sends a form as a page of this site would, with its token unless told otherwise."""
        where = {"REMOTE_ADDR": network, "HTTP_HOST": host}
        options = {"headers": dict(headers or {}), "environ_base": where}
        return self._checked(self.send(path, fields, token=token, **options))

    def send(
        self,
        path: str,
        fields: Mapping[str, Any] | None = None,
        *,
        token: bool = True,
        **options: Any,
    ) -> TestResponse:
        """The same, whatever HTML comes back."""
        sent = {**(fields or {}), **({"csrf_token": self.token()} if token else {})}
        return self.ask("POST", path, data=sent, **options)

    def send_encoded(self, path: str, encoded: Mapping[str, str]) -> TestResponse:
        """Sends a form whose values are encoded already, so that they may be no text at all."""
        body = "&".join(f"{name}={value}" for name, value in encoded.items())
        kind = "application/x-www-form-urlencoded"
        return self._checked(self._ask(self._client.post, path, data=body, content_type=kind))

    def upload(self, path: str, **fields: Any) -> TestResponse:
        """Sends a form with a large file. The test client would leave a file of its own open."""
        boundary, body = encode_multipart({**fields, "csrf_token": self.token()})
        kind = f"multipart/form-data; boundary={boundary}"
        return self._checked(self._ask(self._client.post, path, data=body, content_type=kind))

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """By any method and with anything, as a program would."""
        return self._ask(partial(self._client.open, method=method), path, **options)

    def sign_in(self, person: Person) -> None:
        """As the person's own way of coming in leaves the browser."""
        secret = sign_in(person, "code" if person.roles else "link")
        db.session.commit()
        self.put_in_cookie(**{here.SIGNED_IN: secret, here.SEEN: here.now_in_seconds()})

    def cookie(self) -> str:
        """What the browser holds, for somebody to copy."""
        found = self._client.get_cookie("session")
        return found.value if found else ""

    def cookie_holds(self, name: str) -> Any:
        """One thing that the cookie says."""
        with self._client.session_transaction() as cookie:
            return cookie[name]

    def put_in_cookie(self, **things: Any) -> None:
        """As the site itself would have signed it."""
        with self._client.session_transaction() as cookie:
            cookie.update(things)

    def with_cookie(self, value: str) -> "Visitor":
        """The same visitor, holding a copied cookie."""
        self._client.set_cookie("session", value)
        return self

    def follow(self, response: TestResponse) -> TestResponse:
        """The page that an answer sends the visitor to."""
        assert response.status_code in (302, 303), response.status_code
        return self.get(response.headers["Location"])

    def token(self) -> str:
        """What a form of this site holds, as the site itself would have signed it."""
        with self._client.session_transaction() as cookie:
            known = cookie.setdefault("csrf_token", "0" * 40)
        return str(
            URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(known)
        )

    def _ask(self, ask: Callable[..., TestResponse], path: str, **options: Any) -> TestResponse:
        """As a server would: in a context of its own, with no transaction of the test's open."""
        db.session.rollback()
        return Context().run(ask, path, buffered=True, **options)

    def _checked(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.text:
            html5lib.HTMLParser(strict=True).parse(response.text)
        return response
