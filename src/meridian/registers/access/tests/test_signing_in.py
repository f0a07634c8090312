"""Signing in by password and by a second factor, and ending it from elsewhere."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from house.actors import stage
from house.factory import MAKER

from meridian.engine.audit.models import Change, Entry
from meridian.registers.access.commands import add_account
from meridian.registers.access.jobs import mail_link
from meridian.registers.access.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
SIGN_IN, CODE, OWN = "/account/login/", "/account/2fa/authenticate/", "/account/own/"
ACTIVATE = "/account/2fa/totp/activate/"


@pytest.fixture
def account(settings) -> Account:
    cache.clear()
    # What is proven here does not depend on how slow a digest is.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return add_account(
        actor=MAKER, username="amina", email="amina@meridian.example", password=PASSWORD, language="en"
    )


def sign_in(client: Client, login: str = "amina", password: str = PASSWORD):
    return client.post(SIGN_IN, {"login": login, "password": password})


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def code_now(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.mark.parametrize("login", ["amina", "amina@meridian.example"])
def test_a_password_opens_by_name_or_by_mail(account, login):
    client = Client()
    assert not is_in(client)
    answer = sign_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_alike(account):
    wrong = sign_in(Client(), password="wrong").content.decode()
    unknown = sign_in(Client(), login="nobody", password="wrong").content.decode()
    assert "alert" in wrong or "errors" in wrong or "wrong" in wrong
    assert wrong.count("<li") == unknown.count("<li")
    Account.objects.get().check_password(PASSWORD)


def test_an_entry_of_signing_in_names_the_account_and_holds_no_secret(account):
    client = Client()
    sign_in(client)
    entry = Entry.objects.get(command="access.account.sign_in")
    assert (entry.actor_id, entry.channel) == (account.pk, "page")
    assert "amina" in entry.actor_label
    assert account.password not in str(list(Change.objects.values()))


def test_the_page_of_a_signing_in_shows_whose_it_is_and_no_bare_number(account):
    client = Client()
    sign_in(client)
    entry = Entry.objects.get(command="access.account.sign_in")
    page = stage().clients["lord"].get(f"/audit/audit-entries/{entry.pk}/").content.decode()
    shown = re.search(r"<dt[^>]*>\s*Account\s*</dt>\s*<dd[^>]*>(.*?)</dd>", page, re.S)[1]
    assert "amina" in shown
    assert f'href="/access/accounts/{account.pk}/"' in shown


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (SIGN_IN, {"login": "amina", "password": "wrong"}),
        (SIGN_IN, {"login": "nobody", "password": "wrong"}),
        (SIGN_IN, {}),
        ("/account/password/reset/", {"email": "amina@meridian.example"}),
        ("/account/password/reset/", {"email": "nobody@meridian.example"}),
        ("/account/signup/", {"username": "eve", "email": "eve@meridian.example", "password1": PASSWORD}),
        ("/account/logout/", {}),
        (CODE, {"code": "000000"}),
        (OWN, {"language": "fr"}),
        ("/account/nowhere/", {}),
    ],
)
def test_whoever_is_not_signed_in_writes_no_trail(account, address, fields):
    before = Entry.objects.count()
    Client().post(address, fields)
    assert Entry.objects.count() == before


REFUSED = [
    ("/account/reauthenticate/", {"password": "wrong"}),
    ("/account/password/change/", {"oldpassword": "wrong", "password1": "x", "password2": "y"}),
    ("/account/2fa/totp/activate/", {"code": "000000"}),
    (OWN, {"zone": "Mars/Olympus"}),
    ("/account/nowhere/", {}),
    ("/account/email/", {"action_add": "", "email": "eve@meridian.example"}),
]


@pytest.mark.parametrize(("address", "fields"), REFUSED)
def test_what_is_refused_to_whoever_is_signed_in_writes_no_trail(account, address, fields):
    """Wrong, unknown, too often and without the token of the form alike."""
    client, forged = Client(), Client(enforce_csrf_checks=True)
    sign_in(client)
    forged.cookies = client.cookies
    before = Entry.objects.count()
    for _ in range(8):
        assert client.post(address, fields).status_code != 500
    assert forged.post(address, fields).status_code in (403, 404)
    assert Entry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_done_to_ways_of_signing_in_is_an_entry_of_its_own_name(seeded, account):
    """In transactions that are committed: the sign-in library tells of some deeds only then."""
    client = Client()
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    assert client.post(ACTIVATE, {"code": code_now(secret)}).status_code == 302
    client.post("/account/2fa/totp/deactivate/", {})
    client.post("/account/logout/")
    written = Entry.objects.filter(actor_id=account.pk).order_by("id").values_list("command", "reason")
    assert {("access.account.add_factor", "totp"), ("access.account.remove_factor", "totp")} <= set(written)
    assert written[len(written) - 1][0] == "access.account.sign_out"


def test_a_password_by_a_mailed_link_is_an_entry_of_that_account(account):
    client = Client()
    client.post("/account/password/reset/", {"email": account.email})
    mail_link(address=account.email)
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link)
    new = "another long enough phrase"
    client.post(page["Location"], {"password1": new, "password2": new})
    assert Entry.objects.order_by("-id")[0].actor_id == account.pk
    account.refresh_from_db()
    assert account.check_password(new)


def test_a_digest_out_of_date_is_made_anew_at_sign_in_under_an_entry_of_the_account(account, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    client = Client()
    sign_in(client)
    assert is_in(client)
    assert Entry.objects.get(command="access.account.renew_digest").actor_id == account.pk


def with_second_factor(client: Client) -> str:
    """Sign in, give the password once more and activate a second factor; its secret."""
    sign_in(client)
    assert client.get(ACTIVATE)["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    answer = client.post(ACTIVATE, {"code": code_now(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_with_a_second_factor_the_password_alone_opens_nothing(account):
    secret = with_second_factor(Client())
    client = Client()
    assert CODE in sign_in(client)["Location"]
    assert not is_in(client)
    client.post(CODE, {"code": "000000"})
    assert not is_in(client)
    client.post(CODE, {"code": code_now(secret, 1)})
    assert is_in(client)


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_code_is_good_for_one_step_before_and_after(account, steps, opens):
    with time_machine.travel("2026-03-01T12:00:10Z", tick=False):
        secret = with_second_factor(Client())
        client = Client()
        sign_in(client)
        client.post(CODE, {"code": code_now(secret, steps)})
        assert is_in(client) is opens


def test_a_code_opens_once_for_as_long_as_it_is_good(account):
    with time_machine.travel("2026-03-01T12:00:10Z", tick=False) as clock:
        secret = with_second_factor(Client())
        code = code_now(secret, 1)
        opened = []
        for seconds in (0, 1, 40):
            clock.shift(seconds)
            client = Client()
            sign_in(client)
            client.post(CODE, {"code": code})
            opened.append(is_in(client))
    assert opened == [True, False, False]


def test_a_recovery_code_opens_once(account):
    with_second_factor(Client())
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert len(codes) >= 8
    for expected in (True, False):
        client = Client()
        sign_in(client)
        client.post(CODE, {"code": codes[0]})
        assert is_in(client) is expected


def test_a_session_ended_elsewhere_is_over_at_once(account):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client)
        assert is_in(client)
    assert UserSession.objects.filter(user=account).count() == 2
    assert here.get("/account/sessions/").status_code == 200
    assert here.post("/account/sessions/").status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_a_new_password_ends_the_other_sessions(account):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client)
    new = "another long enough phrase"
    answer = here.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert not is_in(elsewhere)
    client = Client()
    sign_in(client, password=new)
    assert is_in(client)


def test_nobody_signs_up(account):
    before = Account.objects.count()
    fields = {"username": "eve", "email": "eve@meridian.example", "password1": PASSWORD}
    assert Client().post("/account/signup/", fields).status_code in (200, 302, 403, 404)
    assert Account.objects.count() == before


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_a_foreign_address(account, target):
    answer = Client().post(
        f"{SIGN_IN}?next={target}", {"login": "amina", "password": PASSWORD, "next": target}
    )
    assert "evil" not in answer["Location"]
    assert not answer["Location"].startswith("javascript")
