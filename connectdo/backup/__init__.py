"""Backup: all that cannot be made again in one file, and the way back from it.

    making       the database at one moment, the photos, the list of erasures, the key -> one file
    archive      that file: what is in it, and that nothing in it is believed
    restoring    a file -> the site, all of it or nothing, while people use it
    going_back   what must not come back with old rows: sign-ins, links, mails, people forgotten
    databases    what is asked of a database; sqlite and postgresql do it

A restore is made ready beside the site and takes its place in one commit of the database. The
staged database has a new `search_state.epoch`, which is also the sign that this was done: a restore
that was cut short is undone or finished by whoever starts the site next (`restoring.settle`), and
the index, of another epoch, is made anew.

In the file: the database, photos, the list of erasures, the heads of the audit, and the key in the
instance folder, without which visitors would lose their lists, and the links in mails that went out
would end. Not in it:
the index (made from the database, and its files are programs to whoever reads them), postcodes
(public facts, quicker to import again than to carry), huey's queue (it holds nothing that is not a
row), the folder that stands for a mail server, and copies of rows that an import rejected.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import erasures, jobs
    from connectdo.backup import commands, going_back

    erasures.watch_sessions()
    app.cli.add_command(commands.backup)
    jobs.by_the_clock(
        app, "erase_what_is_listed", going_back.erase_what_is_listed, jobs.EVERY_NIGHT
    )
