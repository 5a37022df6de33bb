"""The documents of a whole index, written by several processes at once: each reads the database
for itself and writes one segment.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from connectdo.days import london_today
from connectdo.progress import Step
from connectdo.search import index
from connectdo.search.documents import Document, documents
from connectdo.search.processes import at_once

BATCH = 500
# Fewer listings than this are written sooner than another process has started.
LISTINGS_A_PROCESS = 2_000
MOST_PROCESSES = 4


def documents_of(session: Session, ids: list[int], step: Step) -> Iterator[Document]:
    """The documents of listings, read a batch at a time."""
    today = london_today()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        yield from documents(session, some, today)
        step(len(some))


def write_parts(session: Session, path: Path, ids: list[int], step: Step) -> None:
    """Writes the parts of an index, as many as there are processors and work for them."""
    shares = min(os.cpu_count() or 1, MOST_PROCESSES, len(ids) // LISTINGS_A_PROCESS)
    if shares < 2:
        index.write_part(path / "part-0", documents_of(session, ids, step))
    else:
        size = -(-len(ids) // shares)
        parts = [ids[start : start + size] for start in range(0, len(ids), size)]
        _write_at_once(session, path, parts, step)


def _write_at_once(session: Session, path: Path, parts: list[list[int]], step: Step) -> None:
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    told = [
        {"url": url, "path": str(path / f"part-{number}"), "ids": ids}
        for number, ids in enumerate(parts)
    ]
    at_once(__name__, told, step)


def _write_share() -> None:
    # Nothing here goes in circles, and looking for circles takes a tenth of the time.
    gc.disable()
    share = json.load(sys.stdin)
    engine = create_engine(share["url"])
    with Session(engine) as session:
        made = documents_of(session, share["ids"], lambda more: print(more, flush=True))
        index.write_part(Path(share["path"]), made)


if __name__ == "__main__":
    _write_share()
