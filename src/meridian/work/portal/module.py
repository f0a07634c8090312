"""Manifest of the portal."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Part, System

MODULE = Module(
    name="portal",
    title=_("Portal"),
    section="desk",
    icon="request",
    place=49,
    pages=(
        MenuPage(_("My requests"), "portal-home", "request", menu_of={"staff": 10, "agent": 70}),
        MenuPage(_("Ask for help"), "portal-ask", "reply", menu_of={"staff": 20}),
    ),
    parts=(
        Part("first_page", "parts.ask", on="staff", place=10, permission="servicedesk.workitem.ask"),
        Part("first_page", "parts.my_requests", on="staff", place=20),
        Part("first_page", "parts.desks_near_me", on="staff", place=30),
        Part("requester_panel", "parts.desk_that_has_it", on="servicedesk.workitem"),
        Part("first_page", "parts.ask", on="delegate", place=80, permission="servicedesk.workitem.ask"),
    ),
    leans_on=("deskwatch", "items", "servicedesk"),
    systems=(System("Self-service and knowledge", pages=("portal-home", "portal-ask"), missing="knowledge"),),
)
