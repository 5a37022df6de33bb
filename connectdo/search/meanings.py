"""Which listings mean much the same as what was typed: passages of the index beside vectors.

The index says which passages a listing has now, and the vectors what those mean. So a listing that
was changed, hidden or deleted is never found by what it said before, and one whose passages have
not been read yet is found by its words.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from connectdo.meaning import WIDTH
from connectdo.search import ranking
from connectdo.search.callings import Callings
from connectdo.search.parts import Part
from connectdo.search.passages import KEY
from connectdo.search.vectors import Vectors

# So many of the listings that seem most alike are looked at closely.
LOOKED_AT = 200
# So many answers to what people said are remembered: some 3 KB each.
REMEMBERED = 500
# The cosine that two vectors seem to have, by how many of their signs differ.
SEEMING = np.cos(np.pi * np.arange(WIDTH + 1) / WIDTH).astype(np.float32)
NOTHING = np.zeros(0, dtype=np.int64)

Array = np.ndarray


class Meanings:
    """The passages of all documents, in their order, and the vectors that there are of them; and
    what the interests that each carries are called."""

    def __init__(
        self, parts: Sequence[Part], interests: Array, callings: Callings, vectors: Vectors
    ) -> None:
        self.vectors, self.callings, self._interests = vectors, callings, interests
        self.keys = [part.passages for part in parts]
        self._rows = np.concatenate([part.rows_in(vectors) for part in parts])
        counts = np.concatenate([part.passage_counts for part in parts])
        self._starts = np.cumsum(counts) - counts
        self._counts = counts
        self._remembered: dict[Hashable, Alike] = {}

    def alike(self, vector: Array, among: Array) -> "Alike":
        """Of some documents those most alike to a unit vector, and how alike each is.

        Raises vectors.CutShort where the files are not as they were.
        """
        self.vectors.refuse_if_cut_short()
        among = among[self._counts.take(among) > 0]
        if not len(among) or not self.vectors.size:
            return Alike(NOTHING, np.zeros(0, np.float32), NOTHING)
        close = self.callings.closeness(vector)
        closest = among[self._closest(vector, among, close)]
        rows, starts = self._rows_of(closest)
        cosines = self.vectors.cosines(rows, vector)
        likeness = ranking.likeness(
            cosines[starts],
            np.maximum.reduceat(cosines, starts),
            close[self._interests[closest]].max(axis=1),
        )
        counted = np.flatnonzero(likeness > 0)
        return Alike(closest[counted], likeness[counted].astype(np.float32), vector)

    def remembered(self, key: Hashable, vector: Array, among: Callable[[], Array]) -> "Alike":
        """The same for what is asked again and again."""
        self.vectors.refuse_if_cut_short()
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self.alike(vector, among())
        return self._remembered[key]

    def vector_of(self, key: int) -> Array | None:
        """The unit vector of a passage, None where it has not been read."""
        self.vectors.refuse_if_cut_short()
        rows = self.vectors.rows(np.array([key], dtype=KEY))
        return None if rows[0] < 0 else self.vectors.unpacked(rows)[0]

    def wholes(self, vector: Array, documents: Array) -> Array:
        """How alike each of some documents is as a whole to a unit vector, -1 to 1; 0 for one that
        has not been read."""
        self.vectors.refuse_if_cut_short()
        rows = np.full(len(documents), -1, dtype=np.int32)
        has_any = self._counts.take(documents) > 0
        rows[has_any] = self._rows[self._starts.take(documents[has_any])]
        return self.vectors.cosines(rows, vector)

    def best_passages(self, alike: "Alike", documents: Array) -> list[int | None]:
        """The key of that sentence of each document that is most alike, None where it is not."""
        found: list[int | None] = [None] * len(documents)
        here = np.flatnonzero(np.isin(documents, alike.documents))
        if not len(here):
            return found
        rows, starts = self._rows_of(documents[here])
        cosines = self.vectors.cosines(rows, alike.vector)
        cosines[starts] = -1
        ends = [*starts[1:].tolist(), len(rows)]
        for n, start, end in zip(here.tolist(), starts.tolist(), ends, strict=True):
            best = start + int(cosines[start:end].argmax())
            if ranking.says_it(float(cosines[best])):
                found[n] = int(self._key_at(int(self._starts[documents[n]]) + best - start))
        return found

    def unread(self) -> Array:
        """The documents that have a passage without a vector."""
        owners = np.repeat(np.arange(len(self._counts)), self._counts)
        return np.unique(owners[self._rows < 0])

    def _closest(self, vector: Array, among: Array, close: Array) -> Array:
        """The places of those documents that seem most alike by their signs, in order."""
        if len(among) <= LOOKED_AT:
            return np.arange(len(among))
        differing = self.vectors.differing(vector)
        if len(among) == len(self._counts):
            near, starts = differing[self._rows], self._starts
        else:
            rows, starts = self._rows_of(among)
            near = differing[rows]
        seem = ranking.likeness(
            SEEMING[near[starts]],
            SEEMING[np.minimum.reduceat(near, starts)],
            close[self._interests[among]].max(axis=1),
        )
        return np.sort(np.argpartition(-seem, LOOKED_AT)[:LOOKED_AT])

    def _rows_of(self, documents: Array) -> tuple[Array, Array]:
        """The rows of all passages of some documents, and where those of each start."""
        counts = self._counts.take(documents)
        starts = np.cumsum(counts) - counts
        within = np.arange(int(counts.sum())) - np.repeat(starts, counts)
        return self._rows[np.repeat(self._starts.take(documents), counts) + within], starts

    def _key_at(self, place: int) -> int:
        for keys in self.keys:
            if place < len(keys):
                return int(keys[place])
            place -= len(keys)
        raise IndexError(place)


class Alike:
    """Documents in order, how alike each is to what was typed, 0 to 1, and its vector. `found` are
    those that are alike enough to be found by that alone."""

    def __init__(self, documents: Array, likeness: Array, vector: Array) -> None:
        self.documents, self.likeness, self.vector = documents, likeness, vector
        self.found = documents[likeness >= ranking.FOUND_BY_MEANING]

    def likeness_of(self, documents: Array) -> Array:
        """How alike some documents are, 0 where they are not among these."""
        likeness = np.zeros(len(documents), dtype=np.float32)
        places = documents.searchsorted(self.documents)
        places[places == len(documents)] = 0
        here = documents[places] == self.documents if len(documents) else places[:0]
        likeness[places[here]] = self.likeness[here]
        return likeness
