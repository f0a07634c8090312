"""What the house knows of people."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource
from meridian.registers.people import commands
from meridian.registers.people.models import Affiliation, Delegation, Person
from meridian.registers.people.policies import AffiliationPolicy, DelegationPolicy, PersonPolicy


class PersonResource(Resource):
    model = Person
    address = "people"
    policy = PersonPolicy
    key = "number"
    order = ("family_name", "given_name")
    related = ("site",)
    icon = "user"
    menu_of = {"agent": 50, "chief": 70, "staff": 30}
    fields = (
        F("number", search="B"),
        F("family_name", column=True, search="A"),
        F("given_name", column=True, search="A"),
        F("email", column=True, search="B"),
        F("telephone"),
        F("site", column=True),
        F("language", column=True),
        F("languages"),
        F("substitute", filter=False),
        F("substitute_until", filter=False),
        F("left_on"),
    )
    panels = (
        Panel(_("Person"), ("number", "given_name", "family_name", "site")),
        Panel(_("Reach"), ("email", "telephone", "language", "languages")),
        Panel(_("Absence"), ("substitute", "substitute_until", "left_on")),
    )


class AffiliationResource(Resource):
    model = Affiliation
    address = "affiliations"
    policy = AffiliationPolicy
    known_by = ("person", "unit", "starts_on")
    related = ("person", "unit")
    titled = ("person", "unit")
    icon = "organisation"
    fields = (
        F("person", column=True, filter=False),
        F("unit", column=True),
        F("category", column=True),
        F("job_title", column=True, search="B"),
        F("works_in_ict"),
        F("starts_on", column=True),
        F("ends_on", column=True),
    )
    add, change, remove = commands.add_affiliation, commands.change_affiliation, commands.remove_affiliation


class DelegationResource(Resource):
    model = Delegation
    address = "delegations"
    policy = DelegationPolicy
    known_by = ("giver", "taker", "starts_at")
    related = ("giver", "taker")
    titled = ("giver", "taker")
    icon = "split"
    fields = (
        F("giver", column=True, filter=False),
        F("taker", column=True, filter=False),
        F("permissions", column=True),
        F("starts_at", column=True),
        F("ends_at", column=True),
        F("reason"),
    )
    add, change, remove = commands.add_delegation, commands.change_delegation, commands.remove_delegation
