"""Words of contacts that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """How somebody reached the desk."""

    PHONE = "phone", _("Telephone")
    WALK_IN = "walk_in", _("In person")
    CHAT = "chat", _("Chat")


class Outcome(models.TextChoices):
    """What came of a contact."""

    GOING_ON = "going_on", pgettext_lazy("a contact", "Going on")
    SOLVED = "solved", _("Solved at once")
    OPENED = "opened", _("An item was opened")
    ABOUT = "about", _("About an item that goes on")
    NOTHING = "nothing", _("Nothing came of it")
