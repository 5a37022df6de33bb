"""What an operator asks of the audit."""

from flask import Flask
from sqlalchemy import update

from connectdo import audit
from connectdo.audit import heads
from connectdo.audit.models import Entry
from connectdo.db import db


def run(app: Flask, *args: str) -> tuple[int, list[str]]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["audit", *args])
    return result.exit_code, result.output.splitlines()


def tell(about_id: int, by: int | None = None) -> None:
    audit.tell("clients.record", "client", about_id, by=by)
    db.session.commit()


def test_a_sound_chain_gives_its_head_to_note_down(app: Flask) -> None:
    tell(7)

    code, lines = run(app, "verify")

    assert code == 0
    assert lines[0].startswith("1 entries, each as it was written.")
    assert heads.from_line(lines[1]) in heads.kept_heads()


def test_what_was_noted_down_is_held_against_the_chain(app: Flask) -> None:
    tell(7)
    noted = run(app, "verify")[1][1]
    heads.path().unlink()

    sound, _ = run(app, "verify", "--head", noted)
    other, lines = run(app, "verify", "--head", noted[:-3] + "000")

    assert (sound, other) == (0, 1)
    assert "the chain was written anew" in lines[0]


def test_half_a_line_cannot_be_held_against_it(app: Flask) -> None:
    code, lines = run(app, "verify", "--head", "1204 3f9a")

    assert code == 2
    assert "Copy the whole line" in lines[-1]


def test_a_changed_entry_is_told_and_the_command_fails(app: Flask) -> None:
    tell(7)
    db.session.execute(update(Entry).values(about_id=8))
    db.session.commit()

    code, lines = run(app, "verify")

    assert code == 1
    assert lines[0] == "Entry 1 is not as it was written, or is not in its place."


def test_entries_are_shown_by_what_they_are_about_by_whom_and_since(app: Flask) -> None:
    tell(7)
    tell(7, by=3)
    tell(8, by=4)

    everything, about, by, later = (
        run(app, "show", *options)[1]
        for options in ((), ("--about", "client", "7"), ("--by", "4"), ("--since", "2100-01-01"))
    )

    assert len(everything) == 3
    assert [line.split()[0] for line in about] == ["1", "2"]
    assert about[1].endswith("person 3  clients.record  client 7")
    assert [line.split()[0] for line in by] == ["3"]
    assert later == []
