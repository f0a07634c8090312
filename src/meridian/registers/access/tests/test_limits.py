"""Wrong passwords are counted by place and account, behind proxies too, and lock nobody out for good."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from house.factory import MAKER

from meridian.registers.access import attempts
from meridian.registers.access.commands import add_account
from meridian.registers.access.jobs import mail_link
from meridian.registers.access.models import Account
from meridian.registers.access.network import client_address, network_of

PASSWORD = "correct horse battery staple"
SIGN_IN, OWN, PROXY = "/account/login/", "/account/own/", "127.0.0.1"
OFFICE, HOME, ELSEWHERE = "198.51.100.7", "2001:db8:5:6::1", "203.0.113.50"
LOCKED = "Too many wrong passwords"


@pytest.fixture
def account(db, settings) -> Account:
    # What is proven here does not depend on how slow a digest is.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return add_account(actor=MAKER, username="amina", email="amina@meridian.example", password=PASSWORD)


def at(address: str) -> Client:
    """A new browser at an address, behind the house's own proxy."""
    return Client(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=address)


def words_after(client: Client, password: str, login: str = "amina", **more: str) -> str:
    """What the page says after a try; empty when it opened."""
    answer = client.post(SIGN_IN, {"login": login, "password": password}, **more)
    if answer.status_code == 302:
        return ""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def guess(client: Client, times: int, login: str = "amina") -> None:
    for _ in range(times):
        assert words_after(client, "wrong", login)


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        ("10.0.0.2", "10.0.0.7", "10.0.0.7"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("10.0.0.2", "198.51.100.7, nonsense", "10.0.0.2"),
        ("10.0.0.2", "198.51.100.7:4711", "198.51.100.7"),
        ("::ffff:10.0.0.2", "[2001:db8::7]:443", "2001:db8::7"),
        ("2001:db8:0:1::1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),
    ],
)
def test_an_address_is_believed_as_far_as_trusted_proxies_wrote_it(peer, forwarded, found):
    trusted = [ip_network("10.0.0.0/8"), ip_network("2001:db8:0:1::/64")]
    assert client_address(peer, forwarded, trusted) == found


def test_a_network_is_an_address_or_the_half_that_a_household_gets():
    assert network_of("198.51.100.7") == "198.51.100.7"
    assert network_of("2001:db8::1") == network_of("2001:db8:0:0:ffff::9") == "2001:db8::/64"
    assert network_of("::ffff:198.51.100.7") == "198.51.100.7"


def test_a_house_behind_its_proxy_is_not_locked_out_by_one_who_guesses(account):
    guess(at(ELSEWHERE), 30)
    assert LOCKED in words_after(at(ELSEWHERE), PASSWORD)
    assert words_after(at(OFFICE), PASSWORD) == ""


def test_who_invents_a_place_to_come_from_is_counted_at_the_real_one(account):
    for number in range(5):
        stranger = Client(REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        assert words_after(stranger, "wrong")
    assert LOCKED in words_after(Client(REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR="192.0.2.99"), PASSWORD)
    for number in range(5):
        assert words_after(at(f"192.0.2.{number}, {OFFICE}"), "wrong")
    assert LOCKED in words_after(at(f"192.0.2.99, {OFFICE}"), PASSWORD)


def test_a_household_is_one_place_however_many_addresses_it_has(account):
    for number in range(5):
        guess(at(f"2001:db8:5:6::{number:x}"), 1)
    assert LOCKED in words_after(at(HOME), PASSWORD)
    assert words_after(at("2001:db8:5:7::1"), PASSWORD) == ""


def test_a_place_that_tries_one_password_on_many_accounts_is_slowed(account):
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(attempts.OF_A_NETWORK.most + 1):
            words = words_after(at(ELSEWHERE), "wrong", f"somebody{number}")
    assert LOCKED in words
    assert words_after(at(OFFICE), PASSWORD) == ""


def test_who_is_locked_out_waits_minutes_and_not_for_ever(account):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        guess(at(ELSEWHERE), 5)
        assert LOCKED in words_after(at(ELSEWHERE), PASSWORD)
    with time_machine.travel(now + datetime.timedelta(seconds=61), tick=False):
        assert words_after(at(ELSEWHERE), PASSWORD) == ""


def test_a_stranger_from_everywhere_locks_out_neither_a_known_browser_nor_the_link_by_mail(account):
    known = at(OFFICE)
    assert words_after(known, PASSWORD) == ""
    known.post("/account/logout/")
    for number in range(attempts.OF_AN_ACCOUNT.most + 1):
        words = words_after(at(f"203.0.113.{number}"), "wrong")
    assert LOCKED in words
    assert LOCKED in words_after(at(HOME), PASSWORD)
    assert words_after(known, PASSWORD) == ""

    mail_link("amina@meridian.example")
    link = re.search(r"http://[^/\s]+(/account/\S+)", mail.outbox[0].body)[1]
    new, elsewhere = "another long enough phrase", at(HOME)
    form = elsewhere.get(link, follow=True).redirect_chain[-1][0]
    assert elsewhere.post(form, {"password1": new, "password2": new}).status_code == 302
    assert words_after(elsewhere, new) == ""


def test_a_known_browser_guesses_no_more_than_a_person_would(account):
    known = at(OFFICE)
    assert words_after(known, PASSWORD) == ""
    known.post("/account/logout/")
    guess(known, attempts.AT_A_DEVICE.most)
    assert LOCKED in words_after(known, PASSWORD)


def test_a_browser_known_for_one_account_is_a_stranger_to_another(account):
    add_account(actor=MAKER, username="eve", password=PASSWORD)
    known = at(OFFICE)
    assert words_after(known, PASSWORD, "eve") == ""
    known.post("/account/logout/")
    guess(known, 5)
    assert LOCKED in words_after(known, PASSWORD)
    assert words_after(known, PASSWORD, "eve") == ""


def test_an_unknown_name_is_locked_at_the_same_try_and_in_the_same_words(account):
    for login in ("amina", "amina@meridian.example", "nobody", "nobody@meridian.example"):
        heard = [words_after(at(OFFICE), "wrong", login).replace(login, "NAME") for _ in range(7)]
        assert [LOCKED in words for words in heard] == [False] * 5 + [True] * 2, login
        connection.cursor().execute("DELETE FROM access_attempt WHERE key LIKE 'net:%'")


def test_a_right_password_counts_for_nothing(account):
    for _ in range(12):
        assert words_after(at(OFFICE), PASSWORD) == ""


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_in_many_processes_are_counted_each(seeded):
    def one_more(_number: int) -> bool:
        try:
            return attempts.take(RequestFactory().post(SIGN_IN, REMOTE_ADDR=OFFICE), "amina") is not None
        finally:
            connection.close()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_attempt")
    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one_more, range(36))) == attempts.AT_A_NETWORK.most


def test_what_allows_everything_again_is_forgotten(account):
    guess(at(OFFICE), 1)
    assert attempts.forget_drained() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False):
        assert attempts.forget_drained() == 3
