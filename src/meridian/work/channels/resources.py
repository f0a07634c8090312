"""Mailboxes, mails and failing addresses as the house knows them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.channels.commands import quarantine, sending, writing
from meridian.work.channels.contracts import Arrival, Departure
from meridian.work.channels.models import (
    FailingAddress,
    InboundMail,
    Mailbox,
    OutboundMail,
)
from meridian.work.channels.policies import InboundPolicy, MailboxPolicy, OfTheHouse, OutboundPolicy

WAITING = Q(state=Arrival.WAITING)


class MailboxResource(Resource):
    model = Mailbox
    address = "mailboxes"
    policy = MailboxPolicy
    key = "address"
    order = ("address",)
    related = ("team",)
    icon = "bell"
    fields = (
        F("address", column=True, search="A"),
        F("name", column=True, search="B"),
        F("team", column=True),
        F("language", column=True),
        F("server", column=True),
        F("port", filter=False),
        F("security", filter=False),
        F("login"),
        F("verifier"),
        F("is_main", column=True),
        F("is_active", column=True),
    )
    panels = (
        Panel("", ("address", "name", "team", "language")),
        Panel(_("Server"), ("server", "port", "security", "login", "verifier")),
        Panel("", ("is_main", "is_active")),
    )


class InboundMailResource(Resource):
    model = InboundMail
    address = "inbound-mail"
    policy = InboundPolicy
    order = ("-arrived_at",)
    related = ("mailbox", "person", "item")
    dated = "arrived_at"
    icon = "bell"
    state = "state"
    tones = {"taken": "good", "kept": "still", "waiting": "watch", "dropped": "still"}
    abilities = ("attachments",)
    add = change = remove = None
    fields = (
        F("arrived_at", column=True, form=False, api="r", io=False),
        F("subject", column=True, search="A", form=False, api="r", io=False),
        F("sender", column=True, search="B", form=False, api="r", io=False),
        F("sender_name", form=False, api="r", io=False),
        F("person", filter=False, form=False, api="r", io=False),
        F("mailbox", column=True, form=False, api="r", io=False),
        F("state", column=True, form=False, api="r", io=False),
        F("why", column=True, form=False, api="r", io=False),
        F("remark", form=False, api="r", io=False),
        F("automatic", form=False, api="r", io=False),
        F("item", column=True, filter=False, form=False, api="r", io=False),
        F("said", search="C", form=False, api="r", io=False),
        F("text", form=False, api="r", io=False),
        F("html", form=False, api="", io=False),
        F("message_id", form=False, api="r", io=False),
        F("answers", filter=False, form=False, api="r", io=False),
        F("fingerprint", form=False, api="", io=False),
        F("size_bytes", form=False, api="r", io=False),
        F("sent_at", form=False, api="r", io=False),
        F("decided_by", filter=False, form=False, api="r", io=False),
        F("decided_at", form=False, api="r", io=False),
    )
    verbs = (
        Verb(quarantine.put_on_item, _("Put on an item"), "link", when=WAITING),
        Verb(quarantine.open_new, _("Open a new item"), "add", when=WAITING),
        Verb(
            quarantine.drop,
            _("Drop"),
            "close",
            when=WAITING,
            danger=True,
            fields=(Ask("remark", _("Why nothing is done with it")),),
        ),
    )


class OutboundMailResource(Resource):
    model = OutboundMail
    address = "outbound-mail"
    policy = OutboundPolicy
    order = ("-id",)
    related = ("mailbox", "person", "item")
    dated = "queued_at"
    icon = "bell"
    state = "state"
    tones = {"queued": "accent", "sent": "good", "bounced": "bad", "failed": "bad", "withheld": "watch"}
    add = change = remove = None
    fields = (
        F("queued_at", column=True, form=False, api="r", io=False),
        F("subject", column=True, search="B", form=False, api="r", io=False),
        F("person", column=True, filter=False, form=False, api="r", io=False),
        F("address", column=True, search="B", form=False, api="r", io=False),
        F("letter", column=True, form=False, api="r", io=False),
        F("state", column=True, form=False, api="r", io=False),
        F("remark", column=True, form=False, api="r", io=False),
        F("item", filter=False, form=False, api="r", io=False),
        F("mailbox", form=False, api="r", io=False),
        F("language", form=False, api="r", io=False),
        F("text", form=False, api="r", io=False),
        F("occasion", form=False, api="", io=False),
        F("message_id", form=False, api="r", io=False),
        F("answers", filter=False, form=False, api="r", io=False),
        F("offered", filter=False, form=False, api="", io=False),
        F("attempts", form=False, api="r", io=False),
        F("due_at", form=False, api="r", io=False),
        F("sent_at", form=False, api="r", io=False),
    )
    verbs = (
        Verb(
            sending.send_again,
            _("Send it after all"),
            "bell",
            when=~Q(state__in=(Departure.QUEUED, Departure.SENT)),
        ),
    )


class FailingAddressResource(Resource):
    model = FailingAddress
    address = "failing-addresses"
    policy = OfTheHouse
    key = "address"
    order = ("-since",)
    icon = "bell"
    add = change = None
    remove = writing.forgive
    fields = (
        F("address", column=True, search="A", form=False, api="r", io=False),
        F("status", column=True, form=False, api="r", io=False),
        F("said", column=True, form=False, api="r", io=False),
        F("since", column=True, form=False, api="r", io=False),
    )
