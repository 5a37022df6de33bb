"""Places to restore into."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from connectdo import create_app
from connectdo.backup.commands import put_back
from tests.conftest import close, point_at
from tests.databases import OwnDatabase

Restores = Callable[..., None]


@pytest.fixture
def backup(app: Flask, tmp_path: Path) -> Callable[[str], Path]:
    """`connectdo backup`, which must succeed."""

    def make(name: str = "backup.zip") -> Path:
        file = tmp_path / name
        result = app.test_cli_runner().invoke(args=["backup", str(file)])
        assert result.exit_code == 0, result.output
        return file

    return make


@contextmanager
def a_command() -> Iterator[Flask]:
    """A site that is opened for one command, as `connectdo restore` does."""
    site = create_app()
    try:
        with site.app_context():
            yield site
    finally:
        close(site)


@pytest.fixture
def restore(app: Flask) -> Restores:
    """`connectdo restore`."""

    def put(file: Path, *, replace: bool = False) -> None:
        with a_command():
            put_back(file, create_app, replace=replace)

    return put


@pytest.fixture
def elsewhere(
    app: Flask, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """From now on commands are about an empty place on another machine."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    os.symlink(installation / "places.sqlite3", folder / "places.sqlite3")
    with ExitStack() as stack:
        database = stack.enter_context(OwnDatabase(f"connectdo_{uuid4().hex[:12]}"))
        with monkeypatch.context() as patch:
            point_at(patch, folder, database.name)
            yield folder
