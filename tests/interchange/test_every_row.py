"""Whatever a file holds, every row of it is taken or rejected, and nothing by halves."""

import random
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from connectdo.interchange.csv_drafts import OUR_COLUMNS, SHARED_COLUMNS
from connectdo.interchange.files import Unreadable
from connectdo.interchange.reading import read_file
from tests.interchange.conftest import Importer

COLUMNS = [*SHARED_COLUMNS, *OUR_COLUMNS, "id", "tags", "schedule", "lat", "surprise"]
CELLS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            "", "yes", "0", "-1", "51.45", "1e400", "99999999999999999999", "SE24 0NG", "=1+1",
            "2026-10-06", "2026-10-06T18:30", "2026-02-30", "FREQ=DAILY", "FREQ=SECONDLY",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "Lambeth;Southwark", "Everywhere", "in_person",
            "step_free;no parking", "women", "drop_in", "\0", "\udcff", '"', "a;b;;c", "x" * 250,
            "[1, [2]]", '{"monday": "AM"}', "https://lantern.example", "01632 960101",
        ]
    ),
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Tea", "Choir", "Walk"]) | CELLS,
        "kind": st.sampled_from(["group", "event", "group", "event", "banana"]),
    },
    optional={column: CELLS for column in COLUMNS if column not in ("name", "kind")},
)
# Imports are too slow for a failing file to be made smaller.
a_few = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@a_few
@given(st.lists(ROWS, min_size=1, max_size=25))
def test_every_csv_row_is_taken_or_rejected_and_the_second_time_nothing_changes(
    importer: Importer, rows: list[dict[str, str]]
) -> None:
    random.seed()  # The index names its files by chance, which Hypothesis has made repeat itself.
    file = importer.csv(*rows)

    first, again = importer.counts(file), importer.counts(file)

    taken = sum(first[:3])
    assert taken + first[3] == len(rows)
    assert again == (0, 0, taken, first[3])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=4,
)
KEYS = ("id", "source", "kind", "organisation", "postcode", "lat", "lon", "lad", "tags",
        "schedule", "cost", "url", "extra", "description")  # fmt: skip
OBJECTS = st.fixed_dictionaries(
    {"name": st.sampled_from(["Tea", "Choir"]) | JSON}, optional=dict.fromkeys(KEYS, JSON)
)


@a_few
@given(st.lists(OBJECTS | JSON, min_size=1, max_size=25))
def test_every_json_line_is_taken_or_rejected_and_the_second_time_nothing_changes(
    importer: Importer, rows: list[object]
) -> None:
    random.seed()
    file = importer.jsonl(*rows)

    first, again = importer.counts(file), importer.counts(file)

    taken = sum(first[:3])
    assert taken + first[3] == len(rows)
    assert again == (0, 0, taken, first[3])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from("\",;\n\r\t\0'= ab{}[]:1é\udcff"), max_size=80),
    st.sampled_from(["a.csv", "a.jsonl", "a"]),
)
def test_whatever_stands_in_a_file_its_rows_are_read_in_order(
    tmp_path: Path, content: str, name: str
) -> None:
    header = "" if "j" in name else "name,kind,cost\n"
    file = tmp_path / name
    file.write_bytes((header + content).encode(errors="surrogateescape"))

    try:
        read = list(read_file(file))
    except Unreadable:
        read = []

    assert all((each.draft is None) == bool(each.fault) for each in read)
    assert [each.row.line for each in read] == sorted({each.row.line for each in read})
