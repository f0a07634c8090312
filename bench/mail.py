"""How many mails a second one worker takes in: `python bench/mail.py --out FILE`.

A desk with 63,000 people it could hear of, in a database of the bench's own. The mails are a morning's: new
requests, answers in their threads, pages with a file, machines, strangers. Once over IMAP from a server in a
process of its own, as the worker fetches them, and once from memory.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import click
from django.conf import settings
from measuring import PROJECT, store
from measuring.report import table, verdict

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.engine.records import reference
from meridian.work.channels.commands.fetching import fetch
from meridian.work.channels.facade import Mailbox, take_in
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import small_desk

sys.path.insert(0, str(PROJECT / "tests"))

from meridian.work.channels.tests import servers

GOAL = 50
PEOPLE = 63_000
WRITERS = 400
BENCH = system_actor("Bench")
Person = reference("people.Person")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Markdown file to write.")
@click.option("--mails", default=2_000, show_default=True, help="How many are taken in each way.")
def main(out: Path, mails: int) -> None:
    """Take in a morning's mail twice and tell of it; one Markdown text."""
    store.begin(afresh=True)
    try:
        box = _desk()
        store.settle()
        rows = [
            _row("from memory", mails, _from_memory(box, mails)),
            _row("over IMAP, each marked as seen", mails, _over_imap(box, mails)),
        ]
        became = dict(store.figures("SELECT state, count(*) FROM channels_inboundmail GROUP BY 1"))
        items = WorkItem.objects.count()
    finally:
        store.end()
    load = f"{os.getloadavg()[0]:.1f} load average at the end, on {os.cpu_count()} processors."
    heads = ("mails", "number", "seconds", "processor s (worker)", "mails/s", "target", "met")
    told = ", ".join(f"{count:,} {state}" for state, count in sorted(became.items()))
    out.write_text(
        f"{PEOPLE:,} people, {WRITERS} of whom write. {load}\n\n{table(heads, rows)}\n\n"
        f"Of all mails: {told}; {items:,} items were opened.\n"
    )


def _desk() -> Mailbox:
    desk = small_desk()
    people = [
        Person(
            number=f"B{number}", given_name="Amina", family_name=f"Writer {number}", email=_address(number)
        )
        for number in range(PEOPLE)
    ]
    with trail.entry("bench.arrange", BENCH):
        Person.objects.bulk_create(people, batch_size=5_000)
        return Mailbox.objects.create(
            address="desk@desk.example", name="First desk", team=desk.desk, is_main=True
        )


def _address(number: int) -> str:
    return f"Writer.{number}@people.example"


@contextmanager
def _timed(took: list[float]) -> Iterator[None]:
    """Add the seconds and the seconds of this process's processor that something takes."""
    begun, used = time.perf_counter(), time.process_time()
    yield
    took[0] += time.perf_counter() - begun
    took[1] += time.process_time() - used


def _row(name: str, mails: int, took: list[float]) -> tuple[object, ...]:
    rate = mails / took[0]
    return (
        name,
        f"{mails:,}",
        f"{took[0]:.1f}",
        f"{took[1]:.1f}",
        f"{rate:.0f}",
        f"≥ {GOAL}",
        verdict(rate >= GOAL),
    )


def _from_memory(box: Mailbox, mails: int) -> list[float]:
    took, written = [0.0, 0.0], [_mail(number, "memory") for number in range(mails)]
    with _timed(took):
        for raw in written:
            take_in(actor=BENCH, mailbox=box, raw=raw)
    return took


def _over_imap(box: Mailbox, mails: int) -> list[float]:
    """The fetching alone: that the mails arrive on the server is not counted."""
    took, taken = [0.0, 0.0], 0
    with servers.imap_server() as port, tempfile.TemporaryDirectory() as folder:
        passwords = Path(folder) / "passwords"
        passwords.write_text(f"* {servers.PASSWORD}\n")
        settings.MAILBOX_PASSWORDS = str(passwords)
        place = {"server": "127.0.0.1", "port": port, "security": "none", "login": servers.USER}
        with trail.entry("bench.arrange", BENCH):
            Mailbox.objects.filter(pk=box.pk).update(**place)
        while taken < mails:
            servers.put(port, *(_mail(number, "imap") for number in range(taken, min(taken + 200, mails))))
            with _timed(took):
                taken += fetch(box.pk)
    return took


def _mail(number: int, way: str) -> bytes:
    """One of a morning's mails: of ten six are new (one with a file), two answer, one is a machine's, one a
    stranger's."""
    message, turn = EmailMessage(), number % 10
    message["From"] = _address(number % WRITERS) if turn != 9 else "stranger@elsewhere.example"
    message["To"] = "desk@desk.example"
    message["Message-ID"] = f"<{way}.{number}@people.example>"
    message["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
    message["Subject"] = f"Nobody in room {number} can print"
    words = f"The printer of room {number} stands still since this morning ({way}).\n" * 6
    if turn in (7, 8):
        # The mail ten before is one that its sender opened an item with, turned by as many writers.
        message.replace_header("From", _address((number - turn) % WRITERS))
        message["In-Reply-To"] = f"<{way}.{number - turn}@people.example>"
        words += "\nOn Mon, 2 Mar 2026 at 09:00, Desk <desk@desk.example> wrote:\n> Which room?\n"
    if turn == 6:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(words)
    if turn == 5:
        message.add_alternative(f"<p>{words}</p><script>x()</script>", subtype="html")
        message.add_attachment(os.urandom(40_000), "image", "png", filename="room.png")
    return bytes(message)


if __name__ == "__main__":
    main()
