"""Somebody who uses the site through its pages."""

import re
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse


class Visitor:
    """A browser without script. Every page it is given must be sound HTML."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._checked(self._client.get(path, buffered=True, **options))

    def post(self, path: str, *, token: bool = True, **fields: Any) -> TestResponse:
        """Sends a form as a page of this site would, with its token unless told otherwise."""
        sent = {**fields, **({"csrf_token": self._token()} if token else {})}
        return self._checked(self._client.post(path, data=sent))

    def follow(self, response: TestResponse) -> TestResponse:
        """The page that an answer sends the visitor to."""
        assert response.status_code in (302, 303), response.status_code
        return self.get(response.headers["Location"])

    def _token(self) -> str:
        page = self._client.get("/my-list").text + self._client.get("/listings/1/report").text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        return found[1] if found else ""

    def _checked(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.text:
            html5lib.HTMLParser(strict=True).parse(response.text)
        return response
