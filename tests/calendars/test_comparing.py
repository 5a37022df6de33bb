"""What changed in a calendar since last time."""

from connectdo.calendars import Calendar, compare
from tests.calendars.writing import event, read


def known(calendar: Calendar) -> dict[str, str]:
    """What is kept of a calendar until next time."""
    return {each.uid: each.digest() for each in calendar.events}


def test_events_are_new_changed_the_same_or_gone() -> None:
    before = read(event(uid="same"), event(uid="changed"), event(uid="gone"))
    after = read(event(uid="same"), event(uid="changed", summary="Evening choir"), event(uid="new"))

    changes = compare(known(before), after)

    assert [each.uid for each in changes.new] == ["new"]
    assert [each.uid for each in changes.changed] == ["changed"]
    assert [each.uid for each in changes.same] == ["same"]
    assert changes.gone == ["gone"]


def test_an_event_that_was_only_saved_again_is_the_same() -> None:
    before = read(event("SEQUENCE:1", "DTSTAMP:20261001T000000Z"))
    after = read(event("SEQUENCE:2", "DTSTAMP:20261007T000000Z"))

    assert [each.uid for each in compare(known(before), after).same] == ["choir"]


def test_a_cancelled_date_is_a_change() -> None:
    weekly = "RRULE:FREQ=WEEKLY"
    before = read(event(weekly))
    after = read(event(weekly), event("RECURRENCE-ID:20261020T173000Z", status="CANCELLED"))

    assert [each.uid for each in compare(known(before), after).changed] == ["choir"]


def test_what_is_over_or_makes_no_sense_now_is_not_gone() -> None:
    before = read(event(uid="over"), event(uid="broken"))
    after = read(
        event(uid="over", starts="20261001T183000"), event("RRULE:FREQ=SECONDLY", uid="broken")
    )

    changes = compare(known(before), after)

    assert (changes.gone, changes.new, changes.changed) == ([], [], [])
