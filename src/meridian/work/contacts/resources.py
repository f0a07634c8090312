"""Contacts as the house knows them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.contacts import commands
from meridian.work.contacts.contracts import Outcome
from meridian.work.contacts.models import Contact
from meridian.work.contacts.policies import ContactPolicy

GOING_ON = Q(outcome=Outcome.GOING_ON)


class ContactResource(Resource):
    model = Contact
    address = "contacts"
    policy = ContactPolicy
    order = ("-began_at",)
    related = ("person", "agent", "team", "category", "item")
    dated = "began_at"
    icon = "people"
    state = "outcome"
    tones = {"going_on": "accent", "solved": "good", "opened": "watch", "about": "still", "nothing": "still"}
    add = commands.begin
    change = remove = None
    fields = (
        F("began_at", column=True, form=False, api="r", io=False),
        F("way", column=True, io=False),
        F("person", column=True, filter=False, io=False),
        F("agent", column=True, filter=False, form=False, api="r", io=False),
        F("team", column=True, form=False, api="r", io=False),
        F("tier", filter=True, form=False, api="r", io=False),
        F("outcome", column=True, form=False, api="r", io=False),
        F("category", form=False, api="r", io=False),
        F("note", column=True, form=False, api="r", io=False),
        F("item", column=True, filter=False, form=False, api="r", io=False),
        F("ended_at", form=False, api="r", io=False),
    )
    verbs = (
        Verb(
            commands.solve,
            _("Solved at once"),
            "check",
            when=GOING_ON,
            fields=(
                Ask("title", _("Subject")),
                Ask("solution", _("What helped, for the person"), long=True),
                Ask("category", _("Service")),
                Ask(
                    "kind",
                    _("Kind"),
                    choices=(("incident", _("Incident")), ("request", _("Service request"))),
                ),
            ),
        ),
        Verb(
            commands.open_item,
            _("Open an item"),
            "add",
            when=GOING_ON,
            fields=(
                Ask("title", _("Subject")),
                Ask("text", _("Description"), long=True),
                Ask("category", _("Service")),
                Ask(
                    "kind",
                    _("Kind"),
                    choices=(("incident", _("Incident")), ("request", _("Service request"))),
                ),
                Ask("urgency", _("Urgency, 1 most to 4 least")),
            ),
        ),
        Verb(
            commands.put_on,
            _("About an item"),
            "link",
            when=GOING_ON,
            fields=(Ask("item", _("Item")), Ask("text", _("What the person said"), long=True)),
        ),
        Verb(
            commands.end,
            _("Nothing came of it"),
            "close",
            when=GOING_ON,
            fields=(Ask("note", _("Why (you may leave it empty)")),),
        ),
    )
