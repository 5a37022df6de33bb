"""Long work shows how far it is.

Work takes a `Progress`: called with a label and a total, it gives (in a `with`) a function
that is told how much more has been done.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from click.termui import progressbar

Step = Callable[[int], None]
Progress = Callable[[str, int], AbstractContextManager[Step]]


@contextmanager
def silent(_label: str, _total: int) -> Iterator[Step]:
    """Progress that nobody watches."""
    yield lambda _more: None


@contextmanager
def shown(label: str, total: int) -> Iterator[Step]:
    """A bar on standard error, so that what a program reads stays clean."""
    with progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
