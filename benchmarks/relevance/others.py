"""The plain rankings that ours is measured against: texts in, a search of them out.

Each stems English, looks for any of the words, and ranks by its own formula as it comes.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

import psycopg
from whoosh import fields
from whoosh.analysis import StemmingAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.answers import Skipped
from benchmarks.relevance.charities import Charity

# How many ids an engine gives for a search, best first.
DEPTH = 50
Search = Callable[[str], list[str]]


@contextmanager
def whoosh(charities: Sequence[Charity]) -> Iterator[Search]:
    """Whoosh's own searcher, which ranks by BM25F."""
    words = fields.TEXT(analyzer=StemmingAnalyzer())
    schema = fields.Schema(id=fields.ID(stored=True), name=words, text=words)
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for each in charities:
        writer.add_document(id=each.id, name=each.name, text=each.text)
    writer.commit()
    parser = MultifieldParser(["name", "text"], schema, group=OrGroup)
    with index.searcher() as searcher:

        def search(text: str) -> list[str]:
            hits = searcher.search(parser.parse(" ".join(_words(text))), limit=DEPTH)
            return [hit["id"] for hit in hits]

        yield search


@contextmanager
def sqlite(charities: Sequence[Charity]) -> Iterator[Search]:
    """SQLite's FTS5, which ranks by bm25()."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE charity"
            " USING fts5(id UNINDEXED, name, text, tokenize = 'porter unicode61')"
        )
        rows = [(each.id, each.name, each.text) for each in charities]
        connection.executemany("INSERT INTO charity VALUES (?, ?, ?)", rows)

        def search(text: str) -> list[str]:
            found = connection.execute(
                "SELECT id FROM charity WHERE charity MATCH ? ORDER BY bm25(charity), id LIMIT ?",
                (" OR ".join(f'"{word}"' for word in _words(text)), DEPTH),
            )
            return [charity_id for (charity_id,) in found]

        yield search


@contextmanager
def postgresql(charities: Sequence[Charity]) -> Iterator[Search]:
    """PostgreSQL's text search, which ranks by ts_rank_cd. Raises Skipped where none answers.

    The server is CONNECTDO_BENCH_DATABASE_URL. Nothing is left on it.
    """
    with closing(_connected(os.environ.get("CONNECTDO_BENCH_DATABASE_URL", ""))) as connection:
        connection.execute("CREATE TEMPORARY TABLE charity (id text, words tsvector)")
        connection.cursor().executemany(
            "INSERT INTO charity VALUES (%s, setweight(to_tsvector('english', %s), 'A')"
            " || setweight(to_tsvector('english', %s), 'D'))",
            [(each.id, each.name, each.text) for each in charities],
        )

        def search(text: str) -> list[str]:
            found = connection.execute(
                "SELECT id FROM charity, websearch_to_tsquery('english', %s) AS asked"
                " WHERE words @@ asked ORDER BY ts_rank_cd(words, asked) DESC, id LIMIT %s",
                (" or ".join(_words(text)), DEPTH),
            )
            return [charity_id for (charity_id,) in found]

        yield search


OTHERS = {"sqlite": sqlite, "whoosh": whoosh, "postgresql": postgresql}


def _connected(address: str) -> "psycopg.Connection[tuple[str, ...]]":
    if not address:
        raise Skipped("no PostgreSQL: CONNECTDO_BENCH_DATABASE_URL names none.")
    try:
        return psycopg.connect(address, connect_timeout=5)
    except psycopg.Error as error:
        raise Skipped(f"no PostgreSQL answers: {str(error).splitlines()[0]}") from error


def _words(text: str) -> list[str]:
    """The words of a question, but for "or", which the engines would obey."""
    return [word for word in re.findall(r"\w+", text.lower()) if word != "or"]
