"""Our own search: from a query and a snapshot to listings, reasons, facets and total."""

from benchmarks.answers import INTERESTS, Answer, Counts
from benchmarks.corpus import Corpus
from benchmarks.made_up import NOW
from benchmarks.queries import Asked
from benchmarks.tree import vocabulary
from connectdo.progress import Progress
from connectdo.search.door import Door
from connectdo.search.finding import Found, find_in

SLUGS = dict(zip((c.name for c in vocabulary().concepts), INTERESTS, strict=True))


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        with progress("Decoding our index", 1) as step:
            self.snapshot = Door(corpus.index_folder).snapshot()
            step(1)

    def find(self, asked: Asked) -> Found:
        found = find_in(self.snapshot, asked.query, NOW)
        # Reasons are given when they are asked for, and here they are.
        assert found.results is not None
        return found

    def answer(self, found: Found, asked: Asked) -> Answer:
        facets = {name: _counts(found, name) for name in found.facets}
        facets["interest"] = {SLUGS[name]: n for name, n in facets["interest"].items()}
        facets["not stated"] = _counts(found, "access", "not_stated")
        ids = [each.listing_id for each in found.results if not each.reasons.farther]
        return Answer(found.total, ids, facets)

    def close(self) -> None:
        pass


def _counts(found: Found, facet: str, count: str = "count") -> Counts:
    return {each["value"]: each[count] for each in found.facets[facet] if each[count]}
