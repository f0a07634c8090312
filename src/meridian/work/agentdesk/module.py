"""Manifest of the agents' desk."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer

MODULE = Module(
    name="agentdesk",
    title=_("Agents' desk"),
    section="desk",
    icon="queue",
    place=48,
    pages=(MenuPage(_("Queue"), "desk-queue", "queue", "servicedesk.workitem.assign"),),
    leans_on=("servicedesk",),
    offers=(Offer("exact_name", "pages.item.address_of"),),
)
