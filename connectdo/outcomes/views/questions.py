"""The questions, as a client answers them: by a link, or on the tablet handed over. The address is
all that opens them, so nothing here leads into the record, and who it is about is not said."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.access import public
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.outcomes import actions, queries
from connectdo.outcomes.forms import AnswersForm, answers_form
from connectdo.outcomes.instruments import Questionnaire
from connectdo.outcomes.models import LINK, TABLET, AskingLink
from connectdo.outcomes.views import bp


@bp.get("/questions/<secret>")
@public
def questions(secret: str) -> ResponseReturnValue:
    found = _behind(secret)
    if found is None:
        return _ended()
    link, questionnaire = found
    return _page(link, answers_form(questionnaire)())


@bp.post("/questions/<secret>")
@public
def answer(secret: str) -> ResponseReturnValue:
    found = _behind(secret)
    if found is None:
        return _ended()
    link, questionnaire = found
    form, how = answers_form(questionnaire)(), link.how
    if not form.validate_on_submit():
        return _page(link, form), 422
    audit.about("client", link.client_id)
    if not actions.answer(link, questionnaire, london_today(), form.answers()):
        return _ended()
    db.session.commit()
    return redirect(url_for(".thank_you", how=how), 303)


@bp.get(f"/questions/thank-you/<any({TABLET}, {LINK}):how>")
@public
def thank_you(how: str) -> ResponseReturnValue:
    return render_template("outcomes/thank_you.html", on_tablet=how == TABLET)


def _behind(secret: str) -> tuple[AskingLink, Questionnaire] | None:
    """The link, if it is open and its team still asks that."""
    link = queries.open_link(secret, utc_now())
    if link is None:
        return None
    asked = queries.questionnaires_of(link.client.team).get(link.questionnaire)
    return (link, asked) if asked else None


def _page(link: AskingLink, form: AnswersForm) -> str:
    on_tablet = link.how == TABLET
    return render_template("outcomes/questions.html", form=form, on_tablet=on_tablet)


def _ended() -> ResponseReturnValue:
    return render_template("outcomes/ended.html"), 410
