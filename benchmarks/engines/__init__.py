"""The engines that are asked, by the name they are chosen by."""

from importlib import import_module

from benchmarks.answers import Engine

NAMES = ("ours", "floor", "tantivy", "postgresql", "sqlite", "whoosh")


def engine(name: str) -> type[Engine]:
    """The class of an engine. Libraries are only asked for when their engine is."""
    found: type[Engine] = import_module(f"benchmarks.engines.{name}").Engine
    return found
