"""Manifest of staffing."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="staffing",
    title=_("Posts and staffing"),
    section="steering",
    icon="people",
    pages=(
        MenuPage(_("Post table"), "staffing-table", "people", "staffing.post.view"),
        MenuPage(_("Staffing gap"), "staffing-gap", "split", "staffing.post.view"),
        MenuPage(_("Titles and roles"), "staffing-mapping", "link", "staffing.jobtitle.change"),
    ),
)
