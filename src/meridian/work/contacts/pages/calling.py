"""Somebody is on the line: who, what goes on with them, and what comes of it, on two pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text
from meridian.engine.figures.spans import Spans
from meridian.engine.inputs.build import ResourceForm
from meridian.engine.inputs.fields import ReferenceField
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import row_key
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.work.contacts.commands import begin, end, open_item, put_on, solve
from meridian.work.contacts.contracts import Outcome, Way
from meridian.work.contacts.models import Contact
from meridian.work.contacts.queries.callers import Person, earlier_contacts, items_going_on, people_meant
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import Category, WorkItem

MOST_GOING_ON = 5


@needs("contacts.contact.begin")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("q")
def callers(request: Request) -> HttpResponse:
    """Find who calls by what they say of themselves; `POST` begins the contact."""
    if request.method == "POST":
        return once_on_page(request, lambda: _begun(request))
    words = request.GET.get("q", "").strip()
    found = people_meant(request.actor, words)
    mine = Contact.objects.permitted(request.actor).filter(
        agent=request.actor.person_id, outcome=Outcome.GOING_ON
    )
    context = {
        "words": words,
        "people": found.shown,
        "cut": found,
        "ways": Way.choices,
        "going_on": cut(mine.select_related("person").order_by("-pk"), MOST_GOING_ON),
        "crumbs": [{"title": _("Contacts"), "url": reverse("contacts-contact-list")}],
    }
    return render(request, "contacts/who.html", context)


def _begun(request: Request) -> HttpResponse:
    key = request.POST.get("person", "")
    people = Person.objects.permitted(request.actor)
    person = people.filter(pk=row_key(key)).first()
    if person is None:
        raise Unseen(_("There is no such person, or they are not yours to see."))
    row = begin(actor=request.actor, person=person, way=request.POST.get("way", ""))
    return redirect("contacts-call", row.pk)


class OutcomeForm(ResourceForm):
    """One form for whatever comes of a contact: the pressed button says what."""

    title = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    words = forms.CharField(
        label=gettext_lazy("What helped, or what is to be done"), required=False, widget=forms.Textarea
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.fields["category"] = ReferenceField(Category, actor, label=_("Service"), required=False)


def _solve(actor: Actor, row: Contact, given: Mapping[str, Any]) -> Contact:
    return solve(actor=actor, row=row, solution=given["words"], **_of(given))


def _open(actor: Actor, row: Contact, given: Mapping[str, Any]) -> Contact:
    return open_item(actor=actor, row=row, text=given["words"], **_of(given))


def _end(actor: Actor, row: Contact, given: Mapping[str, Any]) -> Contact:
    return end(actor=actor, row=row, note=given["words"] or given["title"])


def _of(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": given["title"],
        "category": given.get("category") or None,
        "kind": given["kind"] or Kind.INCIDENT.value,
    }


PRESSED: Mapping[str, Callable[[Actor, Contact, Mapping[str, Any]], Contact]] = {
    "solve": _solve,
    "open": _open,
    "end": _end,
}
# Where the command's words stand on this form.
FIELDS = {"solution": "words", "text": "words", "note": "words"}


@needs("contacts.contact.view")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Request, key: int) -> HttpResponse:
    """The contact: the person's card, their items, and what comes of it."""
    rows = Contact.objects.permitted(request.actor).select_related("person__site", "item", "agent")
    row = rows.filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is no such contact, or it is not yours to see."))
    form = OutcomeForm(request.actor, request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            return once_on_page(request, lambda: _pressed(request, row, form))
        except Refusal as fault:
            field = FIELDS.get(fault.field, fault.field)
            form.add_error(field if field in form.fields else None, str(fault.beside(form.fields)))
    context = _shown(request.actor, row) | {"form": form, "refusal": refusal}
    return render(request, "contacts/call.html", context, status=422 if form.errors else 200)


def _pressed(request: Request, row: Contact, form: OutcomeForm) -> HttpResponse:
    number = request.POST.get("about", "")
    if number:
        item = WorkItem.objects.permitted(request.actor, "queue").filter(number=number).first()
        if item is None:
            raise Refusal(_("There is no item of this number that you may work on."))
        row = put_on(actor=request.actor, row=row, item=item, text=form.cleaned_data["words"])
    else:
        act = PRESSED.get(request.POST.get("as", ""))
        if act is None:
            raise Refusal(_("Press one of the buttons."))
        row = act(request.actor, row, form.values())
    return redirect("desk-item", row.item.number) if row.item else redirect("contacts-who")


def _shown(actor: Actor, row: Contact) -> dict[str, Any]:
    spans = Spans(timezone.now())
    person = row.person
    items, earlier = items_going_on(actor, person), earlier_contacts(actor, person)
    tone_of = resource_of(WorkItem).tone_of
    return {
        "row": row,
        "person": person,
        "person_url": url_of(person),
        "going_on": row.outcome == Outcome.GOING_ON,
        "began": instant_text(row.began_at),
        "facts": [
            {"label": _("Index number"), "text": person.number},
            {"label": _("Telephone"), "text": person.telephone},
            {"label": _("E-mail"), "text": person.email},
            {"label": _("Site"), "text": str(person.site or "")},
            {"label": _("Language"), "text": person.language},
        ],
        "items": [
            {
                "number": item.number,
                "title": item.title,
                "tone": tone_of(item.state),
                "state": item.get_state_display(),
                "team": str(item.team or ""),
                "since": spans.since(item.updated_at),
                "url": reverse("desk-item", args=(item.number,)),
            }
            for item in items.shown
        ],
        "items_cut": items,
        "earlier": [
            {"text": found.note or str(found), "outcome": found.get_outcome_display(), "url": url_of(found)}
            for found in earlier.shown
        ],
        "earlier_cut": earlier,
        "crumbs": [{"title": _("Who calls?"), "url": reverse("contacts-who")}],
    }
