"""How well our search finds what people themselves say a charity is about.

People have tagged two thousand charities. The name of each tag is asked as a search; the
charities that carry it are the right answers. No engine sees the tags. Ours is set beside the
plain rankings of Whoosh, SQLite and PostgreSQL over the same texts:
`python -m benchmarks.relevance`.
"""
