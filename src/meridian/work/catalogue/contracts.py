"""Words of the catalogue that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """Where people look for an item."""

    WORKPLACE = "workplace", _("Workplace")
    COMMUNICATION = "communication", _("Telephone and mail")
    ACCESS = "access", _("Accounts and access")
    NETWORK = "network", _("Network and satellite")
    MEETINGS = "meetings", _("Meetings")
    HOSTING = "hosting", _("Servers and data")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OrderState(models.TextChoices):
    BASKET = "basket", _("In the basket")
    APPROVAL = "approval", _("Waiting for approval")
    FULFILMENT = "fulfilment", _("Being fulfilled")
    FULFILLED = "fulfilled", _("Fulfilled")
    REJECTED = "rejected", pgettext_lazy("an order", "Not approved")
    CANCELLED = "cancelled", pgettext_lazy("an order", "Cancelled")


class TaskState(models.TextChoices):
    COMING = "coming", pgettext_lazy("a task", "Not yet")
    WAITING = "waiting", pgettext_lazy("a task", "To do")
    DONE = "done", pgettext_lazy("a task", "Done")
    CANCELLED = "cancelled", pgettext_lazy("a task", "Cancelled")
