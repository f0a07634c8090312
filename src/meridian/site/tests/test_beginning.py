"""How a house of one's own begins: its first operator, its mail, and nobody with a printed password."""

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from house.factory import make

from meridian.site import doctor
from meridian.site.cli import tree
from meridian.site.demo.roles import PASSWORD as PRINTED
from meridian.site.faults import fault_from
from meridian.site.mail import OwnersFiles

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "correct horse battery staple", "another long enough phrase"
SIGN_IN, OWN = "/account/login/", "/account/own/"


def signed_in(login: str, password: str) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": login, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def test_a_printed_password_opens_in_the_demo_alone_and_the_doctor_names_it(settings):
    make(get_user_model(), username="agent", person=None, password=make_password(PRINTED))
    assert not is_in(signed_in("agent", PRINTED))
    finding = doctor._demo_accounts()
    assert (finding.state, finding.found.split()[0]) == (doctor.WARNING, "agent")
    settings.REFUSED_PASSWORDS = frozenset()
    assert is_in(signed_in("agent", PRINTED))


def test_a_session_begun_in_the_demo_ends_with_it_and_the_doctor_says_so(settings):
    make(get_user_model(), username="agent", person=None, password=make_password(PRINTED))
    refused, settings.REFUSED_PASSWORDS = settings.REFUSED_PASSWORDS, frozenset()
    client = signed_in("agent", PRINTED)
    assert is_in(client)
    settings.REFUSED_PASSWORDS = refused
    assert not is_in(client)
    settings.REFUSED_PASSWORDS = frozenset()
    assert not is_in(client)
    assert "sessions, tokens and passkeys begun under it end with it" in doctor._demo_accounts().found


def test_nobody_chooses_a_printed_password(settings):
    make(get_user_model(), username="amina", person=None, password=make_password(PASSWORD))
    given = {"oldpassword": PASSWORD, "password1": PRINTED, "password2": PRINTED}
    assert signed_in("amina", PASSWORD).post("/account/password/change/", given).status_code == 200
    assert is_in(signed_in("amina", PASSWORD))


def test_mail_in_files_is_its_owners_alone(tmp_path):
    folder = tmp_path / "mail"
    letter = mail.EmailMessage("A link", "opens an account", to=["amina@meridian.example"])
    letter.connection = OwnersFiles(file_path=str(folder))
    letter.send()
    (file,) = folder.iterdir()
    assert (mode_of(folder), mode_of(file)) == (0o700, 0o600)
    assert b"opens an account" in file.read_bytes()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def link_in(text: str) -> str:
    return re.search(r"http://[^/\s]+(/account/\S+)", text)[1]


def choose(link: str, password: str):
    client = Client()
    page = client.get(link, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


class Awake:
    """The root of the command line in a test: its database is there."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        pass


def shell(*words: str):
    return CliRunner().invoke(tree(), ["account", *words], obj=Awake())


def test_a_house_without_the_demo_gets_its_first_operator():
    made = shell("create", "amina", "--email", "amina@meridian.example", "--role", "operator")
    assert made.exit_code == 0, made.output
    assert not is_in(signed_in("amina", PASSWORD))
    assert choose(link_in(made.output), PASSWORD).status_code == 302
    client = signed_in("amina", PASSWORD)
    assert client.get("/access/accounts/new/").status_code == 200
    assert client.get("/operation/jobs/").status_code == 200

    again = shell("create", "Amina", "--email", "other@meridian.example", "--role", "operator")
    assert (again.exit_code, "meridian account link" in again.output) == (1, True)
    renewed = shell("link", "amina")
    assert choose(link_in(renewed.output), NEW).status_code == 302
    assert is_in(signed_in("amina", NEW))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "ben", "--email", "ben@meridian.example", "--role", "operatr"), "operator"),
        (("create", "ben", "--email", "no address"), "email"),
        (("create", "ben", "--email", "AMINA@meridian.example"), "Another account has this address"),
        (("link", "nobody"), "no open account"),
    ],
)
def test_an_account_that_can_not_be_made_is_refused_in_words_and_whole(words, sentence):
    make(get_user_model(), username="amina", email="amina@meridian.example", person=None)
    refused = shell(*words)
    assert refused.exit_code == 1
    # What a command refuses is told by the console, which this runner is not.
    told = fault_from(refused.exception)
    assert sentence in (str(told) if told else refused.output)
    assert get_user_model().objects.count() == 1
