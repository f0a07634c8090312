"""Real servers for mail: an IMAP server as a program of its own, an SMTP server in a thread."""

import contextlib
import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from house.factory import MAKER

from meridian.engine.audit import trail
from meridian.work.channels.tests.mails import Post, some_post

USER, PASSWORD = "desk", "secret"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def imap_server() -> Iterator[int]:
    """A server with one empty mailbox; gives its port."""
    port = free_port()
    program = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(port)]
    program += ["--no-tls", "--no-service", "admin", "dict"]
    server = subprocess.Popen(
        [*program, "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _try in range(1_200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        with opened(port) as box:
            box.select("INBOX")
            box.store("1:*", "+FLAGS", "(\\Deleted)")
            box.expunge()
        yield port
    finally:
        server.terminate()
        server.wait(10)


@contextlib.contextmanager
def opened(port: int) -> Iterator[imaplib.IMAP4]:
    box = imaplib.IMAP4("127.0.0.1", port)
    box.login(USER, PASSWORD)
    try:
        yield box
    finally:
        box.logout()


def put(port: int, *mails: bytes) -> None:
    """Let mails arrive."""
    with opened(port) as box:
        for raw in mails:
            said = box.append("INBOX", None, None, raw)
            assert said[0] == "OK", said


class Kept:
    """What an SMTP server was given; it refuses the addresses in `refused` with their answer."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], Message]] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return "250 taken"


@contextlib.contextmanager
def smtp_server() -> Iterator[tuple[Kept, int]]:
    kept, port = Kept(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


def served_post(port: int, settings: Any, folder: Path) -> Post:
    """A small desk whose empty mailbox stands on the IMAP server at this port."""
    found = some_post()
    passwords = folder / "passwords"
    passwords.write_text(f"{found.mailbox.address} {PASSWORD}\n")
    settings.MAILBOX_PASSWORDS = str(passwords)
    place = {"server": "127.0.0.1", "port": port, "security": "none", "login": USER}
    with trail.entry("testing.arrange", MAKER):
        type(found.mailbox).objects.filter(pk=found.mailbox.pk).update(**place)
    found.mailbox.refresh_from_db()
    with opened(port) as box:
        box.select("INBOX")
        box.store("1:*", "+FLAGS", "(\\Deleted)")
        box.expunge()
    return found


@contextlib.contextmanager
def sending_to_server(settings: Any) -> Iterator[Kept]:
    """Let all mail leave by an SMTP server of its own, which keeps it."""
    with smtp_server() as (kept, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        yield kept
