"""Webhooks: signed, once, tried again, never to an address of the house's own network."""

import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from house import jobs
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.testing import agent_actor, small_desk, some_item
from meridian.work.webhooks.commands import calling, keeping
from meridian.work.webhooks.models import Webhook, WebhookDelivery
from meridian.work.webhooks.rules.places import is_public

OPENED = "servicedesk.ItemOpened"


class Listener(http.server.BaseHTTPRequestHandler):
    """Another system: it keeps what it was told, and answers as the test says."""

    calls: list[tuple[dict[str, str], bytes]] = []
    answer = 200
    words = b""
    drips = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).calls.append((dict(self.headers), body))
        self.send_response(type(self).answer)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(type(self).words)
        while type(self).drips:
            self.wfile.write(b".")
            time.sleep(0.05)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[str]:
    Listener.calls, Listener.answer, Listener.words, Listener.drips = [], 200, b"", False
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hook"
    Listener.drips = False
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(db, listener, settings) -> Webhook:
    settings.WEBHOOK_HOSTS = frozenset({"127.0.0.1"})
    return keeping.add_webhook(actor=MAKER, name="Other", url=listener, events=[OPENED])


def test_an_event_is_told_once_signed_and_only_to_who_asked_for_it(webhook):
    house = small_desk()
    item = some_item(house)
    desk.take(actor=agent_actor(house.agent), item=item)
    jobs.react()
    keeping.deliver_due()
    keeping.deliver_due()
    [(headers, body)] = Listener.calls
    told = json.loads(body)
    assert (told["event"], told["about"]["number"]) == (OPENED, item.number)
    parts = dict(part.split("=") for part in headers["Meridian-Signature"].split(","))
    signed = hmac.new(calling.secret_of(webhook).encode(), f"{parts['t']}.".encode() + body, hashlib.sha256)
    assert parts["v1"] == signed.hexdigest()
    assert WebhookDelivery.objects.get().state == "taken"


def test_a_new_secret_is_another(webhook):
    before = calling.secret_of(webhook)
    assert calling.secret_of(keeping.renew_secret(actor=MAKER, row=webhook)) != before


def test_what_is_not_taken_is_tried_again_then_given_up_and_told_again_by_hand(webhook):
    Listener.answer = 503
    row = keeping.queue_delivery(actor=MAKER, webhook=webhook, event=OPENED, occasion="x.1", body={"a": 1})
    at = datetime.now(UTC)
    for _attempt in range(keeping.MOST_ATTEMPTS + 2):
        keeping.deliver_due()
        at += timedelta(days=2)
        with time_machine.travel(at):
            keeping.deliver_due()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.status) == ("given_up", keeping.MOST_ATTEMPTS, 503)
    assert len({headers["Meridian-Delivery"] for headers, _body in Listener.calls}) == 1
    Listener.answer = 200
    keeping.replay(actor=MAKER, row=row)
    keeping.deliver_due()
    row.refresh_from_db()
    assert row.state == "taken"


def test_a_redirect_is_not_followed_and_a_silent_host_is_said(webhook):
    Listener.answer = 302
    row = keeping.queue_delivery(actor=MAKER, webhook=webhook, event=OPENED, occasion="x.1", body={})
    keeping.deliver_due()
    row.refresh_from_db()
    assert (row.state, row.status, len(Listener.calls)) == ("waiting", 302, 1)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *(
            "::1",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "224.0.0.1",
            "x",
        ),
    ],
)
def test_no_address_of_ones_own_network_is_public(address):
    assert not is_public(address)


def test_public_addresses_are():
    assert is_public("1.1.1.1")
    assert is_public("2606:4700:4700::1111")


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://127.0.0.1/", "https://localhost/x", "https://[::1]/", "ftp://x.org/"],
)
@pytest.mark.django_db
def test_an_address_that_is_never_called_is_refused_at_once(url):
    with pytest.raises(Refusal):
        keeping.add_webhook(actor=MAKER, name="Bad", url=url, events=[OPENED])


@pytest.mark.django_db
def test_a_name_that_leads_to_a_private_address_is_not_called(monkeypatch):
    """The name is asked once: what it would answer the second time makes no difference."""
    asked: list[str] = []

    def resolves(host: str, port: int, **_more: object) -> list:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "1.1.1.1", port))]

    monkeypatch.setattr(calling.socket, "getaddrinfo", resolves)
    webhook = make(Webhook, url="https://rebind.example.org/")
    answer = calling.call(webhook, 1, OPENED, {})
    assert answer.status is None
    assert "MERIDIAN" not in answer.remark
    assert "private" in answer.remark
    assert asked == ["rebind.example.org"]


@pytest.mark.parametrize(
    "url", ["https://[", "https://[x]/", "https://a.example:99999/", "https://a.example:x/"]
)
@pytest.mark.django_db
def test_an_address_that_is_none_is_refused_in_words(url):
    with pytest.raises(Refusal, match="no address"):
        keeping.add_webhook(actor=MAKER, name="Bad", url=url, events=[OPENED])


def test_an_answer_of_signs_that_no_table_keeps_ends_the_attempt_as_any_other(webhook):
    """A NUL in an answer let every attempt end in a fault, for ever."""
    Listener.answer, Listener.words = 500, "no\0 \u202eoops".encode()
    row = keeping.queue_delivery(actor=MAKER, webhook=webhook, event=OPENED, occasion="x.1", body={})
    keeping.deliver_due()
    row.refresh_from_db()
    assert (row.state, row.status, row.remark) == ("waiting", 500, "no oops")


def test_whoever_answers_a_byte_at_a_time_holds_nobody_up(webhook, monkeypatch):
    monkeypatch.setattr(calling, "LONGEST_CALL_SECONDS", 0.3)
    Listener.drips = True
    # Else the call would last until 2,000 bytes had come, or for ever where they are of the head.
    assert 0 <= len(calling.call(webhook, 1, OPENED, {}).remark) < 300


def test_two_workers_at_once_tell_it_once(webhook):
    row = keeping.queue_delivery(actor=MAKER, webhook=webhook, event=OPENED, occasion="x.1", body={})
    keeping.begin_delivery(actor=MAKER, row=row)
    before = WebhookDelivery.objects.get(pk=row.pk)
    assert keeping.begin_delivery(actor=MAKER, row=before).attempts == 1
