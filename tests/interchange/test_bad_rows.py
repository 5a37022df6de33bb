"""Rows and files that are wrong: each is rejected or put right in words, the rest goes in."""

import gzip
import json
import tracemalloc
from pathlib import Path
from time import perf_counter

import pytest

from connectdo.interchange.csv_drafts import draft_from_csv
from connectdo.interchange.drafts import BadRow
from tests.interchange.conftest import Importer, listings, the_listing

GOOD = "name,kind,description\nTea,group,Cake\n"
ROW = {"name": "Tea", "kind": "group"}


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"name": " "}, "The row has no name. Every listing needs one."),
        ({"kind": ""}, "The row has no kind. Write group or event."),
        ({"kind": "club"}, 'The kind "club" is not one of: group, event.'),
        ({"latitude": "99.9", "longitude": "0"}, "A latitude of 99.9 is not on Earth"),
        ({"latitude": "51.4", "longitude": "-181"}, "A longitude of -181 is not on Earth"),
        ({"latitude": "north", "longitude": "1"}, "must both be numbers"),
        ({"starts": "31/10/2026"}, "is not a date. Write it like 2026-10-06T18:30."),
        ({"starts": "2026-02-30"}, "is not a date"),
        ({"starts": "0026-10-06"}, "has an unlikely year"),
        ({"confirmed_on": "2026-10-06 or so"}, "is not a date"),
        ({"dates": "2026-10-06;soon"}, '"soon" (dates) is not a date. Write it like 2026-10-06.'),
        ({"recurrence": "FREQ=DAILY"}, "The row has a recurrence but no start date."),
        ({"starts": "2026-10-06", "recurrence": "FREQ=SECONDLY"}, "must repeat daily, weekly"),
        (
            {"starts": "2026-10-06", "recurrence": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"},
            "The recurrence never falls on a date, so nobody could come.",
        ),
        ({"min_age": "60", "max_age": "18"}, "The youngest age is above the oldest age."),
        ({"min_age": "99999999999999999999"}, "must be a whole number up to 130"),
        ({"max_age": "1e400"}, 'must be a whole number up to 130, not "1e400"'),
        ({"residents_only": "perhaps"}, 'under "residents only" must be yes or no'),
        ({"serves": "東京"}, "is not the name of an area"),
        ({"serves": "x" * 101}, "A value of the serves is over 100 characters long."),
        ({"delivery": "by pigeon"}, 'The delivery "by pigeon" is not one of: in_person, phone'),
        ({"description": "x" * 20_001}, "must be at most 20,000 characters long, not 20,001."),
        ({"interests": "x;" * 6_000}, "The interests must be at most 10,000 characters long"),
        ({"name": "Caf\udce9"}, "The name has letters that are not UTF-8. Save as UTF-8."),
    ],
)
def test_who_may_come_and_when_must_be_right(odd: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRow) as refused:
        draft_from_csv({**ROW, **odd}, "s")

    assert reason in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadRow) as refused:
        draft_from_csv({"name": "", "kind": "x", "min_age": "y"}, "s")

    assert str(refused.value).count(".") >= 4


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"access": "step_free;lift"}, 'We do not know the access word "lift", so it was left'),
        ({"access": "parking;no parking"}, "The access says yes and no to parking"),
        ({"booking": "shout"}, 'The booking "shout" is not one of: drop_in, book, referral, so'),
        ({"free": "mostly"}, 'The answer under "free" must be yes or no, not "mostly", so'),
        ({"delivery": "phone;pigeon"}, 'The delivery "pigeon" is not one of'),
        ({"gender": "Trans women"}, 'The gender "Trans women" is not one of: any, women, men.'),
        ({"latitude": "0", "longitude": "0.0"}, "Took out the position 0, 0"),
        ({"url": "javascript:alert(1)"}, "Took out the url, which is not a web address."),
        ({"email": "me at home"}, "Took out the email, which is not an e-mail address."),
        ({"phone": "ask Yemi"}, "Took out the phone, which is not a phone number."),
        ({"summary": "a\0b"}, "Took out characters that cannot be shown from the summary."),
        ({"languages": "x" * 101}, "A value of the languages is over 100 characters long, so"),
    ],
)
def test_words_that_only_describe_are_put_right_and_told(odd: dict[str, str], told: str) -> None:
    _, cleaned = draft_from_csv({**ROW, **odd}, "s")

    assert len(cleaned) == 1
    assert cleaned[0].startswith(told)


def test_a_gender_we_have_no_word_for_is_still_told_to_visitors() -> None:
    draft, _ = draft_from_csv({**ROW, "gender": "Trans women", "audience": "Over 50s"}, "s")

    assert (draft.gender, draft.audience) == ("any", "Trans women; Over 50s")


@pytest.mark.parametrize(
    ("column", "said", "read"),
    [
        ("gender", "Female", "women"),
        ("gender", "men only", "men"),
        ("booking", "Drop in", "drop_in"),
        ("delivery", "Zoom", ("online",)),
        ("residents_only", "Yes", True),
        ("residents_only", "TRUE", True),
        ("free", "0", False),
        ("min_age", "18.0", 18),
        ("access", "No step free", {"step_free": False}),
        ("access", "Step-free", {"step_free": True}),
    ],
)
def test_what_senders_write_for_our_words_is_understood(
    column: str, said: str, read: object
) -> None:
    draft, cleaned = draft_from_csv({**ROW, column: said}, "s")

    assert (getattr(draft, "is_free" if column == "free" else column), cleaned) == (read, [])


