"""Manifest of reports."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer, Part, ProofOf, Section, System

VIEW = "reports.report.view"

MODULE = Module(
    name="reports",
    title=_("Reports"),
    section="insight",
    icon="document",
    pages=(
        MenuPage(_("Reports"), "reports-home", "document", menu_of={"budget": 70, "cio": 20, "delegate": 15}),
        MenuPage(
            _("Published tables"), "reports-tables", "report", menu_of={"continuity": 50, "delegate": 10}
        ),
    ),
    parts=(
        Part("first_page", "parts.published_tables", on="delegate", place=10, permission=VIEW),
        Part("first_page", "parts.papers", on="delegate", place=20, permission=VIEW),
        Part("first_page", "parts.papers", on="cio", place=70, permission=VIEW),
    ),
    offers=(Offer("demo", "offers.publish_demo", place=80),),
    proofs=(ProofOf("proofs.cell", takes=("table", "dataset", "row", "column"), permission=VIEW),),
    sections=(Section("insight", _("What we see"), 40),),
    systems=(
        System(
            "Budget documents",
            pages=("reports-home",),
            commands=("tables", "import baseline"),
            proof="tests/test_published_tables.py",
        ),
    ),
)
