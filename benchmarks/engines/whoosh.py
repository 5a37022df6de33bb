"""Whoosh's own searcher finds and scores the words; the rest is numpy arrays.

This is Whoosh used as it comes: its matchers walk the postings for each question, where ours
walks them once and keeps them.
"""

import shutil
from pathlib import Path

import numpy as np
from whoosh import fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer

from benchmarks.answers import Answer
from benchmarks.corpus import TEXTS, Corpus
from benchmarks.engines import counting
from benchmarks.engines.columns import Columns
from benchmarks.engines.formula import FIELD_WEIGHTS
from benchmarks.queries import Asked
from connectdo.progress import Progress


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        self.size = corpus.size
        self.columns = Columns(corpus)
        folder = corpus.folder / "whoosh"
        if not folder.exists():
            _write(folder, corpus, progress)
        self.searcher = index.open_dir(str(folder)).searcher()

    def find(self, asked: Asked) -> counting.Found:
        # One segment, written in order: Whoosh's document numbers are the corpus's.
        found = self.searcher.search(_query(asked), limit=None).top_n
        documents = np.array([document for _, document in found], dtype=np.int64)
        scores = np.zeros(self.size)
        scores[documents] = [score for score, _ in found]
        return self.columns.find(asked, documents, scores.__getitem__)

    def answer(self, found: counting.Found, asked: Asked) -> Answer:
        return counting.answer(found, asked)

    def close(self) -> None:
        self.searcher.close()


def _write(folder: Path, corpus: Corpus, progress: Progress) -> None:
    building = folder.with_suffix(".building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
    schema = fields.Schema(**dict.fromkeys((*TEXTS, "interests"), text))
    writer = index.create_in(str(building), schema).writer(limitmb=256)
    with progress("Building Whoosh's own index", corpus.size) as step:
        for texts, interests in zip(corpus.texts(), corpus.interest_terms(), strict=True):
            writer.add_document(interests=interests, **dict(zip(TEXTS, texts, strict=True)))
            step(1)
        writer.commit(optimize=True)
    building.rename(folder)


def _query(asked: Asked) -> query.Query:
    """Any of the words, in a heading for more than in a body, or any of the interests."""
    words = [
        query.Term(field, word, boost=weight)
        for word in asked.words
        for field, weight in FIELD_WEIGHTS.items()
    ]
    interests = [
        query.Term("interests", f"i{interest}", boost=close)
        for interest, close in asked.closeness.items()
    ]
    return query.Or(words + interests)
