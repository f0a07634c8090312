"""What the demo organisation gets, where mail is answered to, and what the link of a solution does."""

import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.audit import trail
from meridian.engine.commands import Untimely
from meridian.engine.figures import instant_text
from meridian.engine.mailed_links.opening import Opened, Press
from meridian.engine.policies import Actor
from meridian.work.channels.commands.intake import take_in
from meridian.work.channels.models import Mailbox, MailboxState
from meridian.work.channels.models.references import Person, Team, WorkItem
from meridian.work.channels.queries.solutions import solution_of, solution_words
from meridian.work.servicedesk import facade as desk

GIVING = "channels.mailbox.give"
DOMAIN = "desks.meridian.example"
VERIFIER = "mx.meridian.example"
# So many are fetched from a server that is not there: the page of the doors has something to say.
FAILING = 2
HEAD = (
    "From: {name} <{sender}>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <demo{number}@mail.example>\r\n"
    "Date: Mon, 02 Mar 2026 08:00:00 +0000\r\n{more}MIME-Version: 1.0\r\n"
)
PLAIN = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"


def give_mail(actor: Actor) -> None:
    """A mailbox for every desk, and ten mails of which some wait for a person; once."""
    desks = list(Team.objects.filter(kind="desk", is_active=True).order_by("-is_hub", "code"))
    if not desks or Mailbox.objects.exists():
        return
    with trail.entry(GIVING, actor):
        boxes = Mailbox.objects.bulk_create(
            Mailbox(
                address=f"{desk.code.lower()}@{DOMAIN}",
                name=desk.name,
                team=desk,
                language=(desk.languages or ["en"])[0],
                server="imap.invalid" if 0 < place <= FAILING else "",
                verifier=VERIFIER if place == 0 else "",
                is_main=place == 0,
            )
            for place, desk in enumerate(desks)
        )
    for box in boxes[1 : FAILING + 1]:
        since, fault = timezone.now(), "[Errno -2] Name or service not known"
        MailboxState.objects.create(mailbox=box, failing_since=since, fault=fault)
    _morning(actor, boxes[0])


def _morning(actor: Actor, box: Mailbox) -> None:
    told = json.loads((resources.files(__package__) / "data" / "demo.json").read_text(encoding="utf-8"))
    people = list(Person.objects.filter(left_on=None).order_by("-pk")[: len(told)])
    for number, said in enumerate(told):
        sender = people[said["place"] % len(people)] if said["from"] == "known" else None
        raw = _raw(said, number, box, sender)
        take_in(actor=actor, mailbox=box, raw=raw, size_bytes=said.get("size"))


def _raw(said: dict[str, Any], number: int, box: Mailbox, sender: Any) -> bytes:
    subject = said["subject"]
    if said.get("on") == "stranger":
        item = WorkItem.objects.filter(is_open=True).exclude(requester=sender).order_by("pk").first()
        subject = subject % (item.number if item else "INC0000001")
    more = "Auto-Submitted: auto-replied\r\n" if said.get("auto") else ""
    if said.get("forged"):
        more += f"Authentication-Results: {VERIFIER}; dmarc=fail\r\n"
    head = HEAD.format(
        name=f'"{sender or said["name"]}"',
        sender=sender.email if sender else said["from"],
        to=box.address,
        subject=subject,
        number=number,
        more=more,
    )
    body = PLAIN.format(text=said["text"])
    if said.get("nested"):
        wrap = 'Content-Type: multipart/mixed; boundary="b{0}"\r\n\r\n--b{0}\r\n'
        body = "".join(wrap.format(depth) for depth in range(80)) + body
    return (head + body).encode()


def answer_address() -> str:
    """Where mails of notices are answered to: the main address, where its mail is fetched."""
    boxes = Mailbox.objects.filter(is_main=True, is_active=True).exclude(server="")
    return boxes.values_list("address", flat=True).first() or ""


class Words(forms.Form):
    """What goes along with a press."""

    text = forms.CharField(
        label=gettext_lazy("In your own words, in your own language"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class Fault(Words):
    """What is still wrong, which the desk has to know."""

    text = forms.CharField(
        label=gettext_lazy("What is still wrong"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


def confirm_by_link(actor: Actor, row: WorkItem) -> Opened:
    """The solution, and the button that says that it is one."""

    def act(_pressed: str, given: Mapping[str, Any]) -> str:
        desk.confirm(actor=actor, item=row, text=given["text"], language=row.language)
        return _("Thank you. %(number)s is closed.") % {"number": row.number}

    return _asked(row, act, Press("yes", _("Yes, it is solved"), "first"), Words)


def reopen_by_link(actor: Actor, row: WorkItem) -> Opened:
    """The solution, and the button that says that it is none."""

    def act(_pressed: str, given: Mapping[str, Any]) -> str:
        on = desk.reopen(actor=actor, item=row, text=given["text"], language=row.language)
        return _("The desk goes on with %(number)s.") % {"number": on.number}

    return _asked(row, act, Press("no", _("No, it is not solved"), "danger"), Fault)


def _asked(row: WorkItem, act: Callable[[str, Mapping[str, Any]], str], press: Press, form: Any) -> Opened:
    state = solution_of(row)
    if not state or row.resolved_at is None:
        raise Untimely(_("%(number)s does not wait for your word any more.") % {"number": row.number})
    facts = [
        {"label": _("Number"), "text": row.number},
        {"label": _("Solved"), "text": instant_text(row.resolved_at)},
    ]
    url = reverse("portal-follow", args=(row.number,))
    return Opened(row.title, act, (press,), solution_words(row), facts, state, form, url)
