"""What became of every row of an import."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """Something to tell of a row: where it stands and what was wrong."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Rejected(Told):
    """A row that stayed out. `was_read` is False where it was not even a row."""

    was_read: bool = True


@dataclass
class Account:
    """`added + updated + unchanged + rejected` is all the rows; `cleaned` were put right."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    cleaned: list[Told] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def count(self, verdicts: Counter[str]) -> None:
        """Adds what became of a batch."""
        self.added += verdicts["added"]
        self.updated += verdicts["updated"]
        self.unchanged += verdicts["unchanged"]

    @property
    def exit_code(self) -> int:
        """0: every row is in. 1: some are not. 2: nothing could be read."""
        if not self.rejected and not self.unreadable:
            return 0
        taken = self.added + self.updated + self.unchanged
        return 1 if taken or any(each.was_read for each in self.rejected) else 2