def test_a_file_of_good_and_bad_rows_is_taken_as_far_as_it_can_be(importer: Importer) -> None:
    file = importer.file(
        "groups.csv",
        b"name,kind,cost\n"
        b"One,group,1\n"
        b"Too,group,1,many\n"
        b'Open,group,"never closed\n'
        b"Two,group,\n"
        b'More,group,"closed" early\n'
        b"Caf\xe9,group,\n"
        b"Short\n"
        b'"Nul\0",group,"a ""quote"" and\ntwo lines"\n'
        b"Three,group,3,,,\n",
    )

    report = importer.report(file)

    assert (report["code"], report["added"], report["rejected"]) == (1, 4, 5)
    assert {each["line"]: each["reason"].split(".")[0] for each in report["rejects"]} == {
        3: "The row has 4 values for 3 columns",
        4: "A quote in the row is not closed, or more text follows a closing quote",
        6: "A quote in the row is not closed, or more text follows a closing quote",
        7: "The name has letters that are not UTF-8",
        8: "The row has no kind",
    }
    costs = {one.name: one.cost for one in listings()}
    assert costs == {"One": "1", "Two": "", "Nul": 'a "quote" and two lines', "Three": "3"}


def test_lines_that_are_no_objects_are_rejected_and_the_rest_goes_in(importer: Importer) -> None:
    bad = [
        "[1, 2]", '"text"', "5", "null", "{", "[" * 100_000, '{"a":' * 50_000, '{"name": "\udce9"}',
        '{"name": "A", "lat": ' + "9" * 5_000 + "}", '{"name": "B", "lat": 1e400, "lon": 0}',
    ]  # fmt: skip
    content = "\n".join([*bad, "", '{"name": "Tea"}'])

    report = importer.report(importer.file("d.jsonl", content.encode(errors="surrogateescape")))

    assert (report["code"], report["added"]) == (1, 1)
    assert [each["line"] for each in report["rejects"]] == list(range(1, len(bad) + 1))


def test_a_file_that_cannot_be_read_stays_out_whole_and_the_others_go_in(
    importer: Importer,
) -> None:
    many = GOOD + "".join(f"Tea {n},group,\n" for n in range(999))
    cut = gzip.compress(many.encode())[:-20]
    bad = {
        importer.folder / "missing.csv": "There is no file {path}.",
        importer.folder: "{path} is not a file.",
        importer.file("empty.csv", b""): "{path} is empty.",
        importer.file("empty.jsonl.gz", gzip.compress(b"")): "{path} is empty.",
        importer.file("cut.csv.gz", cut): "{path} is damaged: the rest of it cannot be unpacked.",
        importer.file("other.csv", "postcode,town\n"): "{path}: the first line must name the",
        importer.file("noise.csv", bytes(range(256)) * 9): "{path}: the first line must name the",
    }

    report = importer.report(importer.file("g.csv", GOOD), *bad)
    codes = {importer.run(path)[0] for path in bad}

    assert (report["code"], report["added"], len(report["unreadable"])) == (1, 1, len(bad))
    for told, (path, expected) in zip(report["unreadable"], bad.items(), strict=True):
        assert told.startswith(expected.format(path=path))
    assert codes == {2}
    assert the_listing().name == "Tea"


def test_the_exit_code_says_whether_anything_could_be_read(importer: Importer) -> None:
    files = {
        importer.file("header.csv", "name,kind\n"): 0,
        importer.file("one_bad.csv", "name,kind\n,group\n"): 1,
        importer.file("one_bad.jsonl", '{"kind": "group"}\n'): 1,
        importer.file("all_bad.jsonl", "[]\n5\n"): 2,
        importer.file("all_bad.csv", "name,kind\nTea,group,cake\n"): 2,
    }

    assert {file: importer.run(file)[0] for file in files} == files


def test_a_column_that_we_do_not_know_is_told(importer: Importer) -> None:
    report = importer.report(importer.csv({"name": "Tea", "Post code": "SE24 0NG"}))

    assert report["cleaned"] == [
        {
            "file": "groups.csv",
            "line": 1,
            "reason": 'Passed over the column "post_code", which we do not know.',
        }
    ]


def test_rows_of_megabytes_are_rejected_quickly_and_forgotten(importer: Importer) -> None:
    rows = ["name,kind,description", *[f"Tea {n},group,{'x' * 2_000_000}" for n in range(12)]]
    csv_file = importer.file("long.csv", "\n".join(rows))
    line = json.dumps({"name": "Tea", "description": "x" * 2_000_000, "tags": "y" * 2_000_000})
    json_file = importer.file("long.jsonl", line)
    endless = importer.file("endless.csv", GOOD + "x" * 17_000_000 + "\nMore,group,\n")
    started = perf_counter()
    tracemalloc.start()

    counts = importer.counts(csv_file, json_file, endless)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert counts == (2, 0, 0, 14)
    assert perf_counter() - started < 20
    assert peak < 80_000_000


def test_the_words_tell_the_reasons_most_frequent_first(importer: Importer) -> None:
    rows = [{"name": ""}, {"name": "Tea", "kind": "x"}, {"name": ""}, {"name": "A", "url": "?"}]

    code, told = importer.run(importer.csv(*rows))

    path = Path(importer.app.instance_path) / "rejected.csv"
    assert code == 1
    assert told.splitlines() == [
        "1 added, 0 updated, 0 unchanged, 3 rejected.",
        "3 rows were rejected:",
        "  2 x The row has no name. Every listing needs one. (first in groups.csv, line 2)",
        '  1 x The kind "x" is not one of: group, event. (groups.csv, line 3)',
        "1 things were put right:",
        "  1 x Took out the url, which is not a web address. (groups.csv, line 5)",
        f"The rejected rows, with the reason beside each: {path}",
    ]
