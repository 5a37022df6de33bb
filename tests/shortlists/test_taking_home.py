"""The sheet that a client takes home: what is on it, how large, and what never is."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import HIDDEN, Listing, Venue
from connectdo.places import Place, Point, find_place
from connectdo.shortlists import actions, queries, sharing
from connectdo.shortlists.getting_there import journey, minutes_on_foot, way_in_words
from connectdo.shortlists.models import NO, STOPPED, Item
from connectdo.shortlists.pdf import NoLetters, pdf_of
from connectdo.shortlists.taking_home import ON_A_PAGE, Part, Sheet
from tests.factories import make_client, make_listing, make_venue
from tests.visitor import Visitor

HOME = Place("SE24 0NG", "postcode", Point(51.4529, -0.0999), "Lambeth")
SE24 = Place("SE24", "outcode", Point(51.4529, -0.0999), "Lambeth")
CANARY = "canary-for-colleagues"


def kept(client: Client, *names: str, **fields: Any) -> list[Item]:
    """Things on a client's shortlist of which much is known, committed."""
    known = {
        "phone": "01632 960123",
        "contact_name": "Ines",
        "first_visit": "Ines waits at the blue door. She shows you round.",
        "cost": "£2 with tea",
        **fields,
    }
    items = [
        actions.keep(
            client,
            client.coach,
            make_listing(each, miles=0.5, weekly="Tue 18:30", **known),
            london_today(),
        )
        for each in names
    ]
    for item in items:
        item.why, item.note = "My mother sang alto", "Bring a coat"
        item.private_note = CANARY
    db.session.commit()
    return items


def page_of(client: Client, more: str = "") -> str:
    return f"/coaching/clients/{client.id}/take-home{more}"


def text_of(file: bytes) -> str:
    """All words of a PDF, on one line."""
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split()
    )


