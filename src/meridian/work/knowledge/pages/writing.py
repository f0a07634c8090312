"""Writing: a new article, one grown from an item, and the languages of an article side by side."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.inputs.build import blame
from meridian.engine.listing.parameters import one_of
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.translation import language_codes
from meridian.work.knowledge import commands
from meridian.work.knowledge.models import MOST_CHARACTERS, Article, Revision
from meridian.work.knowledge.queries.showing import direction_of, name_of, shown_text
from meridian.work.servicedesk.facade import Category, Person, find_item


class Words(forms.Form):
    """A title and a text."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy(
            "## heading, **bold**, - point, 1. step, [words](KB0001) leads to an article,"
            " ![words](name.png) shows a picture that is attached to the article."
        ),
    )


class TextForm(Words):
    """What an article says in one language, and how much of it changes."""

    significance = forms.TypedChoiceField(
        label=gettext_lazy("How much changes"),
        coerce=int,
        initial=Revision.Significance.LARGE,
    )
    note = forms.CharField(label=gettext_lazy("What changed"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["significance"]
        chosen.choices = Revision.Significance.choices


class NewForm(Words):
    """A new article with its first text."""

    source_language = forms.ChoiceField(label=gettext_lazy("Language"))
    audience = forms.ChoiceField(label=gettext_lazy("For"))
    category = forms.ModelChoiceField(Category.objects.none(), label=gettext_lazy("Category"), required=False)
    field_order = ("source_language", "title", "text", "audience", "category")

    def __init__(self, request: Request, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named: Any = self.fields["source_language"]
        named.choices = [(code, name_of(code)) for code in language_codes()]
        audience: Any = self.fields["audience"]
        audience.choices = Article.Audience.choices
        chosen: Any = self.fields["category"]
        chosen.queryset = Category.objects.permitted(request.actor).order_by("pk")


@needs("knowledge.article.add")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("title")
def new(request: Request) -> HttpResponse:
    """Write a new article; `title` is what people asked for and did not find."""
    if request.method != "POST":
        initial = {"title": request.GET.get("title", "")[:200], "source_language": get_language()}
        return _ask_new(request, NewForm(request, initial=initial))
    form = NewForm(request, request.POST)
    if not form.is_valid():
        return _ask_new(request, form, 422)
    return once_on_page(request, lambda: _written_new(request, form))


def _written_new(request: Request, form: NewForm) -> HttpResponse:
    actor, given = request.actor, form.cleaned_data
    if actor.person_id is None:
        raise Unpermitted(_("An article has an owner: sign in with an account that is a person's."))
    try:
        with transaction.atomic():
            row = commands.add_article(
                actor=actor,
                owner=Person.objects.get(pk=actor.person_id),
                source_language=given["source_language"],
                audience=given["audience"],
                category=given["category"],
            )
            commands.write(
                actor=actor,
                row=row,
                language=given["source_language"],
                title=given["title"],
                text=given["text"],
            )
    except Refusal as refusal:
        blame(form, refusal)
        return _ask_new(request, form, 422)
    messages.success(request, _("The draft is kept. Send it to be reviewed when it is ready."))
    return redirect("knowledge-article-detail", row.pk)


def _ask_new(request: Request, form: NewForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "submit": _("Keep the draft"),
        "cancel_url": reverse("knowledge"),
        "crumbs": [{"title": _("Knowledge"), "url": reverse("knowledge")}],
    }
    return render(request, "knowledge/new.html", context, status=status)


@needs("knowledge.article.grow")
@require_POST
def grow(request: Request, number: str) -> HttpResponse:
    """Begin an article from how an item was solved, and open it to be written."""
    item = find_item(request.actor, number)
    if item is None or not item.at_desk:
        raise Unseen(_("There is no item %(number)s, or it is not yours to see.") % {"number": number})
    try:
        row = commands.grow(actor=request.actor, item=item)
    except Refusal as refusal:
        messages.error(request, str(refusal.beside(())))
        return redirect("desk-item", item.number)
    messages.success(
        request,
        _("Names, numbers and addresses are taken out. Read what is left: you know what else is private."),
    )
    return redirect(f"{reverse('knowledge-article-write', args=(row.pk,))}?language={row.source_language}")


@needs("knowledge.article.write")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("language", "beside")
def write_page(request: Request, key: int) -> HttpResponse:
    """Write in one language with another beside: the source, unless the writer chooses."""
    row = Article.objects.permitted(request.actor, "write").filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is no such article, or it is not yours to write."))
    names = {code: name_of(code) for code in language_codes()}
    language = one_of("language", request.GET.get("language") or row.source_language, names)
    other = one_of("beside", request.GET.get("beside") or row.source_language, names)
    latest = row.revisions.filter(language=language).order_by("-number").first()
    form = TextForm(
        request.POST if request.method == "POST" else None, initial=_initial(row, latest, language)
    )
    if request.method == "POST" and form.is_valid():
        return once_on_page(request, lambda: _written(request, row, language, other, form, latest))
    return _ask(request, row, language, other, form, latest)


def _initial(row: Article, latest: Revision | None, language: str) -> dict[str, Any]:
    """What is being written; of what is approved a new revision begins with its words."""
    if latest is None:
        return {"significance": Revision.Significance.LARGE}
    is_open = latest.state in (Revision.State.DRAFT, Revision.State.REVIEW)
    medium = Revision.Significance.MEDIUM
    return {
        "title": latest.title,
        "text": latest.text,
        "significance": latest.significance if is_open else medium,
        "note": latest.note if is_open else "",
    }


def _written(
    request: Request, row: Article, language: str, other: str, form: TextForm, latest: Revision | None
) -> HttpResponse:
    try:
        commands.write(actor=request.actor, row=row, language=language, **form.cleaned_data)
        if request.POST.get("then") == "send":
            draft = row.revisions.get(language=language, state=Revision.State.DRAFT)
            commands.send(actor=request.actor, row=draft)
    except Refusal as refusal:
        blame(form, refusal)
        return _ask(request, row, language, other, form, latest)
    sent = request.POST.get("then") == "send"
    messages.success(request, _("Sent to be reviewed.") if sent else _("The draft is kept."))
    return redirect("knowledge-article-detail", row.pk)


def _ask(
    request: Request, row: Article, language: str, other: str, form: TextForm, latest: Revision | None
) -> HttpResponse:
    beside = None
    if other != language:
        rows = row.revisions.filter(language=other)
        beside = rows.filter(state=Revision.State.APPROVED).first() or rows.order_by("-number").first()
    for name in ("title", "text"):
        form.fields[name].widget.attrs |= {"lang": language, "dir": direction_of(language)}
    context = {
        "row": row,
        "form": form,
        "latest": latest,
        "language": language,
        "language_name": name_of(language),
        "languages": _languages(row, language),
        "beside": beside,
        "beside_body": shown_text(beside) if beside else "",
        "beside_direction": direction_of(other),
        "beside_name": name_of(other),
        "crumbs": [
            {"title": _("Articles"), "url": reverse("knowledge-article-list")},
            {"title": str(row), "url": reverse("knowledge-article-detail", args=(row.pk,))},
        ],
    }
    return render(request, "knowledge/write.html", context, status=422 if form.errors else 200)


def _languages(row: Article, current: str) -> list[dict[str, Any]]:
    """Each language, with how its text stands."""
    states: dict[str, str] = {}
    for revision in row.revisions.order_by("number"):
        states[revision.language] = revision.get_state_display()
    return [
        {"code": code, "name": name_of(code), "state": states.get(code, ""), "is_here": code == current}
        for code in language_codes()
    ]
