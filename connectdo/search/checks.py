"""What an operator is told of the index, and of what listings mean."""

from collections.abc import Iterator

from connectdo.alive import CARRIER, lives
from connectdo.checks import Finding, must, should
from connectdo.search import encoding, sync
from connectdo.search.index import Unusable


def check() -> Iterator[Finding]:
    """Somebody keeps the index, and it agrees with the database."""
    if not lives(CARRIER):
        yield must(
            "Nobody keeps the index: what is changed is not found. Start the site: connectdo serve"
        )
    try:
        differences = len(sync.check())
    except Unusable:
        yield must("The index cannot be read. Make it again: connectdo index rebuild")
        return
    if differences:
        yield must(
            f"The index differs from the database in {differences:,} places. See where: connectdo "
            "index check. Make it again: connectdo index rebuild"
        )


def check_meaning() -> Iterator[Finding]:
    """Sentences are read for their meaning. Without that all else works."""
    if why_not := encoding.why_not():
        yield should(why_not)
