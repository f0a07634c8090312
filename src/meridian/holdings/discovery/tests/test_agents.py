"""Agents post as their protocol says, with a token that may do nothing else."""

import base64
import gzip
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from house.factory import make
from house.nouns import Account, Holding, Role

from meridian.engine.commands import commands
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.discovery.models import QuarantinedReport

DATA = Path(__file__).parent / "data"
AT = "/discovery/agents"
REPORT = (DATA / "computer_2.json").read_bytes()
AGENT = {"GLPI-Agent-ID": "3a609a2e-947f-4e6a-9af9-32c024ac3944", "GLPI-Request-ID": "1A2B3C4D"}
Item = reference("inventory.Item")
pytestmark = pytest.mark.django_db


@pytest.fixture
def secret() -> str:
    """A token that may take reports in and do nothing else."""
    account = make(Account, username="collector")
    role = make(Role, permissions=["discovery.source.take_in"])
    make(Holding, account=account, role=role, unit=None, starts_at=timezone.now() - timedelta(days=1))
    until = timezone.now() + timedelta(days=1)
    owner = Actor(account.pk, None, account.username)
    scopes = ["discovery.source.take_in"]
    return (
        commands()["access.token.add"]
        .carry_out(actor=owner, name="Agents", scopes=scopes, expires_at=until)
        .secret
    )


def _post(content, secret="", kind="application/json", **headers):
    given = AGENT | headers
    if secret:
        given["Authorization"] = "Basic " + base64.b64encode(f"agent:{secret}".encode()).decode()
    return Client(enforce_csrf_checks=True).post(AT, content, content_type=kind, headers=given)


def test_who_has_no_token_is_asked_for_one_as_agents_understand(secret):
    for wrong in ("", "mer_nothing", secret[:-1]):
        answer = _post(REPORT, wrong)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith('Basic realm="')
    assert not Item.objects.exists()


def test_an_agent_makes_contact_and_posts_its_inventory_compressed_or_not(secret):
    contact = _post(b'{"action": "contact", "deviceid": "acomputer-1", "name": "GLPI-Agent"}', secret)
    assert contact.json()["status"] == "ok"
    assert contact.json()["expiration"] == 24
    assert "inventory" in contact.json()["tasks"]
    assert contact["GLPI-Request-ID"] == "1A2B3C4D"
    bodies = (
        (REPORT, "application/json"),
        (zlib.compress(REPORT), "application/x-compress-zlib"),
        (gzip.compress(REPORT), "application/x-compress-gzip"),
    )
    for content, kind in bodies:
        assert _post(content, secret, kind).json()["status"] == "ok"
    assert Item.objects.get().serial_number == "2FAGP34"
    bearer = Client().post(
        AT, REPORT, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    assert bearer.status_code == 200


def test_older_agents_ask_for_their_prolog_and_post_xml(secret):
    prolog = b"<?xml version='1.0'?><REQUEST><DEVICEID>old-1</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>"
    answer = _post(zlib.compress(prolog), secret, "application/x-compress-zlib")
    assert b"<RESPONSE>SEND</RESPONSE>" in zlib.decompress(answer.content)
    answer = _post((DATA / "16.xml").read_bytes(), secret, "application/xml")
    assert answer.content.endswith(b"<REPLY></REPLY>")
    assert Item.objects.get().serial_number == "cn3afrt37n"


def test_what_is_wrong_is_said_in_the_agents_own_words_and_put_aside(secret):
    answer = _post(REPORT[:300], secret)
    assert (answer.status_code, answer.json()["status"]) == (400, "error")
    assert "no JSON" in answer.json()["message"]
    negative = b'{"deviceid": "abcd-1", "content": {"hardware": {"memory": -1}}}'
    answer = _post(negative, secret)
    assert answer.json()["message"] == "“hardware.memory” is below nought: -1."
    names = set(QuarantinedReport.objects.values_list("name", flat=True))
    assert names >= {"abcd-1", AGENT["GLPI-Agent-ID"]}
    assert _post(b'{"action": "deploy", "deviceid": "abcd-1"}', secret).status_code == 400
    assert _post(zlib.compress(b"x" * 70_000_000), secret).status_code == 400
    assert _post(b" " * 5_100_000, secret).status_code == 413
    assert Client().get(AT).status_code == 405


def test_a_token_for_something_else_reports_nothing(secret):
    account = Account.objects.get(username="collector")
    until = timezone.now() + timedelta(days=1)
    owner = Actor(account.pk, None, account.username)
    other = (
        commands()["access.token.add"]
        .carry_out(actor=owner, name="Other", scopes=["places"], expires_at=until)
        .secret
    )
    assert _post(REPORT, other).status_code == 403
    collector = Client().get("/api/people/people", headers={"Authorization": f"Bearer {secret}"})
    assert collector.status_code in (403, 404)
    assert not Item.objects.exists()
