"""connectdo places import."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from connectdo.places import find_place
from connectdo.places.gazetteer.lookups import FILE_NAME

FULL_LIST = """\
postcode,latitude,longitude,live,lad
LS1 1AA,53.79648,-1.54785,1,Leeds
BS1 1AA,51.45300,-2.59000,0,"Bristol, City of"
SE24 0NG,51.45300,-0.10300,1,Lambeth
BR1 1AA,51.401546,0.015415,1,Bromley
"""
DIRECTORY = """\
pcd,pcd2,pcds,dointr,doterm,oslaua,ctry,lat,long
"LS1 1AA","LS1  1AA","LS1 1AA","198001","","E08000035","E92000001",53.79648,-1.54785
"PR8 9ZZ","PR8  9ZZ","PR8 9ZZ","198001","201506","E08000014","E92000001",53.63,-3.01
"SE240NG","SE24 0NG","SE24 0NG","198001","","E09999999","E92000001",51.453,-0.103
"GY1 1AA","GY1  1AA","GY1 1AA","198001","","L99999999","L93000001",99.999999,0.0
"""
BAD_ROWS = """\
postcode,latitude,longitude,live,lad
LS1 1AA,53.79648,-1.54785,1,Leeds
LS1 1AA,53.79648,-1.54785,1,Leeds
nonsense,53.8,-1.5,1,Leeds
LS1 1AB,north,-1.5,1,Leeds
LS1 1AD,nan,-1.5,1,Leeds
LS1 1AE,40.4,-3.7,1,Leeds
LS1 1AF
"""


class Importer:
    """Runs the command on a file with the given content."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.folder = Path(app.instance_path)

    def __call__(self, content: str | bytes, *options: str) -> tuple[int, str]:
        file = self.folder / "postcodes.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        result = self.app.test_cli_runner().invoke(args=["places", "import", str(file), *options])
        return result.exit_code, result.stdout

    def report(self, content: str | bytes) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self(content, "--json")[1])
        return report

    def find(self, postcode: str) -> tuple[str, float, str | None]:
        """Kind, latitude and area of a postcode after the import."""
        with self.app.app_context():
            place = find_place(postcode)
        return place.kind, place.point.latitude, place.area


@pytest.fixture
def importer(own_app: Flask) -> Importer:
    return Importer(own_app)


def test_the_full_list_is_added_and_updates_what_we_had(importer: Importer) -> None:
    code, told = importer(FULL_LIST)

    assert (code, told) == (0, "2 added, 1 updated, 1 unchanged, 0 rejected.\n")
    assert importer.find("LS1 1AA") == ("postcode", 53.79648, "Leeds")
    assert importer.find("BS1 1AA") == ("postcode", 51.453, "Bristol, City of")


def test_a_second_import_of_the_same_file_changes_nothing(importer: Importer) -> None:
    importer(FULL_LIST)

    report = importer.report(FULL_LIST)

    assert (report["added"], report["updated"], report["unchanged"]) == (0, 0, 4)


def test_what_is_imported_is_marked_so_that_the_next_build_keeps_it(importer: Importer) -> None:
    importer(FULL_LIST)

    with closing(sqlite3.connect(importer.folder / FILE_NAME)) as reference:
        kept = reference.execute("SELECT postcode FROM postcode WHERE imported").fetchall()
    assert kept == [("BR11AA",), ("BS11AA",), ("LS11AA",), ("SE240NG",)]


def test_a_gzipped_file_is_read_too(importer: Importer) -> None:
    report = importer.report(gzip.compress(FULL_LIST.encode()))

    assert report["added"] == 2


def test_the_directory_of_the_ons_is_read(importer: Importer) -> None:
    report = importer.report(DIRECTORY)

    assert report == {
        "read": 4,
        "added": 2,
        "updated": 1,
        "unchanged": 0,
        "without_position": 1,
        "rejected": 0,
        "reasons": {},
    }
    assert importer.find("PR8 9ZZ") == ("postcode", 53.63, "Sefton")


def test_a_code_we_do_not_know_leaves_the_area_we_have(importer: Importer) -> None:
    importer(DIRECTORY)

    assert importer.find("SE24 0NG") == ("postcode", 51.453, "Lambeth")


def test_a_postcode_without_an_area_takes_that_of_its_position(importer: Importer) -> None:
    importer(DIRECTORY)

    assert importer.find("LS1 1AA") == ("postcode", 53.79648, "Leeds")


@pytest.mark.parametrize("column", ["lad23cd", "LAD25CD", "laua"])
def test_the_area_column_may_be_of_any_year(importer: Importer, column: str) -> None:
    importer(f"PCDS,LAT,LONG,DOTERM,{column}\nPR8 9ZZ,53.63,-3.01,,E08000014\n")

    assert importer.find("PR8 9ZZ") == ("postcode", 53.63, "Sefton")


def test_a_bad_row_is_rejected_with_its_reason_and_the_rest_go_in(importer: Importer) -> None:
    code, told = importer(BAD_ROWS, "--json")

    report = json.loads(told)
    assert code == 1
    assert (report["read"], report["added"], report["rejected"]) == (7, 1, 6)
    assert report["reasons"] == {
        "the postcode is in the file more than once": {"rows": 1, "lines": [3]},
        "not a UK postcode": {"rows": 1, "lines": [4]},
        "latitude or longitude is missing or not a number": {"rows": 1, "lines": [5]},
        "position is outside the UK": {"rows": 2, "lines": [6, 7]},
        "the row has too few columns": {"rows": 1, "lines": [8]},
    }


def test_the_words_say_which_lines_were_rejected(importer: Importer) -> None:
    _, told = importer(BAD_ROWS)

    assert "1 added, 0 updated, 0 unchanged, 6 rejected." in told
    assert "  2 x position is outside the UK (line 6, 7)" in told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,town\nLibrary,Leeds\n",
        b"postcode,latitude,longitude\nnonsense,1,2\n",
        gzip.compress(FULL_LIST.encode())[:-20],
        b"\x1f\x8bnot gzip after all",
        b"\x00\xff" * 500,
    ],
    ids=["empty", "other columns", "no good row", "cut short", "false gzip", "noise"],
)
def test_a_file_that_cannot_be_read_changes_nothing(importer: Importer, content: bytes) -> None:
    before = (importer.folder / FILE_NAME).read_bytes()

    code, told = importer(content, "--json")

    assert code == 2
    assert json.loads(told)["error"].endswith(".")
    assert (importer.folder / FILE_NAME).read_bytes() == before
