"""The audit: who did or saw what, and when. Entries are only ever added.

An entry holds numbers, names of pages and acts, and a time: never a name, a word or a score. It is
written in the transaction of what it tells of, so neither is there without the other. Each holds
a hash over the one before it, and one locked row holds the last: the order of entries is that of
commits, and an entry that is changed, taken out, put in or moved is found by `connectdo audit
verify`. The last hash is kept beside the database too, for who can write there can cut off the end.

    writing    how an entry comes about
    chain      hashes, and what is wrong with a chain
    heads      the last hashes, kept outside the database
    verifying  the chain that is there

A change that a page makes for somebody who has signed in, or a command, is written by itself. A
room says the rest: `look` for what is seen, `about` where the address of a page does not say what
it is about or the page is public, `tell` for an act that is more than the page's.
"""

from flask import Flask

from connectdo.audit.chain import RESTORED
from connectdo.audit.writing import about, look, tell

__all__ = ["RESTORED", "about", "init_app", "look", "tell"]


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.audit import commands, verifying, writing

    writing.watch_sessions()
    app.after_request(writing.look_at_least)
    app.cli.add_command(commands.audit)
    jobs.by_the_clock(app, "keep_the_head", verifying.keep_head, jobs.EVERY_HOUR)
