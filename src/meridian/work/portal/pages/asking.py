"""Asking the desk for something."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.commands import Refusal
from meridian.engine.helping import Asked, Help, help_to_ask
from meridian.engine.inputs.build import ResourceForm, blame
from meridian.engine.inputs.fields import ReferenceField
from meridian.engine.inputs.uploads import REFUSED, uploaded
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.contracts import Kind

MOST_WORDS = 500


class AskForm(ResourceForm):
    """The portal's one form."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[
            (Kind.INCIDENT.value, gettext_lazy("Something does not work")),
            (Kind.REQUEST.value, gettext_lazy("I need something")),
        ],
        widget=forms.RadioSelect,
        initial=Kind.INCIDENT.value,
    )
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("What happens, and what did you expect?"),
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Write in your own language."),
    )
    urgency = forms.TypedChoiceField(
        label=gettext_lazy("How much does it hold you up?"),
        coerce=int,
        choices=[
            (1, gettext_lazy("Nobody here can work")),
            (2, gettext_lazy("I can't work")),
            (3, gettext_lazy("I can work, but with trouble")),
            (4, gettext_lazy("It can wait")),
        ],
        initial=3,
    )
    asking = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("A picture or a file that shows it (you may leave it out, at most 25 MB)"),
        required=False,
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["concerns"] = ReferenceField(
            desk.ConfigurationItem,
            actor,
            label=_("Which application, machine or place is it about? (you may leave it out)"),
            help_text=_("Type the first letters of its name or the number on its label."),
            required=False,
        )
        self.order_fields(["kind", "title", "text", "concerns"])


@needs("servicedesk.workitem.ask")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("title")
def ask(request: Request) -> HttpResponse:
    """Ask the desk for something."""
    actor = request.actor
    if request.method != "POST":
        begun = {"title": request.GET.get("title", ""), "asking": uuid4()}
        return _show(request, AskForm(actor, initial=begun))
    form = AskForm(actor, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, 422)
    # A browser can't be given back a file that was chosen: who sends one along is asked nothing more.
    is_ready = "helped" in request.POST or request.FILES or REFUSED in request.META
    if not is_ready and (helps := _helps(request)):
        return _show(request, form, helps=helps)
    return once_on_page(request, lambda: _asked(request, actor, form))


@needs("servicedesk.workitem.ask")
@require_POST
def help_beside(request: Request) -> HttpResponse:
    """What may help with the words as far as they are typed, for the page that asks while one types."""
    return render(request, "portal/help.html", {"helps": _helps(request)})


def _helps(request: Request) -> list[Help]:
    """What may help with the words of the form; none for a form without its key, such as a program sends."""
    try:
        key = UUID(request.POST.get("asking", "")).hex
    except ValueError:
        return []
    words = f"{request.POST.get('title', '')} {request.POST.get('text', '')}".replace("\0", "")
    return help_to_ask(request.actor, desk.WorkItem, Asked(words[:MOST_WORDS], key))


def _asked(request: Request, actor: Actor, form: AskForm) -> HttpResponse:
    wish = {name: value for name, value in form.values().items() if name not in ("asking", "file")}
    try:
        # A file that was refused while it arrived is not among the files: it must not be lost in silence.
        sent = request.FILES or REFUSED in request.META
        file = uploaded(request, "file", MOST_BYTES) if sent else None
        with transaction.atomic():
            item = desk.ask(actor=actor, language=get_language() or "en", **wish)
            if file is not None:
                attach(actor=actor, row=item, name=file.name or "", pieces=file.chunks())
    except Refusal as refusal:
        blame(form, refusal)
        return _show(request, form, 422)
    thanks = _("Thank you. The desk has your request %(number)s.") % {"number": item.number}
    messages.success(request, thanks)
    return redirect("portal-follow", item.number)


def _show(request: Request, form: AskForm, status: int = 200, helps: Sequence[Help] = ()) -> HttpResponse:
    return render(request, "portal/ask.html", {"form": form, "helps": helps}, status=status)
