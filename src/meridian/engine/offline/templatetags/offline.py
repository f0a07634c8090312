"""The tag of a form that may wait in the browser until there is a line."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meridian.engine.offline.keeping import keeper

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: dict[str, Any]) -> SafeString:
    """Beside `{% once %}`: what can't be sent is kept for its writer, and sent once when there is a line.

    What is being written is kept in the browser as well, until it is sent or thrown away.
    """
    return format_html(
        '<input type="hidden" name="keeps" value="{}" data-kept="{}" data-forget="{}">',
        keeper(context["request"].actor),
        _("These words of yours were kept in this browser: %s."),
        _("Throw them away"),
    )
