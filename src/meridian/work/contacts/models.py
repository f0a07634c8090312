"""One contact, from the greeting to the end."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import instant_text
from meridian.engine.records import Record
from meridian.work.contacts.contracts import Outcome, Way


class Contact(Record):
    """Somebody reached the desk. Whether an item follows or not, it counts.

    `tier` is 1 when an agent of a service desk took it, 2 when somebody behind the desk did.
    """

    way = models.CharField(_("reached us by"), max_length=8, choices=Way, default=Way.PHONE)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("person"), related_name="contacts"
    )
    agent = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("taken by"), related_name="contacts_taken"
    )
    team = models.ForeignKey(
        "servicedesk.Team", models.PROTECT, null=True, verbose_name=_("team"), related_name="contacts"
    )
    tier = models.PositiveSmallIntegerField(_("tier"), default=1)
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("service"),
        related_name="contacts",
    )
    note = models.CharField(_("what it was about"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.GOING_ON)
    item = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, null=True, verbose_name=_("item"), related_name="contacts"
    )
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = (
            models.Index(fields=("-began_at", "-id"), name="contact_began"),
            models.Index(fields=("person", "-began_at"), name="contact_person"),
            models.Index(fields=("item",), name="contact_item", condition=models.Q(item__isnull=False)),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="contact_ends_after_beginning",
                violation_error_message=_("A contact ends after it begins: correct one of the two times."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {instant_text(self.began_at)}"
