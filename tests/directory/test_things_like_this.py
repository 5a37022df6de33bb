"""Things like this on a listing's page: what means much the same near by."""

import re

import pytest

from connectdo.search import matching, sayings
from connectdo.search.encoding import read_unread
from connectdo.search.sync import sync
from tests.factories import make_listing
from tests.visitor import Visitor

LAST = "We sit with people who have lost somebody they loved."
HEARTH = "Tea and company for whoever grieves for somebody who died."


@pytest.fixture
def listings(app):
    return {
        "hearth": make_listing("The Sunday Hearth", summary=HEARTH, miles=1.0),
        "after": make_listing("Afterwards", summary=LAST, miles=2.0),
        "shed": make_listing("Slipway Shed", summary="Men mend bicycles.", miles=1.1),
        "far": make_listing("Far Hearth", summary=HEARTH, miles=40.0),
    }


def alike(visitor: Visitor, listing) -> list[str]:
    page = visitor.get(f"/listings/{listing.id}").text
    _, _, below = page.partition('id="alike"')
    found = re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", below)
    return [each.replace("&#39;", "'") for each in found]


class TestWhereSentencesAreRead:
    @pytest.fixture
    def meaning(self) -> str:
        return "1"

    @pytest.fixture(autouse=True)
    def read(self, listings) -> None:
        sync()
        read_unread()

    def test_what_means_much_the_same_is_there_and_quoted(self, visitor, listings):
        assert alike(visitor, listings["hearth"]) == ["Afterwards"]
        assert f"“{LAST}”" in visitor.get(f"/listings/{listings['hearth'].id}").text

    def test_what_shares_an_interest_stays(self, visitor, listings):
        choir = make_listing("Lantern Street Choir", interests=["Choir"], miles=1.0)
        make_listing("Harbour Gospel Choir", interests=["Choir"], miles=1.0)
        sync()
        read_unread()

        assert "Harbour Gospel Choir" in alike(visitor, choir)

    def test_no_page_waits_for_the_model(self, visitor, listings, monkeypatch):
        def nobody_reads(text):
            raise AssertionError(text)

        monkeypatch.setattr(matching, "vector_of", nobody_reads)
        monkeypatch.setattr(sayings, "vector_of", nobody_reads)

        assert alike(visitor, listings["hearth"])

    def test_what_has_not_been_read_has_nothing_like_it(self, visitor, listings):
        new = make_listing("New hearth", summary="Grief, cake and tea.", miles=1.0)
        sync()

        assert alike(visitor, new) == []


def test_turned_off_only_interests_tell(visitor, listings):
    sync()

    assert alike(visitor, listings["hearth"]) == []
