"""Requests that no page of ours would send: made from the site's own addresses and forms, with
values that have broken programs before. The same number makes the same request."""

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.routing import Rule

ARGUMENT = re.compile(r"<(?:[^:>]+:)?(\w+)>")
# A lone surrogate, and bytes that are no text, as addresses and forms would carry them.
SURROGATE, NO_TEXT = "\udc80\ud800", b"\xff\xfe\xed\xa0\x80"
NASTY: Sequence[str] = (
    *("", " ", "0", "-1", "1", "2", "-0", "00", "1.5", "1e309", "nan", "inf", "0x10", "1_000"),
    *(str(2**31 - 1), str(2**31), str(2**63), str(2**64), str(-(2**63)), "9" * 5_000),
    *("²", "٣", "१२", "½", "Ⅷ", "１", "true", "null", "None", "[]", "{}", "undefined"),
    *("\x00", "a\x00b", "\r\nSet-Cookie: session=a", "\x1b[2J", "\ufeff", "\ufffe", "\u2028"),
    *("\u202egro.elpmaxe", "\u200d\u200d", SURROGATE, "e\u0301", "é", "ﬁ", "İ", "ß", "💩" * 50),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--", "]]>", "&amp;#39;"),
    *("{{ 7 * 7 }}", "{% raw %}", "%s%n", "${7*7}", "%", "%00", "_", "\\", "'", '"', "`", ";--"),
    *(
        "' or 1=1 --",
        "x'; drop table client; --",
        "=1+1",
        "+1",
        "@a",
        "../../etc/passwd",
        "/",
        "//",
    ),
    *("//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "http://[::1", "http:"),
    *("https://127.0.0.1:1/", "webcal://elsewhere.example", "a@b", "@", "a@mail.example\nBcc: b@c"),
    *("mail@mail.example", "ﬀ@mail.example", "a" * 300 + "@mail.example", "a@" + "b." * 200),
    *("2026-02-30", "9999-12-31", "0001-01-01", "2026-13-01", "10000-01-01", "31/12/99999"),
    *("24:00", "25:61", "00:00", "2400", "99999", "-5", "tomorrow", "every 400th tuesday"),
    *("SE24 0NG", "ZZ99 9ZZ", "a" * 199, "a" * 300, "a b " * 2_000, "é" * 70_000, "\n" * 3_000),
    *('"unended', "(((((", "AND OR NOT", "*" * 400, "~9", "title:x", "a^99999", "[a TO b]"),
)
USUAL: Sequence[str] = (
    *("Choir", "Tea and a chat", "Ada", "ada@mail.example", "07700 900123", "SE24 0NG", "18:30"),
    *(
        "6.30pm",
        "1",
        "2",
        "5",
        "60",
        "90",
        "2026-12-01",
        "2027-01-05",
        "12",
        "yes",
        "no",
        "Lambeth",
    ),
    *("https://choir.example", "Every Tuesday 7pm", "lantern kettle orbit", "choir", "1999"),
)
HEADERS: Sequence[tuple[str, str]] = (
    *(("Host", each) for each in ("elsewhere.example", "localhost:99999", "[::1]", "a b", "%00")),
    *(("Accept-Encoding", each) for each in ("gzip;q=nan", "br, gzip, zstd", "*;q=0", ",,;", "é")),
    *(("Range", each) for each in ("bytes=0-0", "bytes=9-1", "bytes=-", "bytes=" + "0-1," * 99)),
    *(("If-None-Match", each) for each in ("*", '"', 'W/"a"', "a" * 5_000)),
    *(("If-Modified-Since", each) for each in ("tomorrow", "Thu, 99 Jan 9999 99:99:99 GMT")),
    *(("Content-Length", each) for each in ("-1", "99999999999999999999", "abc", "0")),
    *(("Referer", each) for each in ("http://[::1", "http://localhost/search?q=%ff", "é", "//")),
    *(("Once", each) for each in ("a" * 500, "\x7f", "é")),
    ("X-Forwarded-For", "not, an, address"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Accept-Language", "xx-" * 300),
    ("Transfer-Encoding", "chunked"),
    ("Content-Encoding", "gzip"),
    ("Later", "yes"),
    ("Expect", "100-continue"),
)
KINDS_OF_BODY = (
    *("application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-16"),
    *("multipart/form-data", "multipart/form-data; boundary=", "image/svg+xml", "é/é", ""),
)
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
DEEP = 20_000
# What gunicorn takes as the first line of a request.
LONGEST = 4_000

Form = Mapping[str, Sequence[str]]


class Request(NamedTuple):
    """All of a request but who sends it. `cookie` stands for their own where it is None."""

    endpoint: str
    method: str
    path: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    cookie: str | None

    def __str__(self) -> str:
        body = f"{self.body[:300]!r} ({len(self.body)} bytes)"
        return f"{self.method} {self.path[:500]} {body} {[(k, v[:80]) for k, v in self.headers]}"


class Maker:
    """Makes requests for the rules of a site. `ids` are what addresses ask for, `forms` the fields
    of each endpoint with what its own page offers."""

    def __init__(self, app: Flask, ids: Mapping[str, object], forms: Mapping[str, Form]) -> None:
        self.rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        self.ids, self.forms = ids, forms

    def request(self, chance: random.Random) -> Request:
        """One more request."""
        rule = chance.choice(self.rules)
        methods = sorted((rule.methods or set()) & {"GET", "POST"})
        method = chance.choice(METHODS) if chance.random() < 0.04 else chance.choice(methods)
        path = self._path(chance, rule)
        fields = self._fields(chance, rule.endpoint)
        body, kind = (b"", "")
        if method not in ("GET", "HEAD") and chance.random() < 0.95:
            body, kind = _body(chance, fields)
        elif chance.random() < 0.6:
            path += "?" + _encoded(chance, fields)
        odd = chance.sample(HEADERS, chance.choice((1, 2))) if chance.random() < 0.12 else []
        headers = (*odd, *([("Content-Type", kind)] if kind else []))
        cookie = f"session={_quoted(_value(chance))}" if chance.random() < 0.04 else None
        return Request(rule.endpoint, method, path[:LONGEST], body, headers, cookie)

    def _path(self, chance: random.Random, rule: Rule) -> str:
        def fill(found: re.Match[str]) -> str:
            known = self.ids.get(found[1])
            if known is not None and chance.random() < 0.85:
                return str(known)
            return _quoted(_value(chance)[:3_000]) or "0"

        return ARGUMENT.sub(fill, rule.rule)

    def _fields(self, chance: random.Random, endpoint: str) -> list[tuple[str, str]]:
        """What its own page has, mostly as that page would send it; and something besides."""
        form = self.forms.get(endpoint, {})
        wild = chance.choice((0.02, 0.15, 0.6))
        fields = []
        for name, offered in form.items():
            if chance.random() < wild / 3:
                continue
            usual = chance.choice([*offered] * 3 + [*USUAL] if offered else USUAL)
            fields.append((name, _value(chance) if chance.random() < wild else usual))
        if fields and chance.random() < 0.15:
            fields += chance.choices(fields, k=chance.choice((1, 3, 250)))
        if not fields or chance.random() < 0.2:
            names = ("q", "near", "page", "next", "item", "id", "day", "text", _value(chance))
            fields.append((chance.choice(names), _value(chance)))
        return fields


def _value(chance: random.Random) -> str:
    if chance.random() < 0.2:
        length = chance.choice((1, 3, 20, 400))
        return "".join(
            chr(chance.randrange(chance.choice((128, 0x3000, 0x110000)))) for _ in range(length)
        )
    return chance.choice(NASTY)


def _quoted(text: str) -> str:
    return quote(text.encode(errors="surrogatepass"), safe="")


def _encoded(chance: random.Random, fields: Sequence[tuple[str, str]]) -> str:
    """Now and then with what is no text, or ends too soon."""
    text = urlencode(fields, errors="surrogatepass")
    return text + chance.choice(("", "", "", "&=&&%zz=%", "&a=%ff%fe", "&" * 50, ";a=b"))


def _body(chance: random.Random, fields: Sequence[tuple[str, str]]) -> tuple[bytes, str]:
    how = chance.random()
    if how < 0.7:
        return _encoded(chance, fields).encode(), "application/x-www-form-urlencoded"
    if how < 0.9:
        return _parts(chance, fields), "multipart/form-data; boundary=line"
    if how < 0.94:
        deep = "[" * DEEP + "]" * DEEP
        return json.dumps({"a": 1e308, "b": [deep]}).encode() + deep.encode(), "application/json"
    bytes_ = chance.choice((NO_TEXT * 40, b"", b"\x00" * 500, b"a" * 1_200_000))
    return bytes_, chance.choice(KINDS_OF_BODY)


def _parts(chance: random.Random, fields: Sequence[tuple[str, str]]) -> bytes:
    """A form with files, whole or not."""
    found = b""
    for name, value in fields:
        as_file = '; filename="../a.ics"' if chance.random() < 0.2 else ""
        head = f'--line\r\nContent-Disposition: form-data; name="{name}"{as_file}\r\n\r\n'
        found += (head + value + "\r\n").encode(errors="surrogatepass")
    whole = found + b"--line--\r\n"
    cut = chance.randrange(len(whole))
    return chance.choice((whole, whole, whole, whole[:cut], whole[cut:], found + NO_TEXT))
