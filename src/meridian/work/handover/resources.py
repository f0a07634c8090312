"""What the house knows of hand-over."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.handover.commands import answers, sheets
from meridian.work.handover.models import Custody, Sheet, SheetItem
from meridian.work.handover.policies import SheetItemPolicy, SheetPolicy

OPEN = ~Q(state=Sheet.State.CLOSED)
REASON = Ask("answer", _("Reason"), long=True)


class CustodyResource(Resource):
    model = Custody
    address = "custodies"
    policy = by_unit("hub__team__unit")
    order = ("-since_at", "id")
    related = ("item", "hub")
    titled = ("item", "hub")
    in_menu = False
    fields = (F("item", column=True), F("hub", column=True), F("since_at", column=True))
    add = change = remove = None


class SheetResource(Resource):
    model = Sheet
    address = "sheets"
    policy = SheetPolicy
    order = ("-due_at", "-id")
    related = ("from_hub", "to_hub")
    titled = ("from_hub", "to_hub")
    icon = "history"
    dated = "due_at"
    state = "state"
    tones = {"draft": "accent", "offered": "watch", "answered": "good", "closed": "still"}
    panels = (Panel("", ("from_hub", "to_hub", "due_at", "note")),)
    fields = (
        F("from_hub", column=True),
        F("to_hub", column=True),
        F("due_at", column=True),
        F("state", column=True),
        F("note", search="C"),
        F("begun_at"),
        F("closed_at", column=True),
    )
    add, change, remove = sheets.begin_sheet, sheets.change_sheet, None
    verbs = (
        Verb(sheets.offer_ready, _("Offer what is ready"), "next", when=OPEN),
        Verb(
            sheets.choose_item,
            _("Put an item on it"),
            "add",
            when=OPEN,
            fields=(Ask("item", _("Work item")),),
        ),
        Verb(sheets.select_anew, _("Look again what must go along"), "search", when=OPEN),
        Verb(sheets.close_sheet, _("Close the sheet"), "lock", when=OPEN),
    )
    pages = {"detail": "pages.sheet.sheet_page"}


class SheetItemResource(Resource):
    model = SheetItem
    address = "sheet-items"
    policy = SheetItemPolicy
    order = ("-sheet", "id")
    related = ("sheet__from_hub", "sheet__to_hub", "item")
    titled = ("item",)
    in_menu = False
    state = "state"
    tones = {
        "selected": "accent",
        "offered": "watch",
        "accepted": "good",
        "returned": "bad",
        "dropped": "still",
    }
    fields = (
        F("sheet", column=True),
        F("item", column=True),
        F("state", column=True),
        F("reasons"),
        F("summary"),
        F("tried"),
        F("next_action", column=True),
        F("next_at", column=True),
        F("blockers"),
        F("offered_at", column=True),
        F("offered_by"),
        F("answered_at", column=True),
        F("answered_by"),
        F("answer"),
        F("told_at"),
    )
    add, change, remove = None, answers.write_item, None
    verbs = (
        Verb(answers.offer_item, _("Offer"), "next", when=Q(state__in=("selected", "returned"))),
        Verb(answers.accept_item, _("Accept"), "check", when=Q(state="offered")),
        Verb(answers.return_item, _("Return"), "close", when=Q(state="offered"), fields=(REASON,)),
        Verb(
            answers.drop_item,
            _("Take off"),
            "remove",
            when=Q(state__in=("selected", "offered", "returned")),
            danger=True,
            fields=(REASON,),
        ),
    )
