"""What sign-in tells nobody, what a new password ends, and what asks for the password again."""

import datetime
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from house.factory import MAKER
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.commands import Unconfirmed
from meridian.engine.policies import Actor
from meridian.registers.access.commands import add_account, add_token, change_account
from meridian.registers.access.jobs import mail_link
from meridian.registers.access.models import Account, Token
from meridian.registers.access.queries import actor_of, actor_of_token

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "correct horse battery staple", "another long enough phrase"
SIGN_IN, OWN, RESET = "/account/login/", "/account/own/", "/account/password/reset/"
CONFIRM, TOKENS, NEW_TOKEN = "/account/reauthenticate/", "/api/access/api-tokens", "/access/api-tokens/new/"


class Counted(Argon2PasswordHasher):
    """The house's own way to prove passwords, made fast, which counts how often it worked."""

    time_cost, memory_cost, parallelism = 1, 64, 1
    work = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.work += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        Counted.work += 1
        return super().verify(password, encoded)


@pytest.fixture
def account(settings) -> Account:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    return add_account(actor=MAKER, username="amina", email="amina@meridian.example", password=PASSWORD)


def signed_in(password: str = PASSWORD) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": "amina", "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def token_of(account: Account) -> str:
    ends = timezone.now() + datetime.timedelta(days=1)
    return add_token(actor=actor_of(account), name="Program", scopes=["*"], expires_at=ends).secret


def test_the_work_for_a_wrong_password_is_the_same_whoever_is_named(account):
    add_account(actor=MAKER, username="without", email="without@meridian.example")
    closed = add_account(actor=MAKER, username="closed", email="closed@meridian.example", password=PASSWORD)
    change_account(actor=MAKER, row=closed, is_active=False)
    done = {}
    Client().post(SIGN_IN, {"login": "first", "password": "wrong"})
    for name in ("amina", "without", "closed", "nobody"):
        for login in (name, f"{name}@meridian.example"):
            before = Counted.work
            with CaptureQueriesContext(connection) as captured:
                answer = Client().post(SIGN_IN, {"login": login, "password": "wrong"})
            words = re.sub(r'value="[^"]*"', "", answer.content.decode())
            said = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in captured]
            done[login] = (Counted.work - before, len(said), answer.status_code, re.findall("<li.*", words))
    assert {work for work, *_rest in done.values()} == {1}, done
    assert len({str(found) for found in done.values()}) <= 2, done
    for kind in ("{}", "{}@meridian.example"):
        names = ("amina", "without", "closed", "nobody")
        assert len({str(done[kind.format(name)]) for name in names}) == 1, done


def test_asking_for_a_link_looks_nobody_up_and_says_the_same(account):
    found = {}
    for address in ("amina@meridian.example", "nobody@meridian.example"):
        with CaptureQueriesContext(connection) as captured:
            answer = Client().post(RESET, {"email": address})
        found[address] = (len(captured), answer.status_code, answer["Location"])
        assert "access_account" not in str([query["sql"] for query in captured])
    assert len(set(found.values())) == 1, found
    jobs = ProcrastinateJob.objects.filter(task_name="access.mail_link")
    assert [job.args["address"] for job in jobs.order_by("id")] == list(found)
    assert mail.outbox == []
    for address in found:
        mail_link(address)
    assert [letter.to for letter in mail.outbox] == [["amina@meridian.example"]]


def link_in(text: str) -> str:
    return re.search(r"http://[^/\s]+(/account/\S+)", text)[1]


def choose(link: str, password: str):
    client = Client()
    page = client.get(link, follow=True)
    if not page.redirect_chain:
        return page
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_a_link_opens_once_and_for_a_day(account):
    mail_link("AMINA@meridian.example")
    link = link_in(mail.outbox[0].body)
    assert choose(link, "short").status_code == 200
    assert choose(link, NEW).status_code == 302
    assert is_in(signed_in(NEW))
    assert choose(link, PASSWORD).status_code == 200
    assert not is_in(signed_in(PASSWORD))
    mail_link("amina@meridian.example")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        assert choose(link_in(mail.outbox[-1].body), PASSWORD).status_code == 200
    assert not is_in(signed_in(PASSWORD))


def test_a_closed_account_gets_no_link(account):
    change_account(actor=MAKER, row=account, is_active=False)
    mail_link("amina@meridian.example")
    assert mail.outbox == []


def test_a_new_password_ends_sessions_and_tokens(account):
    here, elsewhere, secret = signed_in(), signed_in(), token_of(account)
    assert actor_of_token(secret).known
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/change/", given).status_code == 302
    assert not actor_of_token(secret).known
    assert not is_in(elsewhere)
    assert is_in(signed_in(NEW))


def test_a_password_chosen_by_the_link_ends_sessions_and_tokens(account):
    elsewhere, secret = signed_in(), token_of(account)
    mail_link("amina@meridian.example")
    assert choose(link_in(mail.outbox[0].body), NEW).status_code == 302
    assert not actor_of_token(secret).known
    assert not is_in(elsewhere)


def test_a_token_asks_for_the_password_again_on_the_page_and_in_the_interface(account):
    client = signed_in()
    wanted = {"name": "Program", "scopes": ["*"], "expires_at": "2026-12-20T00:00:00Z"}
    assert client.get(NEW_TOKEN)["Location"] == f"{CONFIRM}?next={NEW_TOKEN}"
    assert client.post(NEW_TOKEN, {"name": "Program"})["Location"] == f"{CONFIRM}?next={NEW_TOKEN}"
    refused = client.post(TOKENS, wanted, content_type="application/json")
    assert (refused.status_code, refused.json()["detail"][:24]) == (403, "Give your password again")
    assert not Token.objects.exists()

    assert client.post(CONFIRM, {"password": PASSWORD, "next": NEW_TOKEN})["Location"] == NEW_TOKEN
    assert client.get(NEW_TOKEN).status_code == 200
    ends = timezone.now() + datetime.timedelta(days=1)
    made = client.post(TOKENS, wanted | {"expires_at": ends.isoformat()}, content_type="application/json")
    assert made.status_code == 201, made.content
    actor = Actor(account.pk, None, "amina", confirmed=False)
    with pytest.raises(Unconfirmed):
        add_token(actor=actor, name="More", scopes=["*"], expires_at=ends)


@pytest.mark.parametrize(
    "address",
    [
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/generate/",
    ],
)
def test_a_further_way_in_asks_for_the_password_again(account, address):
    client = signed_in()
    for answer in (client.get(address), client.post(address, {})):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, CONFIRM)
    assert not Authenticator.objects.exists()


def test_nobody_takes_an_address_for_the_own_account(account):
    client = signed_in()
    taken = {"action_add": "", "email": "chief@meridian.example"}
    assert client.post("/account/email/", taken).status_code == 404
    assert client.get("/account/email/").status_code == 404
