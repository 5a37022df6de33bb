"""The real site, served by gunicorn with the sample listings, in the system's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.conftest import point_at
from tests.databases import OwnDatabase

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-dev-shm-usage""".split()
PHONE = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=900)
SECONDS_TO_START = 60
CONNECTDO = (sys.executable, "-m", "connectdo.cli")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium these tests are skipped loudly, or fail where nothing may be skipped.

    They come last, after pytest has put together what shares a fixture: from their first page on,
    Playwright's loop owns the process, and an app of its own could not be opened beside it.
    """
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    items.sort(key=lambda item: item in here)
    for item in here:
        item.add_marker(pytest.mark.browser)
        # Playwright's own loop talks to its driver over a socket pair.
        item.add_marker(pytest.mark.enable_socket)
    if CHROMIUM or not here:
        return
    if "CONNECTDO_TEST_EVERYTHING" in os.environ:
        raise pytest.UsageError("There is no Chromium, and nothing may be skipped here.")
    print(f"\n== SKIPPED: NO CHROMIUM, SO {len(here)} BROWSER TESTS DID NOT RUN")
    for item in here:
        item.add_marker(pytest.mark.skip(reason="no Chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the running site owns."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of a running site with the sample listings in it."""
    with running(site_folder, meaning="0") as address:
        yield address


@contextmanager
def running(folder: Path, meaning: str) -> Iterator[str]:
    """The address of a site that owns a folder, with the sample listings in it.

    Everything happens in processes of its own: Playwright's loop owns this one.
    """
    database = f"connectdo_{uuid.uuid4().hex[:12]}"
    with OwnDatabase(database), pytest.MonkeyPatch.context() as patch:
        point_at(patch, folder, database)
        patch.setenv("CONNECTDO_MEANING", meaning)
        connectdo("sample")
        if meaning == "1":
            connectdo("meaning", "read")
        port = free_port()
        serving = subprocess.Popen([*CONNECTDO, "serve", "--port", str(port)])
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            serving.wait(timeout=30)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop browser. What the content security policy refuses fails the test."""
    context = browser.new_context(viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    assert [each for each in complaints if "Content Security Policy" in each] == []


def connectdo(*words: str) -> None:
    """Runs a command on the site."""
    subprocess.run([*CONNECTDO, *words], check=True, capture_output=True)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The site did not start.")
