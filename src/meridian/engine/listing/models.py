"""Lists that somebody wants to find again."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class ListChoice(Record):
    """The columns of a list that somebody wants to see, in their order, and how it is sorted."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="list_choices"
    )
    listing = models.CharField(_("list"), max_length=80)
    columns = ArrayField(models.CharField(max_length=80), verbose_name=_("columns"), default=list, blank=True)
    sort = models.CharField(_("order"), max_length=81, blank=True)

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "listing"),
                name="list_choice_once",
                violation_error_message=_("You already have chosen columns for this list."),
            ),
        )

    def __str__(self) -> str:
        return self.listing


class SavedView(Record):
    """The filters and the order of a list under a name; `query` is the query string."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="saved_views"
    )
    listing = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "listing", "name"),
                name="saved_view_once",
                violation_error_message=_("You already have a view of this name for this list."),
            ),
        )

    def __str__(self) -> str:
        return self.name
