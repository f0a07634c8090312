"""Opening an item for somebody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.agentdesk.pages.actions import back_to
from meridian.work.agentdesk.pages.forms import NewItemForm
from meridian.work.servicedesk.facade import add_item


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
