"""Manifest of files of rows."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Errand, Module

MODULE = Module(
    name="exchange",
    title=_("Files of rows"),
    section=NO_SECTION,
    errands=(
        Errand("errands.take_out"),
        Errand("errands.take_in", template="pages/partials/import_report.html"),
    ),
)
