"""Opening an item for and the same verb on many items."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.agentdesk.pages.actions import FORMS, QUESTIONS, back_to
from meridian.work.agentdesk.pages.forms import NewItemForm, VerbForm
from meridian.work.agentdesk.pages.words import for_agents
from meridian.work.servicedesk.facade import BULK_VERBS, WorkItem, add_item, carry_out_many

MOST_ITEMS = 200


@needs("servicedesk.workitem.add")
@require_http_methods(["GET", "HEAD", "POST"])
@by_itself
def new_item(request: Request) -> HttpResponse:
    """Take down what somebody says on the telephone or at the counter."""
    actor = request.actor
    posted = request.POST if request.method == "POST" else None
    form = NewItemForm(actor, None, posted, initial=request.GET.dict())
    refuse_unknown(request.GET, form.fields)
    if posted is not None and form.is_valid():
        return once_on_page(request, lambda: _opened(request, form))
    return _form_page(request, form)


def _opened(request: Request, form: NewItemForm) -> HttpResponse:
    try:
        return back_to(add_item(actor=form.actor, language=get_language() or "en", **form.values()))
    except Refusal as refusal:
        form.blame(refusal)
    return _form_page(request, form)


def _form_page(request: Request, form: NewItemForm) -> HttpResponse:
    context = {
        "title": _("New item"),
        "form": form,
        "submit": _("Open the item"),
        "cancel_url": reverse("desk-queue"),
        "crumbs": [{"title": _("Queue"), "url": reverse("desk-queue")}],
    }
    return render(request, "agentdesk/act.html", context, status=422 if request.POST else 200)


@for_agents
@require_POST
def bulk(request: Request) -> HttpResponse:
    """Do the same to many items; what was refused is listed with its reason."""
    actor = request.actor
    verb = request.POST.get("action", "")
    if verb not in BULK_VERBS:
        raise Unseen(_("There is no such action for these items."))
    numbers = request.POST.getlist("key")
    if len(numbers) > MOST_ITEMS:
        raise Refusal(_("At most %(most)s items at once. Select fewer.") % {"most": MOST_ITEMS})
    if not numbers:
        messages.warning(request, _("Pick at least one item first."))
        return redirect("desk-queue")
    asks = verb in FORMS
    confirmed = not asks or "confirmed" in request.POST
    form = FORMS.get(verb, VerbForm)(actor, None, request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        context = {"title": QUESTIONS[verb], "form": form, "numbers": numbers, "verb": verb}
        return render(request, "agentdesk/bulk.html", context, status=422 if confirmed else 200)
    items = WorkItem.objects.permitted(actor, "queue").filter(number__in=numbers).order_by("pk")
    results = carry_out_many(actor=actor, items=list(items), verb=verb, **form.values())
    done = sum(not result.refusal for result in results)
    if done:
        words = ngettext("Done for %(count)d item.", "Done for %(count)d items.", done)
        messages.success(request, words % {"count": done})
    refused = [result for result in results if result.refusal]
    if refused:
        return render(request, "agentdesk/bulk_refused.html", {"refused": refused}, status=422)
    return redirect("desk-queue")
