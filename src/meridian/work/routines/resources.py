"""What the house knows of routines."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource, Verb
from meridian.work.routines import commands
from meridian.work.routines.models import Checklist, ChecklistStep, ItemStep, StandardText, Template
from meridian.work.routines.policies import ItemStepPolicy, RoutinePolicy

NAMED = (F("code", column=True, search="A"), F("name", column=True, search="A"))
MEANT = (F("category", column=True), F("team", column=True), F("is_active", column=True))


class StandardTextResource(Resource):
    model = StandardText
    address = "standard-texts"
    policy = RoutinePolicy
    key = "code"
    order = ("code",)
    related = ("category", "team")
    icon = "reply"
    fields = (*NAMED, F("text", search="C"), *MEANT)
    panels = (Panel("", ("text", "category", "team", "is_active")),)


class ChecklistResource(Resource):
    model = Checklist
    address = "checklists"
    policy = RoutinePolicy
    key = "code"
    order = ("code",)
    related = ("category", "team")
    icon = "check"
    fields = (*NAMED, *MEANT)
    verbs = (Verb(commands.use_checklist, _("Use for an item"), "item", when=Q(is_active=True)),)


class ChecklistStepResource(Resource):
    model = ChecklistStep
    address = "checklist-steps"
    policy = RoutinePolicy
    order = ("checklist", "place")
    related = ("checklist",)
    inside = "checklist"
    in_menu = False
    icon = "check"
    fields = (F("checklist", column=True), F("place", column=True), F("text", column=True))


class ItemStepResource(Resource):
    model = ItemStep
    address = "item-steps"
    policy = ItemStepPolicy
    order = ("-id",)
    related = ("item", "done_by", "checklist")
    in_menu = False
    icon = "check"
    add = commands.add_step
    change = None
    fields = (
        F("item", column=True, filter=False),
        F("place", form=False, api="r"),
        F("text", column=True),
        F("checklist", form=False, api="r"),
        F("done_at", column=True, form=False, api="r"),
        F("done_by", column=True, filter=False, form=False, api="r"),
    )
    verbs = (
        Verb(commands.tick, _("Done"), "check", when=Q(done_at=None)),
        Verb(commands.untick, _("Still to do"), "history", when=~Q(done_at=None)),
    )


class TemplateResource(Resource):
    model = Template
    address = "templates"
    policy = RoutinePolicy
    key = "code"
    order = ("code",)
    related = ("category", "team")
    icon = "item"
    fields = (
        *NAMED,
        F("kind", column=True),
        F("title", column=True),
        F("text"),
        F("impact"),
        F("urgency"),
        *MEANT,
    )
    panels = (Panel("", ("kind", "title", "text", "category", "team", "impact", "urgency", "is_active")),)
