"""Roles, titles, norms and what drives them."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.steering.staffing import commands
from meridian.steering.staffing.models import DriverAmount, JobTitle, Role, StaffingNorm

ROLE = everywhere(everyone={"view", "export"})


class RoleResource(Resource):
    model = Role
    address = "standard-roles"
    policy = ROLE
    key = "code"
    order = ("code",)
    icon = "user"
    fields = (F("code", column=True, search="A"), F("name", column=True, search="A"))


class JobTitleResource(Resource):
    model = JobTitle
    address = "job-titles"
    policy = ROLE
    key = "name"
    order = ("name",)
    related = ("role",)
    icon = "user"
    fields = (F("name", column=True, search="A"), F("duties", search="C"), F("role", column=True))
    verbs = (
        Verb(
            commands.confirm_title,
            _("Say its role"),
            "check",
            bulk=True,
            fields=(Ask("role", initial=attrgetter("role")),),
        ),
    )


class StaffingNormResource(Resource):
    model = StaffingNorm
    address = "staffing-norms"
    policy = ROLE
    order = ("role", "driver")
    related = ("role",)
    titled = ("role", "driver")
    icon = "split"
    fields = (
        F("role", column=True),
        F("driver", column=True),
        F("per_post", column=True),
        F("minimum_posts", column=True),
    )


class DriverAmountResource(Resource):
    model = DriverAmount
    address = "driver-amounts"
    policy = by_unit("establishment__unit")
    order = ("-starts_on",)
    related = ("establishment",)
    icon = "split"
    fields = (
        F("establishment", column=True),
        F("driver", column=True),
        F("amount", column=True),
        F("starts_on", column=True),
    )
