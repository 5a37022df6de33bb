"""The file of rejected rows."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import connectdo
from connectdo.interchange.cells import FORMULA_STARTS, as_cell, from_cell
from tests.interchange.conftest import Importer, the_listing


def rejected(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mended(importer: Importer, path: Path, **cells: str) -> Path:
    """The rejects with some cells written anew."""
    rows = rejected(path)
    for row in rows:
        row.update(cells)
    return importer.csv(*rows, name="mended.csv")


def test_rejects_stand_beside_their_reasons_and_go_in_once_mended(importer: Importer) -> None:
    rejects = importer.folder / "rejects.csv"
    row = {"name": "Tea", "starts": "6 October", "description": "Long " * 900, "access": "parking"}

    report = importer.report(importer.csv(row), "--rejects", str(rejects))
    (first,) = rejected(rejects)
    again = importer.report(mended(importer, rejects, starts="2026-10-06"))

    assert report["rejects_file"] == str(rejects)
    assert list(first)[:4] == ["reason", "file", "line", "source"]
    assert (first["file"], first["line"], first["source"]) == ("groups.csv", "2", "groups")
    assert first["reason"].startswith('"6 October" (starts) is not a date.')
    assert (again["code"], again["added"], again["cleaned"]) == (0, 1, [])
    assert (the_listing().source, the_listing().description) == ("groups", ("Long " * 900).strip())
    assert importer.counts(importer.csv({**row, "starts": "2026-10-06"})) == (0, 0, 1, 0)


def test_rejected_objects_go_in_once_mended_with_all_they_had(importer: Importer) -> None:
    row = {
        "id": 5, "kind": "club", "name": "Choir", "lat": "abc", "lon": -0.1, "tags": ["Choir"],
        "schedule": ["Monday 9:00am-5:00pm"], "extra": {"tag_names": ["Choir", "Tea"]},
    }  # fmt: skip
    rejects = importer.folder / "rejects.csv"
    importer.run(importer.jsonl(row), "--rejects", str(rejects))

    counts = importer.counts(mended(importer, rejects, lat="51.45"))

    assert counts == (1, 0, 0, 0)
    assert (the_listing().source, the_listing().source_id) == ("directory", "5")
    assert (the_listing().tags, len(the_listing().schedules)) == (["Tea"], 1)
    assert importer.counts(importer.jsonl({**row, "lat": 51.45})) == (0, 0, 1, 0)


def test_rejects_that_are_rejected_again_may_replace_the_file_they_came_from(
    importer: Importer,
) -> None:
    rejects = Path(importer.app.instance_path) / "rejected.csv"
    importer.run(importer.csv({"name": "", "cost": "£1"}, {"name": "", "cost": "£2"}))

    counts = importer.counts(rejects)

    assert counts == (0, 0, 0, 2)
    assert [row["cost"] for row in rejected(rejects)] == ["£1", "£2"]
    assert list(rejects.parent.glob("*.part")) == []


def test_a_line_that_could_not_be_read_is_kept_as_it_was_sent(importer: Importer) -> None:
    importer.run(
        importer.file("bad.csv", 'name,kind\nTea,group,cake\n=cmd,"x" y\n'),
        importer.file("bad.jsonl", b'{"name": "Caf\xe9"}\n'),
    )

    rows = rejected(Path(importer.app.instance_path) / "rejected.csv")

    assert [row["as_sent"] for row in rows] == [
        "Tea,group,cake",
        '\'=cmd,"x" y',
        '{"name": "Caf?"}',
    ]


def test_no_cell_of_the_rejects_is_a_formula(importer: Importer) -> None:
    row = {
        "kind": "=1+1", "name": "=HYPERLINK(0)", "cost": "@SUM(1)", "phone": "+44 1632 960101",
        "summary": "\t=1", "address": "＝1", "longitude": "-0.1", "latitude": "51",
    }  # fmt: skip
    importer.run(
        importer.file("=cmd.csv", importer.csv(row).read_bytes()),
        importer.jsonl({"=key": "=value", "kind": "club", "name": ["-"]}),
    )

    path = Path(importer.app.instance_path) / "rejected.csv"
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert len(cells) > 20
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    assert importer.counts(mended(importer, path, kind="group", name="Tea"))[0] > 0


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-0.1", "@me", "＝1", "plain", "", "'tis"])
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert from_cell(as_cell(text)) == text


@given(st.text("'=+-@\t\r\n＝＋－＠ a1", max_size=6))
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    cell = as_cell(text)

    assert not cell.startswith(FORMULA_STARTS)
    assert from_cell(cell) == text


def test_every_cell_that_we_write_goes_through_there() -> None:
    """Wherever a CSV file is written, its cells are made by `as_cell`."""
    code = Path(connectdo.__file__).parent
    writers = {
        str(each.relative_to(code)): each.read_text()
        for each in code.rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)", each.read_text())
    }

    assert "interchange/rejects.py" in writers
    assert [name for name, text in writers.items() if "as_cell(" not in text] == []


def test_a_folder_for_rejects_that_is_not_there_stops_the_import(importer: Importer) -> None:
    file = importer.csv({"name": "Tea"}, {"name": ""})

    code, _ = importer.run(file, "--rejects", str(importer.folder / "nowhere" / "rejects.csv"))

    assert code == 2
    assert importer.counts(file) == (1, 0, 0, 1)
