"""connectdo import, with rows in our own columns."""

import gzip
from datetime import date, time

import pytest
from sqlalchemy import func, select

from connectdo.db import db
from connectdo.interchange.csv_drafts import OUR_COLUMNS, SHARED_COLUMNS, draft_from_csv
from connectdo.listings.models import Listing, Venue
from connectdo.listings.said import said
from connectdo.moderation.actions import propose
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area
from tests.factories import make_person
from tests.interchange.conftest import Importer, last_change, listings, the_listing

CHOIR = {
    "source": "herne", "source_id": "7", "name": "Lantern Street Choir", "kind": "Group",
    "organisation": "Lantern Street", "summary": "We sing on Tuesdays.",
    "description": "All voices.\nNo audition.", "interests": "Choir; Lantern parades",
    "venue": "The Old Hall", "address": "1 Lantern Street", "postcode": "se240ng",
    "delivery": "in_person;online", "serves": "Lambeth;Southwark", "residents_only": "TRUE",
    "starts": "2026-10-06T18:30", "minutes": "90", "recurrence": "RRULE:FREQ=WEEKLY;BYDAY=TU",
    "skip_dates": "2026-12-29;2027-01-05", "cancelled_dates": "2026-12-22",
    "dates": "2026-12-24", "cost": "£3", "free": "No", "min_age": "18", "max_age": "99",
    "gender": "women", "audience": "Beginners", "languages": "Polish;Urdu",
    "access": "step_free;no parking;hearing loop", "first_visit": "Ask for Yemi.",
    "booking": "drop-in", "contact_name": "Yemi", "phone": "+44 1632 960101",
    "email": "hello@lantern.example", "url": "lantern.example", "confirmed_on": "2026-09-15",
}  # fmt: skip


def test_every_column_reaches_its_place(importer: Importer) -> None:
    assert set(CHOIR) == {*SHARED_COLUMNS, *OUR_COLUMNS} - {"latitude", "longitude"}

    report = importer.report(importer.csv(CHOIR))

    assert (report["code"], report["added"], report["cleaned"]) == (0, 1, [])
    listing = the_listing()
    assert (listing.source, listing.source_id, listing.kind) == ("herne", "7", "group")
    assert listing.organisation
    assert listing.venue
    assert listing.organisation.name == "Lantern Street"
    assert [area.name for area in listing.organisation.areas] == ["Lambeth", "Southwark"]
    assert listing.description == "All voices.\nNo audition."
    assert ([one.name for one in listing.interests], listing.tags) == (
        ["Choir"],
        ["Lantern parades"],
    )
    assert listing.venue.postcode == "SE24 0NG"
    assert listing.venue.latitude == pytest.approx(51.45, abs=0.01)
    assert listing.venue.area
    assert listing.venue.area.name == "Lambeth"
    assert listing.delivery == ["in_person", "online"]
    assert [area.name for area in listing.serves] == ["Lambeth", "Southwark"]
    assert (listing.residents_only, listing.serves_everywhere) == (True, False)
    (schedule,) = listing.schedules
    assert (schedule.starts_on, schedule.starts_at) == (date(2026, 10, 6), time(18, 30))
    assert (schedule.minutes, schedule.recurrence) == (90, "FREQ=WEEKLY;BYDAY=TU")
    assert schedule.skip_dates == ["2026-12-29", "2027-01-05"]
    assert (schedule.cancelled_dates, schedule.dates) == (["2026-12-22"], ["2026-12-24"])
    assert (listing.cost, listing.is_free) == ("£3", False)
    assert (listing.min_age, listing.max_age, listing.gender) == (18, 99, "women")
    assert listing.languages == ["Polish", "Urdu"]
    assert {one.feature: one.present for one in listing.access} == {
        "step_free": True,
        "parking": False,
        "hearing_loop": True,
    }
    assert (listing.booking, listing.phone) == ("drop_in", "+44 1632 960101")
    assert (listing.email, listing.url) == ("hello@lantern.example", "https://lantern.example")
    assert listing.confirmed_on == date(2026, 9, 15)


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_its_group_has_changed_here_stays_as_they_left_it(
    importer: Importer, options: tuple[str, ...]
) -> None:
    importer.report(importer.csv(CHOIR))
    choir = the_listing()
    organiser = make_person(looks_after=choir.organisation)
    propose(organiser, choir, {**said(choir), "name": "Ours now"}, 0)
    db.session.commit()

    report = importer.report(importer.csv({**CHOIR, "summary": "We sing on Mondays."}), *options)

    assert (report["updated"], report["unchanged"], report["rejected"]) == (0, 1, 0)
    assert "changed this listing on the site" in report["cleaned"][0]["reason"]
    assert the_listing().summary == "We sing on Tuesdays."


def test_the_same_file_again_changes_nothing(importer: Importer) -> None:
    file = importer.csv(CHOIR, {"name": "Nameless source"}, {**CHOIR, "name": "The later row"})
    first = importer.counts(file)
    before = last_change()

    again = importer.counts(file)

    assert (first, again) == ((2, 1, 0, 0), (0, 0, 3, 0))
    assert last_change() == before


