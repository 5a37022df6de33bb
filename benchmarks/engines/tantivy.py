"""tantivy finds and scores the words; the exact order, filters and facets are numpy arrays.

Its own facets and its order by a field cannot weigh distance, so all that it finds is fetched.
"""

from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.answers import Answer, Skipped
from benchmarks.corpus import TEXTS, Corpus
from benchmarks.engines import counting
from benchmarks.engines.columns import Columns
from benchmarks.engines.formula import FIELD_WEIGHTS
from benchmarks.queries import Asked
from connectdo.progress import Progress


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        try:
            self.tantivy: Any = import_module("tantivy")
        except ImportError as error:
            raise Skipped("tantivy is not installed: see benchmarks/requirements.txt.") from error
        self.size = corpus.size
        self.columns = Columns(corpus)
        builder = self.tantivy.SchemaBuilder()
        for name in (*TEXTS, "interests"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("number", fast=True)
        self.schema = builder.build()
        self.index = self.tantivy.Index(self.schema)
        self._write(corpus, progress)
        self.searcher = self.index.searcher()

    def find(self, asked: Asked) -> counting.Found:
        found = self.searcher.search(self._query(asked), limit=self.size, count=False).hits
        addresses = [address for _, address in found]
        documents = np.array(self.searcher.fast_field_values("number", addresses), dtype=np.int64)
        scores = np.zeros(self.size)
        scores[documents] = [score for score, _ in found]
        return self.columns.find(asked, documents, scores.__getitem__)

    def answer(self, found: counting.Found, asked: Asked) -> Answer:
        return counting.answer(found, asked)

    def close(self) -> None:
        pass

    def _write(self, corpus: Corpus, progress: Progress) -> None:
        carried = corpus.interest_terms()
        writer = self.index.writer(num_threads=1)
        with progress("Building tantivy", corpus.size) as step:
            for number, (texts, interests) in enumerate(zip(corpus.texts(), carried, strict=True)):
                document = self.tantivy.Document()
                for name, text in zip((*TEXTS, "interests"), (*texts, interests), strict=True):
                    document.add_text(name, text)
                document.add_unsigned("number", number)
                writer.add_document(document)
                step(1)
            writer.commit()
            writer.wait_merging_threads()
        self.index.reload()

    def _query(self, asked: Asked) -> Any:
        """Any of the words, in a heading for more than in a body, or any of the interests."""
        query, should = self.tantivy.Query, self.tantivy.Occur.Should
        terms = [
            (query.term_query(self.schema, field, word), weight)
            for word in asked.words
            for field, weight in FIELD_WEIGHTS.items()
        ]
        terms += [
            (query.term_query(self.schema, "interests", f"i{interest}"), close)
            for interest, close in asked.closeness.items()
        ]
        boosted = [(should, query.boost_query(term, weight)) for term, weight in terms]
        return query.boolean_query(boosted)
