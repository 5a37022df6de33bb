"""How many contacts there were, and how long they took."""

from hypothesis import given
from hypothesis import strategies as st

from connectdo.programmes.models import CALL, EMAIL, MEETING, TEXT, VISIT, Contact
from connectdo.programmes.totals import KINDS, Total, time_in_words, totals_in_words, totals_of
from tests.programmes.conftest import contact, marys_contacts

CONTACTS = st.lists(
    st.builds(
        contact,
        kind=st.sampled_from(KINDS),
        minutes=st.integers(1, 1440),
        times=st.integers(1, 500),
    )
)


def test_marys_come_out_to_the_minute() -> None:
    totals = totals_of(marys_contacts())

    assert totals.of(MEETING, VISIT).minutes == 300
    assert totals.of(CALL) == Total(5, 60)
    assert totals.of(TEXT, EMAIL) == Total(37, 120)
    assert totals.all.minutes == 480


def test_marys_are_told_in_a_sentence() -> None:
    words = totals_in_words(totals_of(marys_contacts()))

    assert words == "5 calls, 37 texts and e-mails, 5 hours face to face, 8 hours in all"


def test_what_there_was_none_of_is_not_said() -> None:
    assert totals_in_words(totals_of([contact(EMAIL, minutes=5)])) == (
        "1 text or e-mail, 5 minutes in all"
    )
    assert totals_in_words(totals_of([])) == ""


@given(CONTACTS, CONTACTS)
def test_totals_add_up(some: list[Contact], others: list[Contact]) -> None:
    together, apart = totals_of([*some, *others]), (totals_of(some), totals_of(others))

    for kind in KINDS:
        assert together.of(kind).minutes == sum(each.of(kind).minutes for each in apart)
        assert together.of(kind).times == sum(each.of(kind).times for each in apart)
    assert together.all.minutes == sum(each.minutes for each in [*some, *others])
    assert together.all.times == sum(each.times for each in [*some, *others])


@given(st.integers(0, 100_000))
def test_time_in_words_loses_no_minute(minutes: int) -> None:
    words = time_in_words(minutes).replace(",", "").split()

    told = dict(zip(words[1::2], map(int, words[::2]), strict=True))
    hours = told.get("hours", told.get("hour", 0))
    assert hours * 60 + told.get("minutes", told.get("minute", 0)) == minutes