def test_a_changed_row_updates_its_listing(importer: Importer) -> None:
    importer.run(importer.csv(CHOIR, {"name": "Another"}))
    changed = {
        **CHOIR, "name": "Lamp Street Choir", "access": "step_free", "recurrence": "",
        "postcode": "SE5 8RS", "interests": "Singing", "organisation": "",
    }  # fmt: skip

    counts = importer.counts(importer.csv(changed, {"name": "Another"}))

    assert counts == (0, 1, 1, 0)
    listing = listings()[0]
    assert (listing.name, listing.organisation) == ("Lamp Street Choir", None)
    assert [one.name for one in listing.interests] == ["Singing"]
    assert [one.feature for one in listing.access] == ["step_free"]
    assert [one.recurrence for one in listing.schedules] == [""]
    assert [one.postcode for one in db.session.scalars(select(Venue))] == ["SE5 8RS"]


def test_a_later_row_updates_an_earlier_one_in_the_same_import(importer: Importer) -> None:
    rows = [{"source": "s", "source_id": "1", "name": name} for name in ("A", "B", "C")]
    files = importer.csv(*rows[:2]), importer.csv(rows[2], name="more.csv")

    first, again = importer.counts(*files), importer.counts(*files)

    assert (first, again) == ((1, 1, 1, 0), (0, 0, 3, 0))
    assert the_listing().name == "C"


def test_a_row_without_an_id_is_known_by_file_name_organisation_and_postcode(
    importer: Importer,
) -> None:
    row = {"name": "Tea", "organisation": "St Ann", "postcode": "SE24 0NG", "cost": "Free"}

    first = importer.counts(importer.csv(row))
    changed = importer.counts(importer.csv({**row, "name": "TEA", "cost": "£1"}))
    elsewhere = importer.counts(importer.csv({**row, "postcode": "SE5 8RS"}))
    other_file = importer.counts(importer.csv(row, name="others.csv"))

    assert (first, changed) == ((1, 0, 0, 0), (0, 1, 0, 0))
    assert (elsewhere, other_file) == ((1, 0, 0, 0), (1, 0, 0, 0))
    assert sorted(one.source for one in listings()) == ["groups", "groups", "others"]


@pytest.mark.parametrize(("postcode", "area"), [("SE24 0NG", "Lambeth"), ("SE24 9ZZ", "Southwark")])
def test_a_postcode_that_we_have_says_the_area_else_the_point_does(
    importer: Importer, postcode: str, area: str
) -> None:
    in_peckham = {"latitude": "51.4740", "longitude": "-0.0690"}

    importer.report(importer.csv({**CHOIR, "postcode": postcode, **in_peckham}))

    venue = the_listing().venue
    assert venue
    assert venue.area
    assert venue.area.name == area


def test_two_ways_of_writing_an_area_are_one_area(importer: Importer) -> None:
    file = importer.csv({"name": "A", "serves": "St. Helens;st helens"}, {"name": "B"})

    importer.run(file)
    importer.run(importer.csv({"name": "C", "serves": "St Helens"}))

    names = db.session.scalars(select(Area.name).where(Area.slug == "st-helens")).all()
    assert names == ["St. Helens"]


def test_rows_at_the_same_place_share_a_venue_and_its_organisation(importer: Importer) -> None:
    here = {"venue": "Hall", "postcode": "SE24 0NG", "organisation": "St Ann"}

    importer.run(importer.csv({"name": "A", **here}, {"name": "B", **here}))
    importer.run(importer.csv({"name": "C", **here}))

    for table in (Venue, Organisation):
        assert db.session.scalar(select(func.count()).select_from(table)) == 1


def test_a_row_that_serves_everywhere_says_so() -> None:
    draft, _ = draft_from_csv({"name": "Helpline", "kind": "group", "serves": "Everywhere"}, "s")

    assert (draft.serves_everywhere, draft.serves) == (True, ())


def test_a_row_with_dates_alone_has_a_schedule() -> None:
    dates = ";".join(f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 17))

    draft, _ = draft_from_csv({"name": "Fair", "kind": "event", "dates": dates}, "s")

    (times,) = draft.times
    assert (times.starts_on, len(times.dates)) == (date(2026, 1, 3), 24)


def test_a_gzipped_file_is_read_whatever_its_name(importer: Importer) -> None:
    packed = gzip.compress("\ufeffName, Kind\n\nTea,group\n".encode())
    names = ["a.csv.gz", "b.csv", "C.CSV.GZ", "d"]

    counts = importer.counts(*(importer.file(name, packed) for name in names))

    assert counts == (4, 0, 0, 0)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(importer: Importer) -> None:
    importer.run(importer.csv(CHOIR))
    before = last_change()
    file = importer.csv(
        {**CHOIR, "cost": "£4"}, {"name": "New"}, {"name": "New", "cost": "£2"}, {"name": ""}
    )

    code, told = importer.run(file, "--dry-run")

    assert code == 1
    assert told.startswith(
        "Nothing was changed. This would be: 1 added, 2 updated, 0 unchanged, 1 rejected.\n"
    )
    assert (last_change(), the_listing().cost) == (before, "£3")
    assert not (importer.folder.parent / "instance" / "rejected.csv").exists()
    assert importer.counts(file) == (1, 2, 0, 1)


def test_a_name_that_speaks_of_an_interest_gives_it_to_a_row_that_names_none(
    importer: Importer,
) -> None:
    importer.run(importer.csv({"name": "Herne Gardening and Choir Club"}))

    assert [one.name for one in the_listing().interests] == ["Choir", "Gardening"]


def test_the_sample_goes_in_whole(importer: Importer) -> None:
    result = importer.app.test_cli_runner().invoke(args=["sample"])

    assert result.exit_code == 0, result.stdout
    assert "0 rejected." in result.stdout
    assert "put right" not in result.stdout
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 210
