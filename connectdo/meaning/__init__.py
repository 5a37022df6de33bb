"""Text in, vectors out: what means the same points the same way.

A small English sentence model, all-MiniLM-L6-v2, run in numpy. Nothing of listings is in here, and
nothing that is read is written anywhere. Where it is turned off or not installed, whoever asks does
without.
"""

import logging
from functools import lru_cache

from connectdo.meaning.model import WIDTH, Model
from connectdo.meaning.weights import Unreadable, is_installed

ON, OFF, NOT_INSTALLED = "on", "off", "not installed"

__all__ = ["NOT_INSTALLED", "OFF", "ON", "WIDTH", "Model", "Unreadable", "model", "state"]
log = logging.getLogger(__name__)


def state(*, wanted: bool) -> str:
    """Whether sentences are read for their meaning: ON, OFF or NOT_INSTALLED."""
    if not wanted:
        return OFF
    return ON if is_installed() else NOT_INSTALLED


@lru_cache(maxsize=1)
def model() -> Model | None:
    """The model of this process, read when it is first asked for; None where it cannot be, which is
    logged once."""
    try:
        return Model()
    except Unreadable as error:
        log.error("Sentences are not read for their meaning. %s", error)
        return None
