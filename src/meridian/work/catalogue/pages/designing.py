"""The designer of the catalogue: drafts with their questions, seen in six languages, and published."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.translation import in_language
from meridian.work.catalogue.commands import change_draft, draft_version, publish_version, withdraw_version
from meridian.work.catalogue.commands.designing import missing_languages
from meridian.work.catalogue.contracts import VersionState
from meridian.work.catalogue.models import Item, Version
from meridian.work.catalogue.pages.questions import initial_of, question_form, question_from
from meridian.work.catalogue.pages.words import questions_of, shown_item

LANGUAGES = dict(settings.LANGUAGES)


def _mine(actor: Actor) -> Any:
    """The items of which the reader may write drafts."""
    kept = Item.objects.permitted(actor, "change") | Item.objects.permitted(actor, "design")
    return kept.distinct().select_related("owner")


@needs("catalogue.version.draft")
@require_safe
def design(request: Request) -> HttpResponse:
    """The items that the reader keeps, each with its versions."""
    rows = []
    for item in _mine(request.actor).prefetch_related("versions").order_by("code"):
        versions = sorted(item.versions.all(), key=lambda row: -row.number)
        states = {row.state: row for row in reversed(versions)}
        offered = states.get(VersionState.PUBLISHED)
        rows.append(
            {
                "code": item.code,
                "icon": item.icon,
                "name": str((offered or (versions and versions[0]) or item).name) if versions else item.code,
                "owner": str(item.owner),
                "offered": offered.number if offered else None,
                "has_draft": VersionState.DRAFT in states,
            }
        )
    context = {"rows": rows, "may_add": policy_of(Item).may(request.actor, "add")}
    return render(request, "catalogue/design.html", context)


@needs("catalogue.version.draft")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("edit")
def design_item(request: Request, code: str) -> HttpResponse:
    """One item: its draft with the questions, what is missing to publish it, and what is offered now."""
    item = item_of(request.actor, code)
    versions = list(Version.objects.filter(item=item).order_by("-number"))
    draft = next((row for row in versions if row.state == VersionState.DRAFT), None)
    edited = request.POST.get("edit", request.GET.get("edit", ""))
    form = None
    refusal = ""
    if draft is not None:
        form = question_form(draft.questions, edited)(
            request.POST if _sends(request) else None, initial=_of(draft, edited)
        )
    if request.method == "POST":
        try:
            if _do(request, item, draft, versions, form, edited):
                return redirect("catalogue-design-item", code)
        except Refusal as fault:
            refusal = str(fault.beside(("questions", "plan", "language_note", "approvals")))
    context = {
        "item": item,
        "draft": draft,
        "versions": versions,
        "questions": _listed(draft),
        "missing": _missing(draft),
        "form": form,
        "edited": edited,
        "languages": LANGUAGES.items(),
        "refusal": refusal,
        "crumbs": [{"title": _("Design the catalogue"), "url": reverse("catalogue-design")}],
    }
    bad = bool(refusal or (form is not None and form.errors))
    return render(request, "catalogue/design_item.html", context, status=422 if bad else 200)


def _sends(request: Request) -> bool:
    return request.method == "POST" and request.POST.get("press") == "question"


def _of(draft: Version, edited: str) -> dict[str, Any]:
    field = next((field for field in draft.questions if field["key"] == edited), None)
    return initial_of(field) if field else {}


def item_of(actor: Actor, code: str) -> Item:
    """The item of a code, where the reader may write its drafts."""
    row = _mine(actor).filter(code=code).first() if "\0" not in code else None
    if row is None:
        raise Unseen(_("There is no such item, or it is not yours to design."))
    found: Item = row
    return found


def _do(
    request: Request, item: Item, draft: Version | None, versions: list[Version], form: Any, edited: str
) -> bool:
    """Carry out what was pressed; False when a form is shown again."""
    actor, press = request.actor, request.POST.get("press", "")
    if press == "draft":
        first = {} if versions else {"name": {"en": item.code}, "summary": {"en": item.code}}
        draft_version(actor=actor, item=item, **first)
    elif press == "withdraw":
        offered = next((row for row in versions if row.state == VersionState.PUBLISHED), None)
        if offered is not None:
            withdraw_version(actor=actor, row=offered)
    elif draft is None:
        raise Refusal(_("There is no draft: begin one."))
    elif press == "publish":
        note = request.POST.get("language_note", draft.language_note)
        if note != draft.language_note:
            draft = change_draft(actor=actor, row=draft, language_note=note)
        publish_version(actor=actor, row=draft)
        messages.success(request, _("Published: from now on this is what people order."))
    elif press == "question":
        if not form.is_valid():
            return False
        _keep_question(actor, draft, question_from(form.cleaned_data), edited)
    else:
        _arrange(actor, draft, press, request.POST.get("key", ""))
    return True


def _keep_question(actor: Actor, draft: Version, question: dict[str, Any], edited: str) -> None:
    questions = list(draft.questions)
    at = next((at for at, field in enumerate(questions) if field["key"] == edited), None)
    if at is None:
        questions.append(question)
    else:
        questions[at] = question
    change_draft(actor=actor, row=draft, questions=questions)


def _arrange(actor: Actor, draft: Version, press: str, key: str) -> None:
    """Move a question up, or remove it."""
    questions = list(draft.questions)
    at = next((at for at, field in enumerate(questions) if field["key"] == key), None)
    if at is None or press not in ("up", "remove"):
        raise Refusal(_("Press one of the buttons."))
    question = questions.pop(at)
    if press == "up":
        questions.insert(max(0, at - 1), question)
    change_draft(actor=actor, row=draft, questions=questions)


def _listed(draft: Version | None) -> list[dict[str, Any]]:
    return [
        {
            "key": field["key"],
            "label": in_language(field["label"]),
            "type": field["type"],
            "is_needed": field.get("is_needed"),
            "has_condition": bool(field.get("when")),
            "languages": [code for code in LANGUAGES if field["label"].get(code)],
        }
        for field in (draft.questions if draft else ())
    ]


def _missing(draft: Version | None) -> list[dict[str, str]]:
    found: dict[str, list[str]] = {}
    for where, language in missing_languages(draft) if draft else ():
        found.setdefault(where, []).append(str(LANGUAGES[language]))
    return [{"where": where, "languages": ", ".join(names)} for where, names in found.items()]


@needs("catalogue.version.draft")
@require_safe
@takes("language")
def preview(request: Request, code: str) -> HttpResponse:
    """The draft, or what is offered, as people read it in one of the six languages."""
    item = item_of(request.actor, code)
    version = Version.objects.filter(item=item).order_by("-number").first()
    if version is None:
        raise Unseen(_("There is no version of this item yet."))
    language = one_of("language", request.GET.get("language", ""), {"": "", **LANGUAGES}) or "en"
    with translation.override(language):
        shown = shown_item(version)
        version.questions = [{**field, "when": None} for field in version.questions]
        questions = questions_of(version, {}, {})
    context = {
        "item": shown,
        "questions": questions,
        "languages": LANGUAGES.items(),
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "crumbs": [
            {"title": _("Design the catalogue"), "url": reverse("catalogue-design")},
            {"title": item.code, "url": reverse("catalogue-design-item", args=(code,))},
        ],
    }
    return render(request, "catalogue/preview.html", context)
