"""An account in a zone that nobody knows: refused on every way in, and no page fails for it."""

import pytest
from house.actors import signed_in
from house.factory import MAKER, make
from house.seeds import tampering

from meridian.engine.commands import Refusal
from meridian.registers.access.commands import add_account, change_account, prefer
from meridian.registers.access.models import Account, Holding, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    account = make(Account, username="traveller")
    role = make(Role, code="keeper", permissions=["access"])
    make(Holding, account=account, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    return account


@pytest.mark.parametrize(("field", "value"), [("zone", "Mars/Olympus"), ("language", "tlh")])
def test_no_command_form_or_interface_sets_a_zone_or_language_that_is_not_known(account, field, value):
    for carry_out in (change_account, prefer):
        with pytest.raises(Refusal) as refused:
            carry_out(actor=MAKER, row=account, **{field: value})
        assert refused.value.field == field
    with pytest.raises(Refusal):
        add_account(actor=MAKER, username="another", **{field: value})
    client = signed_in(account)
    if field == "zone":
        answer = client.post("/account/own/", {"zone": value, "theme": "system"})
        assert answer.status_code == 422
        assert "Did you mean" in answer.content.decode()
    account.refresh_from_db()
    assert (account.zone, account.language) == ("UTC", "en")


def test_an_account_whose_zone_is_not_known_reads_every_page_in_utc_and_is_told(account):
    with tampering() as cursor:
        cursor.execute("UPDATE access_account SET zone = 'Mars/Olympus' WHERE id = %s", [account.pk])
    client = signed_in(account)
    for path in ("/account/own/", "/access/accounts/", "/portal/", "/search/?q=x"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "Mars/Olympus" in answer.content.decode(), path
        assert "UTC" in answer.content.decode()
    assert client.get("/api/access/accounts").status_code in (200, 403)
    client.post("/account/own/", {"zone": "Africa/Nairobi", "theme": "system"})
    assert "Mars/Olympus" not in client.get("/portal/").content.decode()
