"""What contacts say on the page of an item, and the way to one from an agent's first page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import Button, Part
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.work.contacts.models import Contact

MOST = 10


def contacts_of_item(actor: Actor, row: Any) -> PanelPart | None:
    """The contacts from which the item came or that were about it."""
    found = cut(Contact.objects.permitted(actor).filter(item=row).order_by("-began_at", "-pk"), MOST)
    if not found.shown:
        return None
    facts = [
        {
            "label": contact.get_way_display(),
            "text": f"{instant_text(contact.began_at)} · {contact.get_outcome_display()}",
            "url": url_of(contact),
        }
        for contact in found.shown
    ]
    return PanelPart(_("Contacts"), {"facts": facts, "cut": found})


def who_calls(request: Request) -> FirstPagePart:
    """The way to whoever calls or stands at the counter; it asks nothing of the database."""
    buttons = [Button(_("Who calls?"), reverse("contacts-who"), "people", first=True)]
    buttons.append(Button(_("First-contact resolution"), reverse("contacts-figures"), "report"))
    return Part(_("On the telephone"), reverse("contacts-who"), buttons=buttons).given()
