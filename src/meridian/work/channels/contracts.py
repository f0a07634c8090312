"""Words of the channels that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Automatic(models.TextChoices):
    """What a machine sent, and why it is known (RFC 3834, RFC 3464); `NONE` is what a person wrote."""

    NONE = "none", _("Written by a person")
    DELIVERY = "delivery", _("Report of delivery")
    REPLY = "reply", _("Automatic reply")
    BULK = "bulk", _("Sent to many")
    OWN = "own", _("From a desk")


class Arrival(models.TextChoices):
    """What became of a mail that came in."""

    TAKEN = "taken", _("Taken in")
    KEPT = "kept", _("Kept: sent by a machine")
    WAITING = "waiting", _("Waits for a person")
    DROPPED = "dropped", _("Dropped")


class Why(models.TextChoices):
    """Why a mail waits for a person."""

    NOT_WAITING = "", _("It does not wait")
    UNKNOWN = "unknown", _("Nobody has this address")
    LEFT = "left", _("The person has left")
    STRANGER = "stranger", _("The thread belongs to somebody else")
    FORGED = "forged", _("The sender could not be verified")
    SAME_NAME = "same_name", _("Another mail had the same Message-ID")
    REOPENED = "reopened", _("Reopened too often within an hour")
    TOO_MANY = "too_many", _("Too many mails from one address within an hour")
    UNREADABLE = "unreadable", _("It can't be read")
    TOO_LARGE = "too_large", _("It is too large")
    REFUSED = "refused", _("The desk refused it")


class Departure(models.TextChoices):
    """What became of a mail that is to go out."""

    QUEUED = "queued", _("Waits to be sent")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Came back")
    FAILED = "failed", _("Could not be sent")
    WITHHELD = "withheld", _("Not sent")


class Letter(models.TextChoices):
    """What a mail to a requester or watcher is about."""

    RECEIPT = "receipt", _("Receipt")
    OPENED = "opened", _("Opened for the reader")
    ANSWERED = "answered", _("Answer of the desk")
    ASKED = "asked", _("Question of the desk")
    SOLVED = "solved", _("Solution")
    ENDED = "ended", _("End")
    PROMISED = "promised", _("Promise moved")
    FOLLOWED = "followed", _("News of what is followed")
    RATED = "rated", _("Question on how it went")
    REFUSED = "refused", _("Could not be taken in")
