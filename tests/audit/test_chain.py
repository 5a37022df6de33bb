"""Whatever one thing is done to a chain, in the database and past the site, is found."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from connectdo import audit
from connectdo.audit import heads, verifying
from connectdo.audit.chain import RESTORED, Found, KeptHead, Link, chained, check
from connectdo.audit.models import Entry, Head
from connectdo.audit.queries import head_now
from connectdo.db import db

MORNING = datetime(2026, 11, 22, 9, 0)
NUMBERS = st.integers(1, 2**31 - 1)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
OTHER_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "at": st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    "by_id": st.none() | NUMBERS,
    "act": TEXTS,
    "kind": TEXTS,
    "about_id": st.none() | NUMBERS,
    "looked": st.booleans(),
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
}
LINKS = st.builds(
    Link,
    number=st.just(0),
    hash=st.just(""),
    **{name: values for name, values in OTHER_VALUES.items() if name != "hash"},
)


def write(links: list[Link]) -> list[Link]:
    """Has the database hold this chain and no other; nothing is committed."""
    chain = list(chained(0, "", links))
    db.session.execute(delete(Entry))
    db.session.execute(insert(Entry), [each._asdict() for each in chain])
    db.session.execute(update(Head).values(number=len(chain), hash=chain[-1].hash))
    return chain


def change(data: st.DataObject, chain: list[Link]) -> None:
    link, name = data.draw(st.sampled_from(chain)), data.draw(st.sampled_from(list(OTHER_VALUES)))
    value = data.draw(OTHER_VALUES[name].filter(lambda each: each != getattr(link, name)))
    db.session.execute(update(Entry).where(Entry.number == link.number).values({name: value}))


def take_out(data: st.DataObject, chain: list[Link]) -> None:
    gone = data.draw(st.sampled_from(chain)).number
    db.session.execute(delete(Entry).where(Entry.number == gone))


def take_out_and_close_the_gap(data: st.DataObject, chain: list[Link]) -> None:
    gone = data.draw(st.sampled_from(chain)).number
    db.session.execute(delete(Entry).where(Entry.number == gone))
    for number in range(gone + 1, len(chain) + 1):
        here = update(Entry).where(Entry.number == number)
        db.session.execute(here.values(number=number - 1))


def put_in(data: st.DataObject, chain: list[Link]) -> None:
    at = data.draw(st.integers(1, len(chain) + 1))
    for number in range(len(chain), at - 1, -1):
        here = update(Entry).where(Entry.number == number)
        db.session.execute(here.values(number=number + 1))
    before = chain[at - 2].hash if at > 1 else ""
    forged = next(chained(at - 1, before, [data.draw(LINKS)]))
    db.session.execute(insert(Entry), [forged._asdict()])


def swap(data: st.DataObject, chain: list[Link]) -> None:
    one, other = data.draw(
        st.lists(st.sampled_from(chain), min_size=2, max_size=2, unique_by=lambda each: each.number)
    )
    for here, there in ((one, other), (other, one)):
        row = there._replace(number=here.number)._asdict()
        db.session.execute(update(Entry).where(Entry.number == here.number).values(row))


@pytest.mark.parametrize("harm", [change, take_out, take_out_and_close_the_gap, put_in, swap])
def test_whatever_is_done_to_one_entry_is_found(
    app: Flask, harm: Callable[[st.DataObject, list[Link]], None]
) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data(), st.lists(LINKS, min_size=2, max_size=8))
    def harmed(data: st.DataObject, links: list[Link]) -> None:
        heads.path().unlink(missing_ok=True)
        chain = write(links)
        sound = verifying.verify()[1]
        harm(data, chain)
        found = verifying.verify()[1]
        db.session.rollback()

        assert sound == Found([], [])
        assert found.faults

    harmed()


def test_the_chain_that_the_site_writes_is_sound(app: Flask) -> None:
    for _ in range(3):
        tell_twice()

    head, found = verifying.verify()

    assert found == Found([], [])
    assert head.number == 6


def test_entries_keep_the_order_of_their_commits(app: Flask) -> None:
    for _ in range(3):
        tell_twice()

    times = db.session.scalars(select(Entry.at).order_by(Entry.number)).all()

    assert times == sorted(times)


def test_an_end_that_is_cut_off_with_its_head_is_found_by_the_head_that_was_kept(
    app: Flask,
) -> None:
    tell_twice()
    verifying.keep_head()
    cut_off_after(1)

    faults = verifying.verify()[1].faults

    assert len(faults) == 1
    assert "its end was cut off" in faults[0]


def test_a_chain_that_was_written_anew_is_found_by_the_head_that_was_kept(app: Flask) -> None:
    tell_twice()
    verifying.keep_head()
    db.session.rollback()
    other = Link(0, MORNING, None, "another", "", None, False, "")
    write([other, other, other])
    db.session.commit()

    faults = verifying.verify()[1].faults

    assert len(faults) == 1
    assert "written anew" in faults[0]


def test_a_head_that_somebody_noted_down_is_held_against_the_chain(app: Flask) -> None:
    tell_twice()
    noted = head_now()
    db.session.rollback()
    cut_off_after(1)

    assert verifying.verify()[1].faults == []
    assert verifying.verify([noted])[1].faults != []


def test_a_chain_without_its_head_row_is_not_sound(app: Flask) -> None:
    tell_twice()
    db.session.execute(delete(Head))
    db.session.commit()

    assert verifying.verify()[1].faults


def test_what_is_not_sound_is_not_kept_as_a_head(app: Flask) -> None:
    tell_twice()
    db.session.execute(update(Entry).where(Entry.number == 1).values(act="another"))
    db.session.commit()

    verifying.verify()

    assert heads.kept_heads() == []


def test_a_backup_that_was_put_back_is_told_and_is_no_fault(app: Flask) -> None:
    tell_twice()
    verifying.keep_head()
    cut_off_after(1)
    audit.tell(RESTORED)
    db.session.commit()

    found = verifying.verify()[1]

    assert found.faults == []
    assert len(found.notes) == 1
    assert "A backup from before that was put back" in found.notes[0]


def test_what_is_cut_off_after_a_backup_was_put_back_is_found(app: Flask) -> None:
    tell_twice()
    audit.tell(RESTORED)
    db.session.commit()
    tell_twice()
    verifying.keep_head()
    cut_off_after(4)

    assert verifying.verify()[1].faults != []


def test_entries_written_while_a_chain_is_read_are_no_fault() -> None:
    link = Link(0, MORNING, None, "act", "", None, False, "")
    chain = list(chained(0, "", [link] * 3))
    begin = KeptHead(MORNING, 2, chain[1].hash)
    end = KeptHead(MORNING + timedelta(seconds=1), 5, "not read")

    assert check(chain, [begin], lambda: end) == Found([], [])


def test_a_head_is_kept_once_and_a_half_written_line_is_passed_over(app: Flask) -> None:
    tell_twice()
    heads.path().write_text("2026-11-22T09:00:00 1 3f9a")

    verifying.keep_head()
    verifying.keep_head()

    assert [each.number for each in heads.kept_heads()] == [2]


def tell_twice() -> None:
    audit.tell("test", "client", 7)
    audit.tell("test", "client", 8)
    db.session.commit()


def cut_off_after(number: int) -> None:
    """As somebody would who may write in the database and knows how it is."""
    db.session.execute(delete(Entry).where(Entry.number > number))
    last = db.session.scalars(select(Entry.hash).where(Entry.number == number)).one()
    db.session.execute(update(Head).values(number=number, hash=last))
    db.session.commit()
