"""Files -> drafts. A file is read twice: once to see all that it holds, once to take it in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from connectdo.interchange.account import Account, Told
from connectdo.interchange.cells import from_cells
from connectdo.interchange.csv_drafts import OUR_COLUMNS, SHARED_COLUMNS, draft_from_csv
from connectdo.interchange.drafts import BadRow, Draft, Key
from connectdo.interchange.files import Unreadable, is_json
from connectdo.interchange.json_drafts import DIRECTORY_KEYS, draft_from_json
from connectdo.interchange.rejects import OUR_OWN
from connectdo.interchange.rows import Row, rows
from connectdo.progress import Progress
from connectdo.text import one_line

KNOWN_COLUMNS = {*SHARED_COLUMNS, *OUR_COLUMNS, *DIRECTORY_KEYS, *OUR_OWN, "as_sent"}
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Read:
    """A row as it was read: its draft, or the fault for which it has none."""

    row: Row
    draft: Draft | None
    fault: str = ""
    cleaned: tuple[str, ...] = ()


@dataclass
class Survey:
    """What the files hold. `last` is where each listing is spoken of for the last time."""

    files: dict[Path, int] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    last: dict[Key, tuple[Path, int]] = field(default_factory=dict)


def source_of(path: Path) -> str:
    """What rows that name no source have for one: the file's name."""
    return one_line(path.name.split(".")[0])[:100] or "file"


def read_file(path: Path) -> Iterator[Read]:
    """The rows of a file as drafts. Raises Unreadable."""
    source, from_json = source_of(path), is_json(path)
    for row in rows(path):
        yield _read(row, source, from_json)


def survey(paths: Sequence[Path], account: Account, progress: Progress) -> Survey:
    """Reads all files and changes nothing. Those that cannot be read to their end are written
    to the account and stay out whole."""
    found = Survey()
    with progress("Checking the files", len(paths)) as step:
        for path in paths:
            try:
                _look_through(path, found, account)
            except Unreadable as error:
                account.unreadable.append(str(error))
            step(1)
    return found


def _look_through(path: Path, found: Survey, account: Account) -> None:
    columns: dict[str, None] = {}
    last: dict[Key, tuple[Path, int]] = {}
    rows_seen = 0
    for each in read_file(path):
        rows_seen += 1
        if len(columns) < MOST_COLUMNS:
            columns |= dict.fromkeys(each.row.values)
        if each.draft:
            last[each.draft.key] = path, each.row.line
    if not is_json(path):
        account.cleaned += [
            Told(path.name, 1, f'Passed over the column "{name[:40]}", which we do not know.')
            for name in columns
            if name and name not in KNOWN_COLUMNS
        ]
    found.files[path] = rows_seen
    found.columns |= columns
    found.last |= last


def _read(row: Row, source: str, from_json: bool) -> Read:
    if row.fault:
        return Read(row, None, row.fault)
    try:
        if from_json:
            draft, cleaned = draft_from_json(row.values, source)
        elif _is_of_a_directory(row):
            draft, cleaned = draft_from_json(from_cells(row.values), source)
        else:
            draft, cleaned = draft_from_csv(row.values, source)
    except BadRow as error:
        return Read(row, None, str(error))
    return Read(row, draft, cleaned=tuple(dict.fromkeys(cleaned)))


def _is_of_a_directory(row: Row) -> bool:
    """True for a CSV row in a public directory's keys, such as one rejected and then mended."""

    def filled(names: Sequence[str]) -> bool:
        return any(row.values.get(name, "").strip() for name in names)

    return filled(DIRECTORY_KEYS) and not filled(OUR_COLUMNS)
