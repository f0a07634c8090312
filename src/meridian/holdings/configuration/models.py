"""The one register of everything that work may concern."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.resources import concerns
from meridian.engine.translation import TranslatedField


def kinds() -> list[tuple[str, str]]:
    """Each kind with the noun of its rows."""
    return [(kind, str(resource.model._meta.verbose_name)) for kind, resource in concerns().items()]


class ConfigurationItem(Record):
    """The entry of a server, an application, a site: whatever a resource declares as a `concern`.

    The database keeps it: an entry is added, renamed and removed with its row, in the same transaction.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=kinds)
    row_id = models.BigIntegerField(_("row"))
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    code = models.CharField(_("code"), max_length=90)
    name = TranslatedField(_("name"), blank=True)

    class Meta:
        verbose_name = _("configuration item")
        verbose_name_plural = _("configuration items")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "row_id"),
                name="configuration_item_once",
                violation_error_message=_("This row has an entry already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name) or self.code
