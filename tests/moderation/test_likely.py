"""A moderator is shown what may be here already."""

from collections.abc import Callable
from typing import Any

import pytest

from connectdo.db import db
from connectdo.listings.models import HIDDEN
from connectdo.moderation import actions
from connectdo.moderation.queries import latest
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.search.encoding import read_unread
from connectdo.search.sync import sync
from tests.conftest import Comes
from tests.factories import make_listing
from tests.moderation.conftest import Values

HERE_ALREADY = "This may be here already"
SINGING = "Sing old songs together on a Tuesday, with tea and cake after. No need to read music."
SINGING_TOO = "We sing old songs on Tuesdays. Tea and cake afterwards. You need not read music."
KNITTING = "Bring your needles and wool, and knit in good company."
Read = Callable[..., str]


@pytest.fixture
def read(comes: Comes, mo: Person, ada: Person, choirs: Organisation, values: Values) -> Read:
    """What a moderator reads of a new listing in SE24 0NG."""

    def read(**fields: Any) -> str:
        waiting = actions.post(ada, choirs, values(**fields))
        db.session.commit()
        sync()
        read_unread()
        return comes(mo).get(f"/moderation/listings/{waiting.id}/versions/1").text

    return read


@pytest.mark.parametrize(
    "name", ["Half Moon Singers", "The Half Moon Singers", "half-moon singers"]
)
def test_what_has_nearly_the_same_name_near_by_is_shown(read: Read, name: str) -> None:
    here = make_listing("Half Moon Singers", miles=0.5, organisation="Singers of Herne Hill")

    shown = read(name=name)

    assert HERE_ALREADY in shown
    assert f"/listings/{here.id}" in shown
    assert "Singers of Herne Hill" in shown


def test_the_same_name_elsewhere_is_no_matter(read: Read) -> None:
    make_listing("Half Moon Singers", miles=3.0)
    make_listing("Half Moon Singers")

    assert HERE_ALREADY not in read(name="Half Moon Singers")


def test_what_has_no_place_is_held_against_what_has_none(read: Read) -> None:
    make_listing("Half Moon Singers", miles=0.0)
    online = make_listing("Half Moon Singers", delivery=["online"])

    shown = read(name="Half Moon Singers", venue=None, delivery=["online"], serves=["Lambeth"])

    assert shown.count("Half Moon Singers</a>") == 1
    assert f"/listings/{online.id}" in shown


def test_another_number_in_the_name_is_another_group(read: Read) -> None:
    make_listing("7th Brixton Scouts", miles=0.1)

    assert HERE_ALREADY not in read(name="17th Brixton Scouts")


def test_what_is_hidden_is_not_shown_again(read: Read) -> None:
    make_listing("Half Moon Singers", miles=0.1, status=HIDDEN)

    assert HERE_ALREADY not in read(name="Half Moon Singers")


def test_a_place_that_is_hidden_from_visitors_counts_as_it_is(read: Read) -> None:
    here = make_listing("Half Moon Singers", miles=0.1)

    assert f"/listings/{here.id}" in read(name="Half Moon Singers", hide_address=True)


def test_what_was_decided_is_not_asked_about_again(
    comes: Comes, mo: Person, ada: Person, choirs: Organisation, values: Values
) -> None:
    make_listing("Half Moon Singers", miles=0.1)
    waiting = actions.post(ada, choirs, values(name="Half Moon Singers"))
    version = latest(waiting)
    assert version
    actions.approve(mo, version, "")
    db.session.commit()
    sync()

    shown = comes(mo).get(f"/moderation/listings/{waiting.id}/versions/1").text

    assert HERE_ALREADY not in shown


class TestRead:
    """Where listings are read for their meaning."""

    @pytest.fixture
    def meaning(self) -> str:
        return "1"

    def test_what_says_much_the_same_is_shown(self, read: Read) -> None:
        singing = make_listing("Tuesday songs", summary=SINGING, miles=0.2)
        make_listing("Knit and natter", summary=KNITTING, miles=0.2)

        shown = read(name="Golden oldies", summary=SINGING_TOO)

        assert f"/listings/{singing.id}" in shown
        assert "Knit and natter" not in shown

    def test_what_is_of_a_kind_only_is_not(self, read: Read) -> None:
        make_listing("Gospel choir", summary="A gospel choir for all ages.", miles=0.2)

        assert HERE_ALREADY not in read(name="Golden oldies", summary=SINGING_TOO)
