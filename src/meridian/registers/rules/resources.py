"""What the house knows of rules."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource, Verb
from meridian.registers.rules import commands
from meridian.registers.rules.models import Edition, Rule

RULES = everywhere(everyone={"view", "export"})


class RuleResource(Resource):
    model = Rule
    address = "rules"
    policy = RULES
    key = "code"
    order = ("code",)
    icon = "calendar"
    fields = (F("code", column=True, search="A"), F("name", column=True, search="A"))
    add, change, remove = commands.add_rule, commands.change_rule, commands.remove_rule


class EditionResource(Resource):
    model = Edition
    address = "editions"
    policy = RULES
    order = ("rule", "-starts_on")
    related = ("rule",)
    titled = ("rule", "starts_on")
    icon = "calendar"
    fields = (
        F("rule", column=True),
        F("starts_on", column=True),
        F("source", column=True),
        F("body"),
        F("published_at", column=True),
    )
    add, change, remove = commands.add_edition, commands.change_edition, commands.remove_edition
    verbs = (Verb(commands.publish_edition, _("Publish"), "check", when=Q(published_at=None)),)
