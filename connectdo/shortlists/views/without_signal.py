"""Shortlists on a device without a signal: off until a coach turns it on there.

The browser keeps the pages of shortlists and what is written on them, sealed with a key that it
is given while somebody is signed in. Signing out, and twelve hours, clear it all.
"""

import hmac
from base64 import b64encode

from flask import Response, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from connectdo.clients.views import coaches
from connectdo.headers import keep_private
from connectdo.people.here import person_here
from connectdo.shortlists.views import bp

KEY_IS_FOR = "what is kept on a device without a signal"


@bp.get("/coaching/without-signal")
@coaches
def without_signal() -> ResponseReturnValue:
    """Turns it on and off, for this device only."""
    return render_template("shortlists/without_signal.html")


@bp.post("/coaching/without-signal/key")
@coaches
def key() -> ResponseReturnValue:
    """What their devices seal with: 32 bytes, the same for one person for as long as the site's
    own secret is."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    made = hmac.digest(secret, f"{KEY_IS_FOR}\n{person_here().id}".encode(), "sha256")
    return jsonify(key=b64encode(made).decode())


@bp.get("/coaching/worker.js")
@coaches
def worker() -> ResponseReturnValue:
    """The script that answers for the pages under /coaching while there is no signal."""
    return current_app.send_static_file("worker.js")


def tell_later(response: Response) -> Response:
    """Who sends what was kept on a device wants no page: that it is done, and what its number is
    now."""
    keep_private(response)
    if request.headers.get("Later") and response.status_code == 303 and "done" in g:
        response = Response(status=204)
        response.headers["Number"] = str(g.done)
    return response


bp.after_request(tell_later)
