"""What was looked for and found: counts, never who.

Pages say what happened to `counting`, which adds it up in the memory of the worker; `writing`
carries the sums to the database every few seconds. So no page waits for it, and looking at a page
begins no transaction that writes. Cost: a worker that is killed takes the counts of its last ten
seconds with it.

Nothing here knows who somebody is. Of a search it is given the words, the interests, the first
half of a postcode and how much was found; what could name a person is left out before it is added
up (`wishes`). Whatever leaves this room for a page has gone through one rule, `rules.told`.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from connectdo import jobs
    from connectdo.insight import actions, counting

    counting.init_app(app)
    jobs.by_the_clock(app, "forget_old_counts", actions.forget_old, jobs.EVERY_NIGHT)
