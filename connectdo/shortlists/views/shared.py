"""Behind the link that a client took home: the list as it is now, and what they say of it. It needs
no account, and says of nobody whose list it is."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit, limits
from connectdo.access import public
from connectdo.db import db
from connectdo.directory.sheet import entries
from connectdo.listings.models import LIVE
from connectdo.pages import ID
from connectdo.search.finding import moment
from connectdo.shortlists import sharing
from connectdo.shortlists.forms import LONGEST_WHY
from connectdo.shortlists.getting_there import PLANNER_NAME, journey
from connectdo.shortlists.limits import REPLIES
from connectdo.shortlists.models import NO, SAYS_LIKE, SAYS_NO, SAYS_REMIND
from connectdo.shortlists.views import bp
from connectdo.shortlists.wording import LIKED
from connectdo.text import one_line

LINK = "/l/<secret>"
THANKS = {
    SAYS_LIKE: "You said that you like {}. We have told the person who made the list with you.",
    SAYS_NO: "You said that {} is not for you. That is fine, and good to know.",
    SAYS_REMIND: "We have asked the person who made the list with you to remind you of {}.",
}


@bp.get(LINK)
@public
def shared(secret: str) -> ResponseReturnValue:
    link = sharing.link_behind(secret)
    if link is None:
        return render_template("shortlists/ended.html"), 410
    now = moment(None)
    items = sharing.items_behind(link)
    replies = sharing.replies_to(items)
    return render_template(
        "shortlists/shared.html",
        secret=secret,
        shown=list(zip(items, entries([each.listing for each in items], now), strict=True)),
        until=sharing.ends_in_words(link, now.date()),
        liked=LIKED,
        no=NO,
        live=LIVE,
        to_be_reminded={
            each for each, said in replies.items() if SAYS_REMIND in [one.said for one in said]
        },
        journey=lambda listing: journey(listing, None),
        planner=PLANNER_NAME,
        longest=LONGEST_WHY,
    )


@bp.post(f"{LINK}/<{ID}:item_id>/<any({SAYS_LIKE}, {SAYS_NO}, {SAYS_REMIND}):said>")
@public
def reply(secret: str, item_id: int, said: str) -> ResponseReturnValue:
    if sharing.link_behind(secret) and not limits.allow(REPLIES, secret):
        abort(429)
    link = sharing.link_behind(secret)
    if link is None:
        return render_template("shortlists/ended.html"), 410
    why_not = one_line(request.form.get("why_not", ""))[:LONGEST_WHY]
    audit.about("client", link.client_id)
    item = sharing.reply(link, item_id, said, why_not)
    db.session.commit()
    if item is None:
        flash("That is not on the list any more.", "note")
        return redirect(url_for(".shared", secret=secret), 303)
    flash(THANKS[said].format(item.listing.name))
    return redirect(url_for(".shared", secret=secret), 303)
