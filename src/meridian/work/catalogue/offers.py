"""What is approved of an order, and the catalogue of the demo organisation."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import number_text
from meridian.work.approvals.contracts import Subject
from meridian.work.catalogue.demo import order_demo
from meridian.work.catalogue.models import Order
from meridian.work.catalogue.queries.offered import answered

__all__ = ["approved_order", "order_demo"]


def approved_order(row: Order) -> Subject:
    """What is approved of an order: each line with its answers, for whom, at what price, and who pays."""
    lines = list(row.lines.select_related("item_version", "beneficiary").order_by("pk"))
    content = {
        "cost_centre": row.cost_centre_id,
        "lines": [
            [line.item_version_id, line.quantity, line.beneficiary_id, f"{line.price:f}", line.answers]
            for line in lines
        ],
    }
    facts = []
    sums: dict[str, Decimal] = {}
    for line in lines:
        told = "; ".join(
            f"{fact['label']}: {fact['text']}" for fact in answered(line.item_version, line.answers)
        )
        what = _("%(quantity)d × %(item)s for %(person)s") % {
            "quantity": line.quantity,
            "item": line.item_version.name,
            "person": line.beneficiary,
        }
        facts.append({"label": what, "text": told or _("no questions")})
        sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.quantity * line.price
    total = " + ".join(f"{number_text(amount, 2)} {code}" for code, amount in sums.items() if amount)
    facts.append({"label": _("Price"), "text": total or _("free of charge")})
    if row.cost_centre:
        facts.append({"label": _("Cost centre"), "text": str(row.cost_centre)})
    first = lines[0].item_version.name if lines else ""
    title = _("Order %(number)s: %(item)s") % {"number": row.number, "item": first}
    people = frozenset(line.beneficiary_id for line in lines)
    return Subject(title, reverse("catalogue-order", args=(row.number,)), content, facts, for_people=people)
