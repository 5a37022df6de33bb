"""Files of listings into the database, in batches, with an account of every row."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from connectdo.db import db, reading
from connectdo.interchange.account import Account, Rejected, Told
from connectdo.interchange.actions import Intake
from connectdo.interchange.drafts import Draft, Key
from connectdo.interchange.files import Unreadable
from connectdo.interchange.reading import Survey, read_file, source_of, survey
from connectdo.interchange.rejects import RejectsFile
from connectdo.interchange.rows import Row
from connectdo.interchange.venues import drop_empty_venues
from connectdo.moderation.queries import changed_here
from connectdo.progress import Progress, silent
from connectdo.search.models import SearchState

# While a batch is written nobody else may write on SQLite, and who waits looks again every tenth of
# a second: so batches are small, and between them others have their turn.
BATCH = 100
SECONDS_FOR_OTHERS = 0.11
CHANGED_HERE = "Its group has changed this listing on the site, so the row was left out."


@dataclass(frozen=True)
class Sent:
    """A draft and the row it came from. A later row may speak of the same listing."""

    path: Path
    row: Row
    draft: Draft
    superseded: bool


def import_files(
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress = silent,
) -> tuple[Account, Path | None]:
    """Takes in all files, committing each batch; with `dry_run` it only counts.

    Returns the account, and where the rejected rows are if there are any.
    """
    account = Account()
    found = survey(paths, account, progress)
    with RejectsFile(rejects_to, found.columns) as rejects:
        one = _Import(found, account, rejects)
        for path, rows in found.files.items():
            try:
                with progress(f"Reading {path.name}", rows) as step:
                    for batch in one.batches(path):
                        one.count_batch(batch) if dry_run else one.take_batch(batch)
                        step(len(batch))
            except Unreadable as error:
                account.unreadable.append(str(error))
        if not dry_run:
            one.finish()
    return account, rejects.written


class _Import:
    """One run of the import over its files."""

    def __init__(self, found: Survey, account: Account, rejects: RejectsFile) -> None:
        self.found, self.account, self.rejects = found, account, rejects
        self.intake = Intake()
        self.hashes: dict[Key, str] = {}

    def batches(self, path: Path) -> Iterator[list[Sent]]:
        """The drafts of a file; rows that cannot become one are rejected on the way."""
        sent = self._sent(path)
        while batch := list(islice(sent, BATCH)):
            yield batch

    def take_batch(self, batch: list[Sent]) -> None:
        """A batch in one transaction, in one go; if the database refuses it, row by row."""
        _wait_for_turn()
        try:
            self._take(batch)
        except (DataError, IntegrityError):
            for sent in batch:
                self._take_alone(sent)
        db.session.commit()
        db.session.expunge_all()
        time.sleep(SECONDS_FOR_OTHERS)

    def count_batch(self, batch: list[Sent]) -> None:
        """What would become of each draft."""
        with reading():
            here = self.intake.begin_batch([sent.draft for sent in batch])
            self.hashes |= {key: each.source_hash for key, each in here.items()}
            theirs = changed_here(listing.id for listing in here.values())
            keys = {key for key, listing in here.items() if listing.id in theirs}
            db.session.rollback()
        for sent in batch:
            verdict = _verdict(sent, self.hashes.get(sent.draft.key))
            if verdict == "updated" and sent.draft.key in keys:
                verdict = self._left_as_it_is(sent)
            self.account.count(Counter([verdict]))
            if verdict == "added":
                self.hashes[sent.draft.key] = sent.draft.digest()

    def finish(self) -> None:
        """Clears away what the changes have left behind."""
        _wait_for_turn()
        drop_empty_venues()
        db.session.commit()

    def _sent(self, path: Path) -> Iterator[Sent]:
        for each in read_file(path):
            if each.draft is None:
                self._reject(path, each.row, each.fault)
                continue
            self.account.cleaned += [
                Told(path.name, each.row.line, reason) for reason in each.cleaned
            ]
            here = path, each.row.line
            last = self.found.last.get(each.draft.key, here)
            yield Sent(path, each.row, each.draft, superseded=last != here)

    def _take(self, batch: list[Sent]) -> None:
        """Does what is to become of each draft, all or none. What somebody has changed here stays
        as they left it: they look after it now."""
        counts: Counter[str] = Counter()
        with db.session.begin_nested(), db.session.no_autoflush:
            here = self.intake.begin_batch([sent.draft for sent in batch])
            theirs = changed_here(listing.id for listing in here.values())
            for sent in batch:
                listing = here.get(sent.draft.key)
                verdict = _verdict(sent, listing.source_hash if listing else None)
                if verdict == "updated" and listing and listing.id in theirs:
                    verdict = self._left_as_it_is(sent)
                if listing is None:
                    here[sent.draft.key] = self.intake.add(sent.draft)
                elif verdict == "updated":
                    self.intake.change(listing, sent.draft)
                counts[verdict] += 1
            db.session.flush()
        self.account.count(counts)

    def _left_as_it_is(self, sent: Sent) -> str:
        self.account.cleaned.append(Told(sent.path.name, sent.row.line, CHANGED_HERE))
        return "unchanged"

    def _take_alone(self, sent: Sent) -> None:
        try:
            self._take([sent])
        except (DataError, IntegrityError):
            self._reject(sent.path, sent.row, "The database did not take this row.")

    def _reject(self, path: Path, row: Row, reason: str) -> None:
        rejected = Rejected(path.name, row.line, reason, was_read=not row.fault)
        self.account.rejected.append(rejected)
        self.rejects.add(rejected, row.values, source_of(path))


def _wait_for_turn() -> None:
    """One import writes at a time, so that two do not make the same area, venue or organisation.

    Every change of a listing locks this row before it is committed. Taking it first means that
    nobody who holds it waits for anybody else. SQLite locks the whole database instead.
    """
    db.session.execute(select(SearchState.rev).with_for_update())


def _verdict(sent: Sent, hash_before: str | None) -> str:
    """added, updated or unchanged. A draft that a later row overrides changes nothing that is
    already here, so that the same files sent again change nothing either."""
    if hash_before is None:
        return "added"
    unchanged = sent.superseded or hash_before == sent.draft.digest()
    return "unchanged" if unchanged else "updated"
