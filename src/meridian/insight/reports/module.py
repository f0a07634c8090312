"""Manifest of reports."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Section

MODULE = Module(
    name="reports",
    title=_("Reports"),
    section="insight",
    icon="document",
    pages=(MenuPage(_("Reports"), "reports-home", "document", "reports.report.view"),),
    sections=(Section("insight", _("What we see"), 40),),
)
