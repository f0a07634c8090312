"""What a webhook says on its own page."""

from django.utils.translation import gettext as _

from meridian.engine.pages.slots import PanelPart
from meridian.engine.policies import Actor
from meridian.work.webhooks.commands.calling import secret_of
from meridian.work.webhooks.models import Webhook


def secret_of_webhook(actor: Actor, row: Webhook) -> PanelPart | None:
    """The secret, for whoever may change the webhook."""
    if not Webhook.objects.permitted(actor, "change").filter(pk=row.pk).exists():
        return None
    said = _("Calls carry Meridian-Signature: t=INSTANT,v1=HMAC-SHA256 of “INSTANT.BODY” with this secret.")
    facts = [{"label": _("Secret"), "text": secret_of(row)}, {"label": _("Signature"), "text": said}]
    return PanelPart(_("Signature"), {"facts": facts})
