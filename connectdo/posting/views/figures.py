"""What organisers get back: how often their listings were found, and what people near them miss."""

from flask import render_template
from flask.typing import ResponseReturnValue

from connectdo.access import members
from connectdo.days import london_today
from connectdo.insight.queries import figures_of, found_little
from connectdo.people.here import person_here
from connectdo.posting import queries
from connectdo.posting.views import bp


@bp.get("/figures")
@members
def figures() -> ResponseReturnValue:
    listings = queries.listings_of(person_here())
    ids, today = [each.id for each in listings], london_today()
    return render_template(
        "posting/figures.html",
        listings=listings,
        figures=figures_of(ids, today),
        little=found_little(ids, today),
    )
