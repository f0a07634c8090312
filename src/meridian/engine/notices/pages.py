"""The reader's notices, and what they want to be told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.modules import Module
from meridian.engine.modules.registry import modules
from meridian.engine.notices.commands import choose_ways, read_notices
from meridian.engine.notices.models import Choice, Notice, Way
from meridian.engine.pages.asked import takes
from meridian.engine.pages.earlier import BEFORE, latest
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request

SHOWN = 50


@needs("notices.notice.view")
@takes(BEFORE)
def own(request: Request) -> HttpResponse:
    """The notices, newest first, a page at a time (`before` an id); `POST` marks all as read."""
    mine = Notice.objects.permitted(request.actor)
    if request.method == "POST":
        unread = list(mine.filter(read_at__isnull=True))
        if unread:
            read_notices(actor=request.actor, rows=unread)
        return redirect("notices")
    found, earlier_url = latest(request, mine, SHOWN)
    context = {
        "shown": [_shown(notice) for notice in found.shown],
        "unread": mine.filter(read_at__isnull=True).exists(),
        "cut": found,
        "earlier_url": earlier_url,
    }
    return render(request, "notices/own.html", context)


def _shown(notice: Notice) -> dict[str, Any]:
    return {
        "text": notice.text,
        "words": notice.words,
        "url": notice.url,
        "at": instant_text(notice.at),
        "instant": notice.at.isoformat(),
        "unread": notice.read_at is None,
    }


@needs("notices.choice.choose")
def choices(request: Request) -> HttpResponse:
    """How the reader is told of each kind of thing."""
    offered = _offered(request.actor)
    form = _form(request, offered)
    if request.method == "POST" and form.is_valid():
        choose_ways(actor=request.actor, ways=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("notices-choices")
    fieldsets = [
        {"title": module.title, "fields": [form[f"{module.name}.{kind.name}"] for kind in kinds]}
        for module, kinds in offered
    ]
    status = 422 if form.errors else 200
    return render(request, "notices/choices.html", {"form": form, "fieldsets": fieldsets}, status=status)


def _offered(actor: Actor) -> list[tuple[Module, list[Any]]]:
    """The kinds of each module that may concern this reader."""
    offered = [
        (
            module,
            [kind for kind in module.notices if not kind.permission or actor.holds(kind.permission)],
        )
        for module in modules()
    ]
    return [(module, kinds) for module, kinds in offered if kinds]


def _form(request: Request, offered: list[tuple[Module, list[Any]]]) -> forms.Form:
    chosen = dict(Choice.objects.filter(account=request.actor.account_id).values_list("kind", "way"))
    fields = {}
    for module, kinds in offered:
        for kind in kinds:
            code = f"{module.name}.{kind.name}"
            usual = Way.MAIL if kind.by_mail else Way.BELL
            fields[code] = forms.ChoiceField(
                label=kind.title, choices=Way.choices, initial=chosen.get(code, usual)
            )
    return type("NoticeChoices", (forms.Form,), fields)(request.POST or None)


root_urlpatterns = [
    path("notices/", own, name="notices"),
    path("notices/choices/", choices, name="notices-choices"),
]
