"""A file's rows into the database, in batches, with an account of every row."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from connectdo.db import db, reading
from connectdo.interchange.actions import Intake, drop_empty_venues
from connectdo.interchange.csv_drafts import draft_from_csv
from connectdo.interchange.drafts import BadRow, Draft, Key
from connectdo.interchange.json_drafts import draft_from_json
from connectdo.interchange.rows import Unreadable, is_json, rows
from connectdo.progress import Progress, silent

BATCH = 500
LONGEST_CELL_SHOWN = 1_000


@dataclass(frozen=True)
class Rejected:
    """A row that stayed out, where it stands and why."""

    file: str
    line: int
    reason: str
    row: dict[str, Any]


@dataclass
class Account:
    """What became of every row. `added + updated + unchanged + rejected` is all of them."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    cleaned: list[dict[str, object]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def count(self, verdicts: Counter[str]) -> None:
        """Adds what became of a batch."""
        self.added += verdicts["added"]
        self.updated += verdicts["updated"]
        self.unchanged += verdicts["unchanged"]

    @property
    def exit_code(self) -> int:
        """0: every row is in. 1: some are not. 2: nothing could be read."""
        taken = self.added + self.updated + self.unchanged
        if not taken and (self.unreadable or any(not each.row for each in self.rejected)):
            return 2
        return 1 if self.rejected or self.unreadable else 0


@dataclass(frozen=True)
class Sent:
    """A draft and the row it came from."""

    file: str
    line: int
    row: dict[str, Any]
    draft: Draft
    superseded: bool = False


def import_files(
    paths: Sequence[Path], *, dry_run: bool = False, progress: Progress = silent
) -> Account:
    """Takes in all files, committing each batch; with `dry_run` it only counts."""
    account, intake = Account(), Intake()
    for path in paths:
        try:
            last_lines = _last_lines(path)
            with progress(f"Reading {path.name}", len(last_lines)) as step:
                for batch in _batches(_drafts(path, last_lines, account)):
                    if dry_run:
                        _count_batch(intake, batch, account)
                    else:
                        _take_batch(intake, batch, account)
                        db.session.commit()
                    step(sum(not sent.superseded for sent in batch))
        except Unreadable as error:
            db.session.rollback()
            account.unreadable.append(str(error))
    if not dry_run:
        drop_empty_venues()
        db.session.commit()
    return account


def write_rejects(account: Account, path: Path) -> None:
    """The rejected rows as CSV, the reason first, in columns that can be mended and sent again."""
    columns = list(dict.fromkeys(name for each in account.rejected for name in each.row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["reason", "file", "line", *columns])
        for each in account.rejected:
            cells = [_cell(each.row.get(name)) for name in columns]
            writer.writerow([each.reason, each.file, each.line, *cells])


def _last_lines(path: Path) -> dict[Key, int]:
    """The last line of a file that speaks of each listing."""
    read = _reader(path)
    last: dict[Key, int] = {}
    for line, row in rows(path):
        with suppress(BadRow):
            last[read(row)[0].key] = line
    return last


def _drafts(path: Path, last_lines: dict[Key, int], account: Account) -> Iterator[Sent]:
    """The drafts of a file; rows that cannot become one are written to the account."""
    read = _reader(path)
    for line, row in rows(path):
        try:
            draft, cleaned = read(row)
        except BadRow as error:
            account.rejected.append(Rejected(path.name, line, str(error), _known(row)))
            continue
        account.cleaned += [
            {"file": path.name, "line": line, "reason": reason} for reason in cleaned
        ]
        yield Sent(path.name, line, _known(row), draft, last_lines[draft.key] != line)


def _reader(path: Path) -> Callable[[dict[str, Any] | BadRow], tuple[Draft, list[str]]]:
    """Reads a CSV row as our columns, a JSON object as one of a public directory."""
    name = path.name.split(".")[0][:100]
    draft_from = draft_from_json if is_json(path) else draft_from_csv

    def read(row: dict[str, Any] | BadRow) -> tuple[Draft, list[str]]:
        if isinstance(row, BadRow):
            raise row
        return draft_from(row, name)

    return read


def _known(row: dict[str, Any] | BadRow) -> dict[str, Any]:
    return {} if isinstance(row, BadRow) else row


def _batches(sent: Iterator[Sent]) -> Iterator[list[Sent]]:
    while batch := list(islice(sent, BATCH)):
        yield batch


def _take_batch(intake: Intake, batch: list[Sent], account: Account) -> None:
    """A batch in one go; if the database refuses it, row by row, so that one row fails alone."""
    try:
        with db.session.begin_nested():
            counts = _take(intake, batch)
    except DBAPIError:
        if len(batch) > 1:
            for sent in batch:
                _take_batch(intake, [sent], account)
            return
        sent = batch[0]
        reason = "The database did not take this row."
        account.rejected.append(Rejected(sent.file, sent.line, reason, sent.row))
        return
    account.count(counts)


def _take(intake: Intake, batch: list[Sent]) -> Counter[str]:
    """What became of each draft, done."""
    counts: Counter[str] = Counter()
    with db.session.no_autoflush:
        here = intake.begin_batch([sent.draft for sent in batch])
        for sent in batch:
            listing = here.get(sent.draft.key)
            verdict = _verdict(sent, listing.source_hash if listing else None)
            if listing is None:
                here[sent.draft.key] = intake.add(sent.draft)
            elif verdict == "updated":
                intake.change(listing, sent.draft)
            counts[verdict] += 1
    db.session.flush()
    return counts


def _count_batch(intake: Intake, batch: list[Sent], account: Account) -> None:
    """What would become of each draft."""
    with reading():
        here = intake.begin_batch([sent.draft for sent in batch])
        hashes = {key: listing.source_hash for key, listing in here.items()}
        db.session.rollback()
    for sent in batch:
        before = hashes.get(sent.draft.key) or intake.counted.get(sent.draft.key)
        account.count(Counter([_verdict(sent, before)]))
        intake.counted[sent.draft.key] = sent.draft.digest()


def _verdict(sent: Sent, hash_before: str | None) -> str:
    """added, updated or unchanged. A draft that a later row of the same file overrides changes
    nothing that is already here, so that the same file sent again changes nothing either."""
    if hash_before is None:
        return "added"
    unchanged = sent.superseded or hash_before == sent.draft.digest()
    return "unchanged" if unchanged else "updated"


def _cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.encode("utf-8", "replace").decode().replace("\0", "")
    shown = text if len(text) <= LONGEST_CELL_SHOWN else text[:LONGEST_CELL_SHOWN] + "…"
    return "'" + shown if shown[:1] in tuple("=+-@\t\r") else shown
