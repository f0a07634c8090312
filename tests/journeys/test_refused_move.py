"""Whoever moves a row to where they have no right is told at the field, and loses nothing that was typed."""

import pytest
from house.entering import let_in
from house.factory import make

from meridian.holdings.inventory.models import Server
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.organisation.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(seeded) -> Server:
    here, _elsewhere = (make(Unit, code=code, name={"en": name}) for code, name in WHERE)
    account = make(Account, username="mover")
    role = make(Role, code="mover", permissions=["inventory"])
    make(Holding, account=account, role=role, unit=here, starts_at="2020-01-01T00:00Z")
    return make(Server, {Unit: here}, code="SRV-1", name="First", unit=here)


WHERE = (("HERE", "Here"), ("AWAY", "Elsewhere"))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_refused_move_is_told_at_its_field_and_keeps_what_was_typed(
    chromium, served_house, server, scripts
):
    context = chromium.new_context(base_url=served_house, locale="en", java_script_enabled=scripts)
    page = context.new_page()
    let_in(page, Account.objects.get(username="mover"), served_house)
    page.goto(f"/inventory/servers/{server.pk}/edit/")
    page.get_by_label("Name").fill("Renamed meanwhile")
    unit = page.locator("[name=unit]")
    away = Unit.objects.get(code="AWAY")
    if unit.evaluate("input => input.tagName") == "SELECT":
        unit.select_option(str(away.pk))
    else:
        unit.fill("AWAY · Elsewhere")
    typed = unit.input_value()
    page.locator("form .form-end button, form button[type=submit]").last.click()

    error = page.locator(".field:has([name=unit]) .error")
    assert "outside of the units in your charge" in error.inner_text()
    assert unit.get_attribute("aria-invalid") == "true"
    assert error.get_attribute("id") in (unit.get_attribute("aria-describedby") or "")
    assert unit.input_value() == typed
    assert page.get_by_label("Name").input_value() == "Renamed meanwhile"
    assert page.locator("[role=alert] a").get_attribute("href") == f"#{unit.get_attribute('id')}"
    context.close()
    server.refresh_from_db()
    assert (server.name, server.unit.code) == ("First", "HERE")
