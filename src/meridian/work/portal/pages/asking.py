"""Asking the desk for something."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.pages.asked import takes
from meridian.work.portal.pages.words import somebody
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.contracts import Kind


class AskForm(forms.Form):
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


@require_http_methods(["GET", "HEAD", "POST"])
@takes("title")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the desk for something."""
    actor = somebody(request)
    posted = request.POST if request.method == "POST" else None
    form = AskForm(posted, initial={"title": request.GET.get("title", "")})
    if posted is not None and form.is_valid():
        try:
            item = desk.ask(actor=actor, language=get_language() or "en", **form.cleaned_data)
        except Unpermitted:
            raise
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. The desk has your request %(number)s.") % {"number": item.number}
            )
            return redirect(f"/portal/{item.number}/")
    return render(request, "portal/ask.html", {"form": form}, status=422 if posted else 200)
