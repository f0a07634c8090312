"""Manifest of the figures of the desks."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, ProofOf, System

SEEING = "servicedesk.workitem.queue"

MODULE = Module(
    name="deskfigures",
    title=_("Figures of the desks"),
    section="insight",
    icon="report",
    place=30,
    pages=(MenuPage(_("How the desks do"), "desk-figures", "report"),),
    proofs=(
        ProofOf("proofs.aged", takes=("days", "urgent"), permission=SEEING),
        ProofOf("proofs.hour", takes=("begins",), permission=SEEING),
        ProofOf("proofs.group", takes=("by", "key", "first", "last"), permission=SEEING),
    ),
    systems=(System("Service levels and satisfaction", pages=("desk-figures",)),),
)
