"""Manifest of contacts."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, MenuPage, Module, Offer, Part, ProofOf

MODULE = Module(
    name="contacts",
    title=_("Contacts"),
    section="desk",
    icon="people",
    place=65,
    leans_on=("servicedesk",),
    pages=(
        MenuPage(_("Who calls?"), "contacts-who", "people"),
        MenuPage(_("First-contact resolution"), "contacts-figures", "report"),
    ),
    parts=(
        Part("panel", "parts.contacts_of_item", on="servicedesk.workitem", place=45),
        Part("first_page", "parts.who_calls", on="agent", place=8, permission="contacts.contact.begin"),
    ),
    proofs=(ProofOf("proofs.contacts", ("days", "which"), permission="contacts.contact.view"),),
    deeds=(Deed("contacts.contact.give", _("give the demo its contacts")),),
    offers=(Offer("demo", "offers.give_contacts", place=64),),
)
