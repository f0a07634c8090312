"""The grid and the proposal page: what they show, what they change, and what they refuse."""

import pytest
from house.actors import stage
from house.confirming import confirmed
from house.factory import make

from meridian.engine.policies import system_actor
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import BudgetVersion, FundingProposal

ACTOR = system_actor("tests")
pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return stage()


@pytest.fixture
def line(house):
    version = commands.add_version(actor=ACTOR, period_kind="year", start_year=2026)
    facts = {"unit": house.here, "fund": "regular_budget", "base_usd": 1000}
    return commands.add_line(actor=ACTOR, budget_version=version, **facts)


def address(version, verb=""):
    return f"/budgets/budget-versions/{version.pk}/{f'do/{verb}' if verb else ''}"


def verb_of(version, name):
    return f"/budgets/budget-versions/{version.pk}/{name}/"


def cells(line, **values):
    given = {
        "base_usd": "1000",
        "technical_usd": "",
        "mandates_usd": "",
        "other_usd": "",
        "change_reason": "",
    }
    return {f"{name}-{line.pk}": value for name, value in (given | values).items()}


def test_the_grid_saves_cells_and_shows_the_sums(house, line):
    version, client = line.budget_version, house.clients["lord"]
    answer = client.post(address(version, "save/"), cells(line, other_usd="(1 200.50)", change_reason="Less"))
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (str(line.change_usd), line.change_reason) == ("-1200.50", "Less")
    page = client.get(address(version)).content.decode()
    assert "(1,200.50)" in page
    assert "Less" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [({"other_usd": "many"}, "“many” is no number"), ({"other_usd": "5"}, "a change needs its reason")],
)
def test_a_faulty_cell_is_named_and_what_was_typed_stays(house, line, values, words):
    answer = house.clients["lord"].post(address(line.budget_version, "save/"), cells(line, **values))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert f'value="{values["other_usd"]}"' in page
    line.refresh_from_db()
    assert line.other_usd == 0


def test_a_paste_of_text_is_taken_in(house, line):
    text = f"{house.here.code}\tregular_budget\t\t70\t\t\t\tLess\n{house.here.code}\textrabudgetary\t\t30"
    answer = house.clients["lord"].post(address(line.budget_version, "paste/"), {"pasted": text})
    assert answer.status_code == 302
    assert sorted(line.budget_version.lines.values_list("base_usd", flat=True)) == [30, 70]


def test_recosting_carrying_and_adopting(house, line):
    version, client = line.budget_version, house.clients["lord"]
    typed = {"inflation_percent": "2", "exchange_percent": "-1", "together": "order"}
    assert f'"{verb_of(version, "recost")}"' in client.get(address(version)).content.decode()
    asked = client.post(verb_of(version, "recost"), typed).content.decode()
    assert "What stands there as their recosting is overwritten." in asked
    said = "Inflation 2%, exchange rates -1%, vacancy of posts 0%; effects that act together: in this order."
    assert said in asked.replace("\u2212", "-")
    line.refresh_from_db()
    assert line.inflation_usd == 0
    beyond = client.post(verb_of(version, "recost"), typed | {"inflation_percent": "-100"})
    assert "A change by -100% can" in beyond.content.decode().replace("\u2212", "-")
    confirmed(client, verb_of(version, "recost"), typed)
    again = client.post(verb_of(version, "recost"), typed).content.decode()
    assert "The recosting that stands there, USD 9.80 in all, is overwritten." in again
    line.refresh_from_db()
    assert (line.inflation_usd, line.exchange_usd) == (20, -10 - line.inflation_usd / 100)
    asked = client.post(verb_of(version, "adopt"))
    assert "The estimates of 1 lines, USD" in asked.content.decode()
    assert not BudgetVersion.objects.filter(adopted_at__isnull=False).exists()
    done = confirmed(client, verb_of(version, "adopt"), follow=True)
    assert "is adopted: 1 lines stand in the ledger" in done.content.decode()
    assert client.post(verb_of(version, "carry"), {"stage": "revised"}).status_code == 302
    assert BudgetVersion.objects.get(stage="revised").lines.count() == 1
    page = client.get(address(version)).content.decode()
    assert "Adopted" in page
    assert "Budget against actual figures" in page
    assert client.post(address(version, "save/"), cells(line, base_usd="5")).status_code == 422


def test_who_may_not_is_refused(house, line):
    version = line.budget_version
    for name, status in (("anonymous", 302), ("stranger", 403), ("auditor", 403)):
        assert house.clients[name].post(verb_of(version, "adopt")).status_code == status, name
    house.clients["elsewhere"].post(address(version, "save/"), cells(line, base_usd="5"))
    line.refresh_from_db()
    assert line.base_usd == 1000
    assert "1000" not in house.clients["stranger"].get(address(version)).content.decode()


def test_a_proposal_goes_its_way_on_its_page(house):
    row = make(FundingProposal, {type(house.here): house.here}, title="Close a room")
    here, client = f"/budgets/funding-proposals/{row.pk}/", house.clients["lord"]
    scores = {"cost_score": "4", "benefit_score": "3", "risk_score": "5"}
    faulty = client.post(f"{here}review/", {"findings": "", **scores})
    assert faulty.status_code == 422
    client.post(f"{here}review/", {"findings": "Sound", **scores})
    client.post(f"{here}submit/")
    confirmed(client, f"{here}decide/", {"decision": "approved", "reason": "Pays back"})
    row.refresh_from_db()
    assert (row.state, row.decision_reason, row.risk_score) == ("approved", "Pays back", 5)
    assert "Pays back" in client.get(here).content.decode()
    assert house.clients["stranger"].get(here).status_code == 403


def test_what_was_agreed_to_is_what_is_done(house, line):
    """Neither a page nor a program adopts other figures than those it was shown."""
    client, version = house.clients["lord"], line.budget_version
    token = client.post(verb_of(version, "adopt")).context["token"]
    seen = client.get(f"/api/budgets/budget-versions/{version.pk}")["ETag"]
    recosted = {
        "inflation_percent": "2",
        "exchange_percent": "0",
        "vacancy_percent": "0",
        "together": "order",
    }
    confirmed(client, verb_of(version, "recost"), recosted)
    assert client.post(verb_of(version, "adopt"), {"confirmation": token}).status_code == 200
    told = {"content_type": "application/json", "headers": {"If-Match": seen}}
    for verb, given in (("adopt", {}), ("recost", {"inflation_percent": 3})):
        assert (
            client.post(f"/api/budgets/budget-versions/{version.pk}/{verb}", given, **told).status_code == 409
        )
    version.refresh_from_db()
    assert version.adopted_at is None


def test_a_line_that_changes_makes_its_version_another(house, line):
    client, address_ = house.clients["lord"], f"/api/budgets/budget-versions/{line.budget_version_id}"
    seen = client.get(address_)["ETag"]
    line_address = f"/api/budgets/budget-lines/{line.pk}"
    changed = client.patch(
        line_address,
        {"other_usd": "5.00", "change_reason": "More."},
        content_type="application/json",
        headers={"If-Match": client.get(line_address)["ETag"]},
    )
    assert changed.status_code == 200
    assert client.get(address_)["ETag"] != seen
