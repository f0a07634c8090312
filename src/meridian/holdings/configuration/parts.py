"""What a configuration item leads to."""

from django.utils.translation import gettext as _

from meridian.engine.pages.slots import ActionPart
from meridian.engine.policies import Actor
from meridian.engine.values import url_of
from meridian.holdings.configuration.models import ConfigurationItem


def open_what_it_is(actor: Actor, row: ConfigurationItem | None) -> ActionPart | None:
    """From the entry to the page of what it is."""
    if row is None:
        return None
    return ActionPart(_("Open the %(kind)s") % {"kind": row.get_kind_display()}, url_of(row), "link")
