"""Manifest of the catalogue."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, MenuPage, Module, Offer, Part, Reaction, System

MODULE = Module(
    name="catalogue",
    title=_("Catalogue and orders"),
    section="desk",
    icon="item",
    place=51,
    leans_on=("servicedesk", "approvals"),
    pages=(
        MenuPage(_("Catalogue"), "catalogue-shop", "item", menu_of={"staff": 25}),
        MenuPage(_("My orders"), "catalogue-orders", "request"),
        MenuPage(_("Tasks of orders"), "catalogue-tasks", "check"),
        MenuPage(_("Design the catalogue"), "catalogue-design", "edit"),
    ),
    parts=(
        Part("first_page", "parts.my_orders", on="staff", place=25),
        Part("first_page", "parts.my_tasks", on="agent", place=45),
        Part("panel", "parts.tasks_of_request", on="servicedesk.workitem", place=30),
    ),
    deeds=(Deed("catalogue.item.open_demo", _("open the catalogue of the demo organisation")),),
    offers=(
        Offer("approved", "offers.approved_order", on="catalogue.order"),
        Offer("demo", "offers.order_demo", place=70),
    ),
    reactions=(
        Reaction("approvals.ApprovalDecided", "reactions.go_on", when="reactions.is_of_an_order"),
        Reaction("servicedesk.ItemResolved", "reactions.end_resolved"),
        Reaction("servicedesk.ItemEnded", "reactions.end_cancelled"),
    ),
    systems=(System("Service catalogue with cost and levels", pages=("catalogue-shop", "catalogue-design")),),
)
