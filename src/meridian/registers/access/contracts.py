"""The kinds of people that roles make, and what the house knows of its first role before anybody made one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """What somebody is at work: each kind has a short menu and a first page of its own.

    Whoever has an account is also a member of staff.
    """

    AGENT = "agent", _("Service-desk agent")
    NETWORK = "network", _("Network operator")
    CHIEF = "chief", _("Chief of unit")
    ARCHITECT = "architect", _("Architect")
    PLANNER = "planner", _("Planner")
    CONTINUITY = "continuity", _("Continuity coordinator")
    BUDGET = "budget", _("Budget officer")
    CIO = "cio", _("Chief information officer")
    DELEGATE = "delegate", _("Delegate")
    OPERATOR = "operator", _("Operator of the house")
    STAFF = "staff", _("Member of staff")


OPERATOR_CODE = "operator"
OPERATOR_NAMES = {
    "en": "Operator of Meridian",
    "fr": "Opérateur de Meridian",
    "es": "Operador de Meridian",
    "ru": "Оператор Meridian",
    "zh-hans": "Meridian 运维人员",
    "ar": "مشغل ميريديان",
}
OPERATOR_PERMISSIONS = ("*",)
