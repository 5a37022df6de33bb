"""What Jinja does not see to: an attribute without quotes ends at the first space of a value, and
an address may be `javascript:`. All templates are read for it."""

import re
from pathlib import Path

import pytest

import connectdo
from connectdo.db import db
from tests.factories import make_listing
from tests.visitor import Visitor

ROOT = Path(connectdo.__file__).parent
TEMPLATES = {str(each.relative_to(ROOT)): each for each in sorted(ROOT.rglob("*.html"))}
# Attributes and how their values begin. What is between {% %} and {# #} is Jinja's own.
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
VALUES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
UNQUOTED = re.compile(r"<[a-zA-Z][^<>]*\s[a-zA-Z-]+=[^\s\"'>]")
LINK = re.compile(
    r"\b(?:href|src|action|formaction|poster|data)=\"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL
)
# What our own views make of `url_for`, and what is checked where it is made.
OURS = {
    "address", "after.address", "again", "before.address", "did_you_mean.address",
    "form.address(not_read=none)", "keep",
    "link.address", "next_page", "nothing_chosen", "offer.address", "other_view", "page",
    "part.plan", "people", "plan",
}  # fmt: skip
SCRIPTS = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/)", re.IGNORECASE)
HANDLERS = re.compile(r"<[^<>]*\s(?:on[a-z]+|style|srcdoc)=", re.IGNORECASE)


def has_a_bare_value(text: str) -> bool:
    """Whether an attribute is without quotes."""
    bare = re.sub(r'"[^"<>]*"', '""', VALUES.sub("x", text))
    return bool(UNQUOTED.search(bare))


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_put_in_a_page_stays_in_its_place(template: str) -> None:
    text = JINJA.sub("", TEMPLATES[template].read_text())
    links = LINK.findall(text)

    assert not has_a_bare_value(text)
    assert not SCRIPTS.search(text)
    assert not HANDLERS.search(text)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", TEMPLATES[template].read_text())
    strange = [
        each
        for each in links
        if each not in OURS
        and not each.startswith(("url_for(", "asset("))
        and not each.endswith("| web")
    ]
    assert strange == []


@pytest.mark.parametrize(
    "bad",
    [
        "<a href={{ x }}>", "<input value=x{{ y }}>", '<a href="{{ listing.url }}">',
        "<script>go()</script>", '<p onclick="go()">', '<p style="color: red">',
    ],
)  # fmt: skip
def test_the_reader_of_templates_sees_what_it_is_for(bad: str) -> None:
    strange = [each for each in LINK.findall(bad) if each not in OURS]

    assert has_a_bare_value(bad) or SCRIPTS.search(bad) or HANDLERS.search(bad) or strange


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:x", " data:text/html,x"])
def test_no_link_to_a_website_runs_a_script(visitor: Visitor, address: str) -> None:
    """However it got into the database."""
    listing = make_listing("Choir", organisation="Singers", url=address)
    assert listing.organisation
    listing.organisation.website = address
    db.session.commit()

    pages = [
        visitor.get(f"/listings/{listing.id}").text,
        visitor.get(f"/organisations/{listing.organisation.id}").text,
    ]

    for page in pages:
        links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
        assert not [each for each in links if re.match(r"\s*(javascript|data):", each, re.I)]


def test_what_a_group_says_of_itself_is_words_and_no_markup(visitor: Visitor) -> None:
    """There is no Markdown: what looks like HTML is shown as it was written."""
    said = '</p></script><script>alert(1)</script><img src=x onerror="go()"> **bold** {{ 7 * 7 }}'
    listing = make_listing(
        said[:190], organisation="Singers", description=said, summary=said, first_visit=said,
        cost=said[:190], contact_name=said[:90], miles=0.0, weekly="Tue 18:30",
    )  # fmt: skip
    assert listing.organisation
    listing.organisation.name = said[:190]
    db.session.commit()

    for path in (f"/listings/{listing.id}", f"/organisations/{listing.organisation.id}"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
        assert "49" not in re.sub(r"\d{3,}", "", page).split("<main")[1].split("bold")[0]
