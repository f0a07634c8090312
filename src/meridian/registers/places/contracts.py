"""Words of places that other modules use."""

from django.utils.translation import gettext_lazy as _

LOCATION_GROUPS = (
    ("headquarters", _("Headquarters")),
    ("offices_away", _("Offices away")),
    ("missions", _("Missions")),
)
