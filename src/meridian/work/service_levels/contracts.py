"""Words of service levels that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """To whom a promise is made."""

    SLA = "sla", _("Service level agreement")
    OLA = "ola", _("Operational level agreement")
    UNDERPINNING = "contract", _("Underpinning contract")


class Measure(models.TextChoices):
    """What a clock measures."""

    RESPONSE = "response", _("First response")
    UPDATE = "update", _("Update of the requester")
    RESOLVE = "resolve", _("Resolution of an incident")
    FULFIL = "fulfil", _("Fulfilment of a request")
    APPROVE = "approve", _("Approval")
    HAND_OVER = "hand_over", _("Acceptance of a hand-over")


class ClockState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("clock", "Running")
    PAUSED = "paused", pgettext_lazy("clock", "Paused")
    MET = "met", pgettext_lazy("clock", "Met")
    BREACHED = "breached", pgettext_lazy("clock", "Breached")
    CANCELLED = "cancelled", pgettext_lazy("clock", "Cancelled")


class Sign(models.TextChoices):
    """What a module says to the clock of something of its own."""

    PAUSE = "pause", _("paused")
    RESUME = "resume", _("resumed")
    STOP = "stop", _("stopped")
    CANCEL = "cancel", _("cancelled")
    RESET = "reset", _("begun anew")


class BreachReason(models.TextChoices):
    """Why a promise was not kept."""

    UNSAID = "", _("not said")
    WORKLOAD = "workload", _("More work than people")
    SKILL = "skill", _("Nobody there with the skill")
    ROUTED = "routed", _("Went to the wrong team first")
    HAND_OVER = "hand_over", _("Lost between two teams")
    SUPPLIER = "supplier", _("Supplier late")
    PARTS = "parts", _("Parts or shipment late")
    SITE = "site", _("Site out of reach")
    OUTAGE = "outage", _("Larger outage")
    OTHER = "other", _("Another reason")


THRESHOLDS = (50, 75, 90, 100, 120)
