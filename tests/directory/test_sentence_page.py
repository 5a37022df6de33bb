"""A sentence on the results page: what was read of it, and nothing of it kept."""

import logging
import re
from html import unescape

import pytest
from sqlalchemy import MetaData, select

from connectdo.db import db
from connectdo.insight.writing import write_out
from connectdo.search.sync import sync
from tests.factories import make_listing
from tests.insight.conftest import looked_for
from tests.visitor import Visitor

SAID = "My marmalade cat Tibbles left, I'd love a choir in the evenings, no bingo, and I'm skint"


def chips(page: str) -> dict[str, str]:
    """The labels that can be taken off, and the address of each."""
    found = re.findall(r'cd-chip" href="([^"]+)"><span[^>]+>Take off </span>([^<]+)<', page)
    return {label: unescape(address) for address, label in found}


def test_what_was_read_is_shown_as_labels_and_each_can_be_taken_off(visitor: Visitor) -> None:
    make_listing("Choir", interests=["Choir"], weekly="Tue 10:00")
    sync()

    page = visitor.get("/search", query_string={"q": SAID}).text
    without = visitor.get(chips(page)["Evenings"]).text

    assert list(chips(page)) == ["Evenings", "Free if possible", "No bingo"]
    assert list(chips(without)) == ["Free if possible", "No bingo"]
    assert "Put back what you took off" in without


def test_labels_that_were_taken_off_stay_off_when_filters_are_set(visitor: Visitor) -> None:
    make_listing("Choir", interests=["Choir"], weekly="Tue 10:00")
    sync()

    page = visitor.get("/search", query_string={"q": SAID, "not_read": "evening"}).text
    of = re.search(r'name="of" value="(\w+)"', page)
    assert of is not None
    filtered = visitor.get(
        "/search", query_string={"q": SAID, "not_read": "evening", "of": of[1], "kind": "group"}
    ).text
    anew = visitor.get(
        "/search",
        query_string={"q": "I want it in the evenings", "not_read": "evening", "of": of[1]},
    ).text

    assert "Evenings" not in chips(filtered)
    assert "Evenings" in chips(anew)


def test_a_place_that_was_typed_beside_the_words_wins(visitor: Visitor) -> None:
    make_listing("Choir", interests=["Choir"], miles=1)
    sync()

    said = {"q": "I'd love a choir near Orpington"}
    read = visitor.get("/search", query_string=said).text
    typed = visitor.get("/search", query_string={**said, "near": "SE24 0NG"}).text

    assert "near Orpington" in read
    assert "Near Orpington" in chips(read)
    assert "near SE24 0NG" in typed
    assert chips(typed) == {}


def test_which_of_several_places_is_asked_with_links(visitor: Visitor) -> None:
    make_listing("Choir", interests=["Choir"], miles=1)
    sync()

    page = visitor.get("/search", query_string={"q": "I live in Newport and love a choir"}).text

    assert "We know more than one place by that name." in page
    assert "near=Newport,+Wales" in page


def test_a_long_sentence_is_not_said_back_in_the_title(visitor: Visitor) -> None:
    make_listing("Choir", interests=["Choir"])
    sync()

    page = visitor.get("/search", query_string={"q": SAID}).text

    assert "Tibbles" not in page.split("<main")[0]
    assert "result for what you said" in page


@pytest.mark.parametrize(
    "said",
    ["my wife passed away", "I lost my husband in March", "grieving for my dad, I feel so alone"],
)
def test_grief_finds_those_who_grieve_and_is_no_crisis(visitor: Visitor, said: str) -> None:
    make_listing("Still here", interests=["Bereavement support"])
    sync()

    page = visitor.get("/search", query_string={"q": said}).text

    assert "Still here" in page
    assert "If you need help now" not in page


def test_words_of_need_at_the_end_of_a_long_text_are_heard(visitor: Visitor) -> None:
    sync()

    said = "I have been thinking about it all. " * 40 + "I don't see the point any more."
    page = visitor.get("/search", query_string={"q": said}).text

    assert "116 123" in page


def test_of_a_sentence_nothing_is_kept_but_the_interests_it_led_to(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    choir = make_listing("Choir", interests=["Choir"], weekly="Tue 10:00")
    sync()

    with caplog.at_level(logging.DEBUG):
        visitor.get("/search", query_string={"q": SAID})
        referer = {"Referer": f"http://localhost/search?q={SAID.replace(' ', '+')}"}
        visitor.get(f"/listings/{choir.id}", headers=referer)
    write_out()

    everything = _everything_in_the_database()
    assert [row[:3] for row in looked_for()] == [("", "", "bingo,choir")]
    for word in ("marmalade", "tibbles", "skint", "evenings"):
        assert word not in everything.casefold()
        assert word not in caplog.text.casefold()


@pytest.mark.parametrize(
    "said", ["my mum", "I lost my baby", "I feel low and anxious all the time"]
)
def test_even_a_short_sentence_is_not_kept(visitor: Visitor, said: str) -> None:
    make_listing("Choir", interests=["Choir"])
    sync()

    visitor.get("/search", query_string={"q": said})

    assert all(words == "" for _, words, *_ in looked_for())


def _everything_in_the_database() -> str:
    """Every row of every table but those that hold what we ship: interests and their words."""
    tables = MetaData()
    tables.reflect(db.engine)
    rows = [
        str(row)
        for name, table in tables.tables.items()
        if not name.startswith("interest")
        for row in db.session.execute(select(table))
    ]
    db.session.rollback()
    return "\n".join(rows)
