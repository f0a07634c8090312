"""The basket, and many orders from a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal
from meridian.engine.figures import number_text
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.catalogue.commands import place_order, take_out
from meridian.work.catalogue.commands.from_file import MOST_BYTES, Tried, take_lines, try_lines
from meridian.work.catalogue.models import Order, OrderLine
from meridian.work.catalogue.pages.words import price_of
from meridian.work.catalogue.queries.offered import answered
from meridian.work.catalogue.queries.orders import basket_of, open_centre


class PlaceForm(forms.Form):
    """Who pays."""

    cost_centre = forms.CharField(
        label=gettext_lazy("Cost centre"),
        required=False,
        help_text=gettext_lazy(
            "Its code. Needed where something is charged; whoever owns it is known by it."
        ),
    )

    def clean_cost_centre(self) -> Any:
        """The open cost centre of this code."""
        code = self.cleaned_data["cost_centre"].strip()
        found = open_centre(code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is no open cost centre of this code."))
        return found


@needs("catalogue.order.put")
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: Request) -> HttpResponse:
    """What is in the basket: take out, say who pays, order."""
    order = basket_of(request.actor.person_id) if request.actor.person_id else None
    taken = whole_number(request.POST.get("take_out", ""))
    if request.method == "POST" and order and taken is not None:
        row = OrderLine.objects.permitted(request.actor, "take_out").filter(pk=taken, order=order).first()
        if row is not None:
            take_out(actor=request.actor, row=row)
        return redirect("catalogue-basket")
    form = PlaceForm(request.POST or None, initial={"cost_centre": _usual_centre(request)})
    if request.method == "POST" and order and form.is_valid():
        try:
            return once_on_page(request, lambda: _placed(request, order, form))
        except Refusal as refusal:
            form.add_error("cost_centre" if refusal.field == "cost_centre" else None, str(refusal.beside(())))
    context = {"lines": _lines(order), "form": form}
    return render(request, "catalogue/basket.html", context, status=422 if form.errors else 200)


def _usual_centre(request: Request) -> str:
    """The cost centre of one's last order."""
    last = Order.objects.filter(orderer=request.actor.person_id, cost_centre__isnull=False).order_by("-pk")
    return last.values_list("cost_centre__code", flat=True).first() or ""


def _placed(request: Request, order: Order, form: PlaceForm) -> HttpResponse:
    made = place_order(actor=request.actor, row=order, cost_centre=form.cleaned_data["cost_centre"])
    messages.success(request, _("Thank you. Your order is %(number)s.") % {"number": made.number})
    return redirect("catalogue-order", made.number)


def _lines(order: Order | None) -> list[dict[str, Any]]:
    if order is None:
        return []
    rows = order.lines.select_related("item_version__item", "beneficiary").order_by("pk")
    return [
        {
            "key": line.pk,
            "icon": line.item_version.item.icon,
            "name": str(line.item_version.name),
            "quantity": number_text(line.quantity),
            "for_whom": str(line.beneficiary),
            "price": price_of(line.item_version),
            "facts": answered(line.item_version, line.answers),
            "is_gone": line.item_version.state != "published",
        }
        for line in rows
    ]


@needs("catalogue.order.put")
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: Request) -> HttpResponse:
    """Many lines from a CSV or XLSX file: tried first, put into the basket when all of them are good."""
    tried: Tried | None = None
    refusal = ""
    if request.method == "POST":
        try:
            file = uploaded(request, "file", MOST_BYTES)
            tried = try_lines(request.actor, file.name or "", file.read())
            if not tried.faults and request.POST.get("press") == "take":
                count = take_lines(request.actor, tried)
                sentence = _("%(count)s lines are in your basket.") % {"count": number_text(count)}
                messages.success(request, sentence)
                return redirect("catalogue-basket")
        except Refusal as fault:
            refusal = str(fault.beside(("file",)))
    context = {
        "tried": tried,
        "refusal": refusal,
        "crumbs": [{"title": _("Basket"), "url": reverse("catalogue-basket")}],
    }
    bad = bool(refusal or (tried and tried.faults))
    return render(request, "catalogue/from_file.html", context, status=422 if bad else 200)