def words_of(page: str) -> str:
    """All words of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def at(miles: float, **fields: Any) -> Listing:
    """A listing so far from home."""
    return Listing(name="Choir", venue=make_venue(miles=miles), **{"hide_address": False, **fields})


def test_the_sheet_says_all_that_somebody_needs_to_go(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Lantern Choir")

    sheet = words_of(visitor.get(page_of(mary, "/sheet")).text)

    for words in (
        "Lantern Choir",
        "When: Every Tuesday, 6:30pm.",
        "Next: Tuesday",
        "Where: Hall",
        "on foot from the middle of SE24.",
        "Phone: 01632 960123.",
        "Ask for: Ines.",
        "Cost: £2 with tea.",
        "First visit: Ines waits at the blue door. She shows you round.",
        "Why: “My mother sang alto”.",
        "Note: Bring a coat.",
    ):
        assert words in sheet


def test_the_pdf_says_the_same_on_one_page_of_a4(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Lantern Choir", "Côr Ŵyl", "Łódź Café", "Geeska Soomaalida", "The Wool Table")
    share(mary)

    response = visitor.get(page_of(mary, "/sheet.pdf"))

    assert response.mimetype == "application/pdf"
    assert "things-to-do.pdf" in response.headers["Content-Disposition"]
    (page,) = PdfReader(BytesIO(response.data)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    text = text_of(response.data)
    for words in ("Côr Ŵyl", "Łódź Café", "Geeska Soomaalida", "Ask for: Ines", "Bring a coat"):
        assert words in text
    assert text.count("Every Tuesday, 6:30pm") == ON_A_PAGE


def test_what_is_for_colleagues_is_never_on_paper(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")

    pages = [visitor.get(page_of(mary, each)) for each in ("", "/sheet", "/sheet?name=y")]
    file = visitor.get(page_of(mary, "/sheet.pdf")).data

    assert all(CANARY not in each.text for each in pages)
    assert CANARY not in text_of(file)


def test_the_first_five_are_on_it_unless_the_coach_ticks_others(
    visitor: Visitor, mary: Client
) -> None:
    *_, sixth, seventh = kept(mary, "One", "Two", "Three", "Four", "Five", "Six", "Seven")

    usual = headings(visitor.get(page_of(mary, "/sheet")).text)
    asked = f"item={seventh.id}&item={sixth.id}&item=x&item=²&item={'9' * 5000}"
    ticked = headings(visitor.get(page_of(mary, f"/sheet?{asked}")).text)

    assert usual == ["One", "Two", "Three", "Four", "Five"]
    assert ticked == ["Six", "Seven"]


def test_what_they_stopped_or_declined_or_is_not_on_the_site_is_not_taken_home(
    visitor: Visitor, mary: Client
) -> None:
    stopped, no, hidden, _ = kept(mary, "Stopped", "Declined", "Hidden", "Choir")
    actions.get_to(stopped, mary.coach, STOPPED)
    actions.get_to(no, mary.coach, NO)
    hidden.listing.status = HIDDEN
    db.session.commit()

    sheet = visitor.get(page_of(mary, f"/sheet?item={no.id}&item={hidden.id}")).text

    assert headings(sheet) == ["Choir"]


def test_another_clients_things_cannot_be_asked_for(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    (theirs,) = kept(make_client(name="John"), "Chess")

    sheet = visitor.get(page_of(mary, f"/sheet?item={theirs.id}")).text

    assert headings(sheet) == ["Choir"]


def test_the_name_is_on_it_only_if_the_coach_ticks_that(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")

    assert "Mary" not in words_of(visitor.get(page_of(mary, "/sheet")).text)
    assert "Mary" not in text_of(visitor.get(page_of(mary, "/sheet.pdf")).data)
    assert "For Mary" in words_of(visitor.get(page_of(mary, "/sheet?name=y")).text)
    assert "For Mary" in text_of(visitor.get(page_of(mary, "/sheet.pdf?name=y")).data)


def test_the_square_picture_is_there_once_there_is_a_link(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    before = visitor.get(page_of(mary, "/sheet")).text

    visitor.post(page_of(mary, "/link"))

    after = visitor.get(page_of(mary, "/sheet")).text
    assert "<svg" not in before
    (address,) = set(re.findall(r"http://localhost/l/[\w-]+", after))
    assert f"<title>QR code that leads to {address}</title>" in after
    assert visitor.get(address).status_code == 200


def test_an_empty_shortlist_has_no_sheet(visitor: Visitor, mary: Client) -> None:
    assert visitor.get(page_of(mary)).status_code == 200
    assert visitor.get(page_of(mary, "/sheet")).status_code == 404
    assert visitor.get(page_of(mary, "/sheet.pdf")).status_code == 404


def test_where_the_pdf_lacks_letters_the_page_is_the_way(visitor: Visitor, mary: Client) -> None:
    kept(mary, "সেলাই দল")

    response = visitor.get(page_of(mary, "/sheet.pdf"))

    assert "Print the sheet instead" in visitor.follow(response).text
    assert "সেলাই দল" in visitor.get(page_of(mary, "/sheet")).text


def a_sheet(*names: str, note: str = "", link: str = "") -> Sheet:
    line = [("When", "Every Tuesday, 6:30pm to 8pm"), ("Next", "Tuesday 24 November")]
    parts = [Part(each, [line, [("Note", note or "Coat")]], "") for each in names]
    return Sheet("Things to do", parts, "22 November 2026", link, "22 December")


def test_a_pdf_holds_arabic_letters_and_leaves_out_little_pictures() -> None:
    text = text_of(pdf_of(a_sheet("اردو زبان", "Choir \N{MUSICAL KEYBOARD}")))

    assert "اردو زبان" in text
    assert "Choir" in text


def test_a_pdf_that_would_lack_letters_is_not_made() -> None:
    with pytest.raises(NoLetters):
        pdf_of(a_sheet("合唱団"))


def test_a_pdf_says_its_language_and_what_its_picture_is() -> None:
    root: Any = PdfReader(BytesIO(pdf_of(a_sheet("Choir", link="http://localhost/l/x")))).trailer[
        "/Root"
    ]

    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root


def test_the_fewer_there_are_the_larger_the_letters() -> None:
    sizes = [a_sheet(*["Choir"] * n, note="A coat " * 20).size for n in (1, 3, 5)]

    assert sizes[0] == 18
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0]


def test_what_no_type_puts_on_one_page_is_printed_in_one_easy_to_read() -> None:
    sheet = a_sheet(*["Choir"] * 5, note="A long walk. " * 150)

    assert sheet.size == 14
    assert len(PdfReader(BytesIO(pdf_of(sheet))).pages) > 1


def test_a_walk_takes_about_so_long() -> None:
    assert minutes_on_foot(0.46) == 12
    assert minutes_on_foot(0) == 1
    assert minutes_on_foot(1.73) == 45
    assert minutes_on_foot(1.74) is None


@given(st.floats(0, 5), st.floats(0, 5))
def test_farther_never_takes_less(a: float, b: float) -> None:
    near, far = sorted([a, b])

    assert (minutes_on_foot(near) or 999) <= (minutes_on_foot(far) or 999)


@pytest.mark.usefixtures("app")
def test_the_way_is_said_as_far_as_it_is_known() -> None:
    home = find_place("SE24 0NG")
    assert way_in_words(at(0.45), home, on_foot=True) == "About 12 minutes on foot"
    assert way_in_words(at(0.0), home, on_foot=True) == "About 1 minute on foot"
    assert way_in_words(at(3), home, on_foot=True) == "3 miles away"
    assert way_in_words(at(0.52), home, on_foot=False) == "0.5 miles away"
    se24 = replace(home, kind="outcode", name="SE24")
    assert way_in_words(at(3), se24, on_foot=True) == "3 miles away from the middle of SE24"
    assert way_in_words(at(1), None, on_foot=True) == ""
    assert way_in_words(at(1, hide_address=True), home, on_foot=True) == ""
    assert way_in_words(Listing(name="By phone"), home, on_foot=True) == ""


@pytest.mark.usefixtures("app")
def test_a_planner_learns_where_somebody_starts_only_from_a_whole_postcode() -> None:
    assert "origin=SE24+0NG" in journey(at(1), HOME)
    assert "origin" not in journey(at(1), SE24)
    assert "origin" not in journey(at(1), None)
    assert journey(at(1, hide_address=True), HOME) == ""
    somewhere = Listing(name="x", hide_address=False, venue=Venue(name="Hall", postcode="SE5 8RS"))
    assert "destination=Hall%2C+SE5+8RS" in journey(somewhere, HOME)


def share(client: Client) -> None:
    """A link to all on a client's shortlist."""
    sharing.share(client, client.coach, queries.items_of(client))
    db.session.commit()


def headings(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)
