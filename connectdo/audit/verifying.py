"""Whether the chain that is there is the one that was written."""

from collections.abc import Sequence

from connectdo.audit import heads, queries
from connectdo.audit.chain import Found, KeptHead, check
from connectdo.db import reading


def verify(noted: Sequence[KeptHead] = ()) -> tuple[KeptHead, Found]:
    """What is found, and the head of the chain, which is kept if nothing is wrong. `noted` are
    heads that somebody noted down."""
    with reading():
        first = queries.head_now()
        kept = [*heads.kept_heads(), *noted, first]
        links = queries.links()
        found = check(links, kept, queries.head_now)
    if not found.faults:
        heads.keep(first)
    return first, found


def keep_head() -> None:
    """The job: keeps the last hash outside the database."""
    with reading():
        heads.keep(queries.head_now())
