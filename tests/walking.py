"""Every page and form that there is."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter


def every_page(app: Flask, word: str) -> Iterator[tuple[str, str]]:
    """How each is asked for and its address, with `word` wherever that may hold any word."""
    for rule in app.url_map.iter_rules():
        built = rule.build({name: _of(each, word) for name, each in rule._converters.items()})
        assert built
        for method in {"GET", "POST"} & set(rule.methods or ()):
            yield method, built[1]


def _of(converter: BaseConverter, word: str) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else word
