"""The sheet that a client takes home, printed by a real browser: one page of A4."""

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

import connectdo
from connectdo.directory.paper import picture
from connectdo.shortlists.pdf import pdf_of
from connectdo.shortlists.taking_home import PLAN, WHERE, Fact, Part, Sheet

HOUSE = Path(connectdo.__file__).parent
LINK = "https://connect-and-do.example/l/O0TIGk31jx-pXynf0HGaxJqoiNkcqkDF"
# As much as is known of a group about which all is known.
WHOLE: list[list[Fact]] = [
    [("When", "Every Wednesday, 10:30am to 12:30pm"), ("Next", "Wednesday 25 November, 10:30am")],
    [
        (WHERE, "Lantern Street Community Hall, 12 Church Lane, West Norwood, London, SE27 0HP"),
        ("Getting there", "About 33 minutes on foot from the middle of SE27"),
    ],
    [("Phone", "01632 960123"), ("Ask for", "Jean Fairweather"), ("Cost", "£2 with tea")],
    [("First visit", "Come 10 minutes early. Jean waits at the blue door and shows you round.")],
    [("Why", "“My mother sang alto”"), ("Note", "We go together on the first day. Bring a coat.")],
]


def a_sheet(things: int, link: str = LINK) -> Sheet:
    parts = [Part(f"Lantern Street Singers number {n}", WHOLE, "https://x") for n in range(things)]
    return Sheet("For Mary", parts, "22 November 2026", link, "22 December")


def html_of(sheet: Sheet) -> str:
    """The page as the site gives it, with its style in it."""
    templates = HOUSE / "shortlists" / "templates"
    paper = Environment(loader=FileSystemLoader(templates), autoescape=True)
    style = (HOUSE / "static" / "sheet.css").read_text(encoding="utf-8")
    page = paper.get_template("shortlists/sheet.html").render(
        sheet=sheet,
        here=SimpleNamespace(client=SimpleNamespace(id=1)),
        picture=picture(sheet.link) if sheet.link else "",
        plan=PLAN,
        where=WHERE,
        planner="a planner",
        asked=MultiDict[str, str](),
        asset=lambda _name: "",
        url_for=lambda _endpoint, **_values: "",
    )
    return page.replace("</head>", f"<style>{style}</style></head>")


def pages_of(file: bytes) -> int:
    return len(PdfReader(BytesIO(file)).pages)


@pytest.mark.parametrize("link", [LINK, ""])
@pytest.mark.parametrize("things", range(1, 6))
def test_up_to_five_are_on_one_page(page: Page, things: int, link: str) -> None:
    sheet = a_sheet(things, link)

    page.set_content(html_of(sheet))
    printed = page.pdf(prefer_css_page_size=True)

    assert pages_of(printed) == 1
    assert pages_of(pdf_of(sheet)) == 1
    (paper,) = PdfReader(BytesIO(printed)).pages
    assert (round(paper.mediabox.width), round(paper.mediabox.height)) == (595, 842)
    assert "Lantern Street Singers number 0" in paper.extract_text()
    assert PLAN not in paper.extract_text()


def test_few_are_in_large_letters_and_five_are_still_read_with_ease() -> None:
    assert a_sheet(1).size == 18
    assert a_sheet(5).size >= 11


def test_a_thing_is_not_torn_in_two(page: Page) -> None:
    sheet = a_sheet(12)

    page.set_content(html_of(sheet))
    printed = page.pdf(prefer_css_page_size=True)

    for file in (printed, pdf_of(sheet)):
        texts = [each.extract_text() for each in PdfReader(BytesIO(file)).pages]
        assert len(texts) > 1
        assert all(each.count("Singers") == each.count("Bring a coat") for each in texts)
