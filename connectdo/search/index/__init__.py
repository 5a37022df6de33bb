"""The door to the full-text index: its reading and its writing alone know Whoosh.

The index lives in a folder of its own. Generations of it take turns there (`generations`); one is
made of segments, which are read (`reading`) and written (`writing`).
"""

from connectdo.search.index.generations import (
    FORMAT,
    Generation,
    State,
    building,
    change_mark,
    current,
    rebuild,
    sole_writer,
    write_part,
)
from connectdo.search.index.reading import Segment, Unusable, give_up, segments
from connectdo.search.index.writing import (
    FEW_SEGMENTS,
    MOST_TO_MERGE,
    MOST_TO_MERGE_AT_ONCE,
    TEXTS,
    how_many_to_merge,
)

__all__ = [
    "FEW_SEGMENTS",
    "FORMAT",
    "MOST_TO_MERGE",
    "MOST_TO_MERGE_AT_ONCE",
    "TEXTS",
    "Generation",
    "Segment",
    "State",
    "Unusable",
    "building",
    "change_mark",
    "current",
    "give_up",
    "how_many_to_merge",
    "rebuild",
    "segments",
    "sole_writer",
    "write_part",
]
