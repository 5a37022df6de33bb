"""A disk that is small enough to be full, which only root may mount, and an nginx."""

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from connectdo import create_app
from connectdo.ready import make_ready
from connectdo.search import sync
from tests.conftest import close, copy_of
from tests.trust.proxy import Nginx
from tests.trust.site import Site

SMALL = {"index": 4_000, "database": 40_000}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What this machine cannot do is skipped loudly, or fails if nothing may be skipped."""
    disks = {"small_disk", "app_on_a_small_disk"}
    skip_without(disks, items, can_mount, "NOT ROOT: NO DISK CAN BE MOUNTED")
    skip_without({"nginx"}, items, lambda: shutil.which("nginx"), "NGINX IS NOT INSTALLED")


def skip_without(
    needed: set[str], items: list[pytest.Item], is_there: Callable[[], object], why: str
) -> None:
    here = [item for item in items if needed & set(getattr(item, "fixturenames", ()))]
    if not here or is_there():
        return
    if "CONNECTDO_TEST_EVERYTHING" in os.environ:
        raise pytest.UsageError(f"{why}, and nothing may be skipped here.")
    print(f"\n== SKIPPED: {why}, SO {len(here)} TESTS DID NOT RUN")
    for item in here:
        item.add_marker(pytest.mark.skip(reason=why.lower()))


@pytest.fixture
def small_disk(app: Flask) -> Iterator[Path]:
    """A disk of its own for the index, of four megabytes."""
    with mounted(sync.folder(), SMALL["index"]) as folder:
        yield folder


@pytest.fixture
def app_on_a_small_disk(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Flask, Path]]:
    """A site whose database, SQLite's, is on a disk of its own, and that disk's folder."""
    instance, disk = copy_of(installation, tmp_path), tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, SMALL["database"]):
        monkeypatch.setenv("CONNECTDO_INSTANCE", str(instance))
        monkeypatch.setenv("CONNECTDO_DATABASE_URL", f"sqlite:///{disk / 'connectdo.sqlite3'}")
        app = make_ready(create_app(instance))
        with app.app_context():
            yield app, disk
        close(app)


@contextmanager
def mounted(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk so small at a folder."""
    assert mount(folder, kilobytes)
    try:
        yield folder
    finally:
        # Files that could not be written stay open until they are collected.
        gc.collect()
        unmount(folder)


@pytest.fixture
def nginx(app: Flask, tmp_path: Path) -> Iterator[Nginx]:
    """The site, and nginx in front of it, as deploy/nginx.conf has it."""
    with Site() as site, Nginx(site, tmp_path / "nginx") as nginx:
        yield nginx


def can_mount() -> bool:
    with TemporaryDirectory() as folder:
        done = mount(Path(folder), SMALL["index"])
        if done:
            unmount(Path(folder))
    return done


def mount(folder: Path, kilobytes: int) -> bool:
    command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(folder: Path) -> None:
    subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)
