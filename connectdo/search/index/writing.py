"""Writing the index: one commit at a time, and small segments as one.

Words come here as stems, so Whoosh has nothing to analyse: postings are put together as the
documents go by, in their order, and handed over sorted, which spares its sorting on disk.
"""

import shutil
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from connectdo.search.columns import (
    DOCUMENT_SHIFT,
    MOST_PLACES,
    POSITION_BITS,
    WITHIN,
    WITHIN_DOCUMENT,
)
from connectdo.search.documents import BREAK, Document
from connectdo.search.index.reading import Storage, segments

TEXTS = ("heading", "summary", "body")
PACKED = ("facts", "interests", "areas", "runs", "passages")
STATE_KEY = "state"
# Segments of more documents than this stay as they are until the index is rebuilt.
MOST_TO_MERGE = 5_000
# No more than this are merged while somebody may be waiting for a change to be found.
MOST_TO_MERGE_AT_ONCE = 50
FEW_SEGMENTS = 4
Posting = tuple[str, bytes, int, float, bytes]


def _schema() -> fields.Schema:
    """`key` is a listing's id or STATE_KEY; the value of a posting of `words` are its places."""
    return fields.Schema(
        key=fields.ID,
        spellings=fields.FieldType(formats.Existence(), analyzer=None),
        words=fields.FieldType(formats.Format(), analyzer=None),
        state=fields.STORED,
        **{name: fields.COLUMN(VarBytesColumn()) for name in PACKED},
    )


def created(path: Path) -> index.Index:
    """A new index in a folder."""
    return Storage(str(path)).create_index(_schema())


def _codec() -> W3Codec:
    """Big blocks: a word is always decoded whole. No lengths: the facts have them."""
    codec = W3Codec(blocklimit=1_024, compression=1)
    codec.length_stats = False
    return codec


def write(
    opened: index.Index,
    state: dict[str, Any] | None,
    changed: Iterable[Document],
    gone: Iterable[int],
    adopted: Sequence[Any] = (),
) -> None:
    """One commit: these listings as they are now, those no more, what has been heard, and segments
    of other indexes whose files are here."""
    replaces, written = not opened.is_empty(), _Postings()
    with _writer(opened) as writer:
        for listing_id in gone:
            writer.delete_by_term("key", str(listing_id))
        for document in changed:
            if replaces:
                writer.delete_by_term("key", str(document.listing_id))
            written.add(writer.doc_count(), document)
            writer.add_document(**{name: getattr(document, name) for name in PACKED})
        if state is not None:
            writer.delete_by_term("key", STATE_KEY)
            written.add_key(writer.doc_count(), STATE_KEY)
            writer.add_document(state=state)
        writer.fieldwriter.add_postings(writer.schema, None, written.in_order())
        writer.commit(mergetype=lambda _, others: [*others, *adopted])


def merge_small(opened: index.Index, most: int) -> bool:
    """Merges small segments where they have become many, in a commit of its own: those of no more
    than `most` documents, some 500 of which take a second. False where there was nothing to do."""
    sizes = [reader.doc_count_all() for _, reader in segments(opened.reader())]
    if not how_many_to_merge(sizes, most):
        return False
    with _writer(opened) as writer:
        writer.commit(mergetype=partial(_as_one, most=most))
    return True


@contextmanager
def _writer(opened: index.Index) -> Iterator[SegmentWriter]:
    writer = opened.writer(timeout=10, codec=_codec(), compound=False)
    try:
        yield writer
    except BaseException:
        # cancel() raises too when the disk is full, and would keep Whoosh's own lock; after a
        # commit that failed half-way there may be nothing left to cancel or to let go.
        with suppress(Exception):
            writer.cancel()
        with suppress(Exception):
            _remove_unfinished(opened)
        with suppress(Exception):
            writer.writelock.release()
        raise


def _remove_unfinished(opened: index.Index) -> None:
    """Removes what a writer could not end: it would hold the room that the next one needs."""
    toc = index.TOC.read(opened.storage, opened.indexname)
    index.clean_files(opened.storage, opened.indexname, toc.generation, toc.segments)
    shutil.rmtree(Path(opened.storage.folder) / f"{opened.indexname}.tmp", ignore_errors=True)


def _as_one(writer: SegmentWriter, others: list[Any], most: int) -> list[Any]:
    """Writes small segments as one, without what was deleted; gives those that stay."""
    by_size = sorted(others, key=lambda segment: segment.doc_count_all())
    small = by_size[: how_many_to_merge((each.doc_count_all() for each in by_size), most)]
    for segment in small:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in others if segment not in small]


def how_many_to_merge(sizes: Iterable[int], most: int = MOST_TO_MERGE) -> int:
    """How many of the smallest segments, none of more than `most` documents, are better written
    as one: 0, or more than a few.

    One joins those smaller than it when together they are at least half as big, so that a
    document is written again only as often as its segment doubles.
    """
    together = many = 0
    for size in sorted(sizes):
        if size > min(most, max(2 * together, 1)) and many:
            break
        together += size
        many += 1
    return many if many >= FEW_SEGMENTS else 0


class _Postings:
    """The postings of a segment that is being written, by field and word."""

    def __init__(self) -> None:
        self._keys: dict[str, array[int]] = {}
        self._spellings: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._words: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def add(self, number: int, document: Document) -> None:
        """The next document."""
        self.add_key(number, str(document.listing_id))
        for word in document.spellings:
            self._spellings[word].append(number)
        words = self._words
        for text, name in enumerate(TEXTS):
            place = number << DOCUMENT_SHIFT | text << POSITION_BITS
            for word in getattr(document, name)[:MOST_PLACES]:
                if word != BREAK:
                    words[word].append(place)
                place += 1

    def add_key(self, number: int, key: str) -> None:
        self._keys[key] = array("q", [number])

    def in_order(self) -> Iterator[Posting]:
        """As Whoosh wants them: by field, word in bytes, document."""
        for field, postings in (("key", self._keys), ("spellings", self._spellings)):
            for word, documents in sorted((each.encode(), n) for each, n in postings.items()):
                yield from ((field, word, number, 1.0, b"") for number in documents)
        for word, places in sorted((each.encode(), n) for each, n in self._words.items()):
            yield from (("words", word, *posting) for posting in _by_document(places))


def _by_document(places: "array[int]") -> Iterator[tuple[int, float, bytes]]:
    """The places of a word, in order, as postings: a document, 1.0, and where in it."""
    each = np.frombuffer(places, dtype=np.int64)
    documents, within = each >> DOCUMENT_SHIFT, (each & WITHIN_DOCUMENT).astype(WITHIN)
    last = np.append(documents[1:] != documents[:-1], True).nonzero()[0]
    ends = ((last + 1) * WITHIN.itemsize).tolist()
    packed = within.tobytes()
    for number, start, end in zip(documents[last].tolist(), [0, *ends], ends, strict=False):
        yield number, 1.0, packed[start:end]
