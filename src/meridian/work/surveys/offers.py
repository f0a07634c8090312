"""Answering by a link that a mail carried: one press, without signing in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.mailed_links.opening import Opened, Press
from meridian.engine.policies import Actor
from meridian.work.surveys.commands import answer
from meridian.work.surveys.models import Answer, Invitation
from meridian.work.surveys.queries.forms import answer_form, given_in, score_words


def rate_by_link(actor: Actor, row: Invitation) -> Opened:
    """The question, with a button for each score; of a campaign a form with one button."""
    survey, questions = row.question_set, list(row.question_set.questions.order_by("place", "pk"))
    of_item = row.item_id is not None and len(questions) == 1

    def act(pressed: str, given: Mapping[str, Any]) -> str:
        scores = {questions[0].code: int(pressed)} if of_item else given_in(questions, given)
        reasons, text = " ".join(given.get("reasons", ())), given.get("text", "")
        answer(
            actor=actor, row=row, scores=scores, reasons=reasons, text=text, language=get_language() or "en"
        )
        return _("Thank you. Your answer is kept; you may mend it for 12 hours by the same link.")

    buttons = (
        tuple(Press(str(score), words, "first" if score > 3 else "") for score, words in score_words())
        if of_item
        else (Press("send", _("Send"), "first"),)
    )
    text = str(questions[0].text) if of_item else str(survey.introduction)
    form = answer_form(row, [] if of_item else questions)
    return Opened(str(survey.title), act, buttons, text, _facts(row), form=form, by_mail=of_item)


def _facts(row: Invitation) -> list[dict[str, Any]]:
    facts = []
    if row.item:
        facts = [{"label": _("About"), "text": f"{row.item.number} {row.item.title}"}]
        facts.append({"label": _("Who reads it"), "text": _("the desk that helped you, which may call you")})
    else:
        facts.append({"label": _("Who reads it"), "text": _("nobody: answers are only counted")})
    given = Answer.objects.filter(invitation=row).first()
    if given:
        facts.append({"label": _("You answered"), "text": f"{given} · {instant_text(given.answered_at)}"})
    facts.append({"label": _("Until"), "text": instant_text(row.expires_at)})
    return facts
