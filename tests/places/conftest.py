"""A bare app with a real gazetteer, built once for all tests of this room."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from connectdo import places
from connectdo.places.gazetteer.lookups import FILE_NAME


def bare_app(folder: Path) -> Flask:
    app = Flask(__name__, instance_path=str(folder))
    places.init_app(app)
    return app


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose gazetteer is built. Shared, so not for tests that change it."""
    folder = tmp_path_factory.mktemp("gazetteer")
    places.build_gazetteer(folder / FILE_NAME)
    return folder


@pytest.fixture(scope="session")
def shared_app(built: Path) -> Flask:
    return bare_app(built)


@pytest.fixture
def gazetteer(shared_app: Flask) -> Iterator[Flask]:
    """The app of the shared gazetteer, as if a page were being made."""
    with shared_app.app_context():
        yield shared_app


@pytest.fixture
def own_app(built: Path, tmp_path: Path) -> Flask:
    """An app with its own copy of the gazetteer, to import into."""
    shutil.copyfile(built / FILE_NAME, tmp_path / FILE_NAME)
    return bare_app(tmp_path)
