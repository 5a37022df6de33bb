"""The audit bears being put back, and says so."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from connectdo.audit.verifying import keep_head
from connectdo.db import db
from tests.factories import make_client
from tests.visitor import Visitor


def connectdo(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "connectdo.cli", *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_what_was_written_after_the_backup_is_told_as_put_back_and_not_as_cut_off(
    app: Flask, visitor: Visitor, backup: Callable[..., Path]
) -> None:
    client = make_client()
    visitor.sign_in(client.coach)
    file = backup()
    for _ in range(5):
        visitor.get(f"/coaching/clients/{client.id}")
    keep_head()
    db.session.rollback()
    db.engine.dispose()

    connectdo("restore", str(file), "--replace")
    said = connectdo("audit", "verify")

    assert "put back" in said
