"""What gunicorn serves to be measured: the site, its page of results from constants, a bare page.

/search         the page of results as it is
/constant/3     the answer to the third question, rendered by the same templates from values
                that were kept when this process started: what is left when nothing is looked up
/bare           twenty constant cards in plain Jinja, in an app that has nothing else
"""

import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, before_render_template, render_template
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.pages.questions import ADDRESSES
from connectdo.access import public
from connectdo.db import db
from wsgi import app as site

TEMPLATE = "directory/search.html"
OF_A_REQUEST = {"g", "request", "session"}
BARE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Results</title></head>
  <body>
    <h1>{{ cards | length }} results</h1>
    <ol>
      {% for card in cards %}
      <li>
        <h2><a href="/listings/{{ card.id }}">{{ card.name }}</a></h2>
        <p>Run by {{ card.organisation }}</p>
        <p>{{ card.summary }}</p>
        <p>{{ card.when }} · {{ card.where }}</p>
        <p>{{ card.reasons | join(" · ") }}</p>
      </li>
      {% endfor %}
    </ol>
  </body>
</html>
"""
CARDS = [
    {
        "id": number,
        "name": f"Lantern Street Choir {number}",
        "organisation": "Lantern Street",
        "summary": "We sing on Tuesdays, and nobody has to read music. Tea & cake afterwards.",
        "when": "Next on Tuesday 24 November, 6:30pm",
        "where": "Lantern Hall, SE24 0NG",
        "reasons": ["Matches choir", f"{number / 10} miles", "confirmed 3 weeks ago"],
    }
    for number in range(1, 21)
]


def constants(addresses: list[str]) -> list[dict[str, Any]]:
    """What the template of the page of results is given for each address."""
    given: list[dict[str, Any]] = []

    def keep(_app: Flask, template: Any, context: dict[str, Any], **_: object) -> None:
        if template.name == TEMPLATE:
            given.append({name: context[name] for name in context.keys() - OF_A_REQUEST})

    with before_render_template.connected_to(keep, site):
        for address in addresses:
            site.test_client().get(address)
    with site.app_context():
        db.engine.dispose()
    return given


bare = Flask("bare")
bare.jinja_loader = DictLoader({"cards.html": BARE})


@site.get("/constant/<int:number>")
@public
def constant(number: int) -> ResponseReturnValue:
    return render_template(TEMPLATE, **KEPT[number])


@bare.get("/")
def cards() -> ResponseReturnValue:
    return render_template("cards.html", cards=CARDS)


KEPT = constants(json.loads(Path(os.environ[ADDRESSES]).read_text()))
app = DispatcherMiddleware(site, {"/bare": bare})
