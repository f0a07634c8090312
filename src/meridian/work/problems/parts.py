"""What problems say on the pages of others: first pages, items, and beside who asks and answers."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meridian.engine.helping import Asked, Help
from meridian.engine.listing.cut import first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.engine.translation import SOURCE_LANGUAGE, Translations, in_language
from meridian.engine.values import url_of
from meridian.engine.values.together import Asking
from meridian.work.problems.models import KnownError, Problem
from meridian.work.problems.queries.known_errors import fitting
from meridian.work.servicedesk.facade import WorkItem

GIST_LENGTH = 300


def my_problems(request: Request) -> Asking[FirstPagePart | None]:
    """The open problems of which the reader is the manager, the gravest first."""
    if request.actor.person_id is None:
        return None
    rows = Problem.objects.permitted(request.actor).filter(is_open=True, assignee=request.actor.person_id)
    found = yield from first_rows(rows.order_by("priority", "opened_at"), MOST_TASKS)
    tone_of = resource_of(Problem).tone_of
    tasks = [
        Task(row.title, url_of(row), row.number, row.get_state_display(), tone_of(row.state))
        for row in found.shown
    ]
    return (
        Part(_("My problems"), reverse("problems-today"), tasks=tasks, cut=found).given() if tasks else None
    )


def on_item(actor: Actor, row: WorkItem) -> PanelPart | None:
    """The problems behind an item."""
    problems = Problem.objects.permitted(actor).filter(attached_incidents__incident=row)
    facts = [
        {"label": _("Problem"), "text": f"{found.number} {found.title}", "url": url_of(found)}
        for found in problems
    ]
    return PanelPart(_("Behind it"), {"facts": facts}) if facts else None


def help_to_ask(actor: Actor, asked: Asked) -> list[Help]:
    """The workarounds that fit what somebody types."""
    return [_help(known, get_language() or SOURCE_LANGUAGE) for known in fitting(text=asked.words)]


def help_to_answer(actor: Actor, row: WorkItem, words: str) -> list[Help]:
    """The workarounds that fit an item, or what is looked for, in the words of its requester."""
    found = fitting(text=words or row.title, thing=row.concerns_id, category=row.category_id)
    return [_help(known, row.language) for known in found]


def _help(known: KnownError, wanted: str) -> Help:
    language = _spoken(known.workaround, wanted)
    text = in_language(known.workaround, language)
    return Help(
        key=f"known-error-{known.pk}",
        title=in_language(known.symptom, language),
        gist=text if len(text) <= GIST_LENGTH else f"{text[:GIST_LENGTH]}…",
        url=url_of(known),
        language=language,
        note=_("known error"),
        tone="watch",
        text=text,
    )


def _spoken(texts: Translations, wanted: str) -> str:
    """The language in which `in_language` answers."""
    return next((code for code in (wanted, SOURCE_LANGUAGE, *texts) if texts.get(code)), SOURCE_LANGUAGE)
