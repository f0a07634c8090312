"""The pages of the portfolio: what they show, to whom, and what their buttons do."""

import json
import re

import pytest
from click.testing import CliRunner
from house.actors import stage
from house.confirming import confirmed
from house.factory import MAKER, make

from meridian.steering.portfolio.cli import select_portfolio
from meridian.steering.portfolio.commands import GATE_COMMANDS
from meridian.steering.portfolio.models import BenefitLine, CostLine, Option, Proposal, Selection

Unit = Proposal._meta.get_field("unit").related_model


@pytest.fixture
def house():
    return stage()


@pytest.fixture
def proposal(house):
    made = make(Proposal, {Unit: house.here}, case={"en": "Because <b>it</b> pays"}, name={"en": "Print"})
    option = make(Option, proposal=made, is_preferred=True)
    make(CostLine, option=option, low_usd=90_000, mode_usd=100_000, high_usd=130_000)
    make(BenefitLine, option=option, low_usd_per_year=50_000, high_usd_per_year=70_000)
    return made


@pytest.mark.django_db
def test_a_proposal_is_read_and_decided_on_its_page(house, proposal):
    client = house.clients["right"]
    address = f"/portfolio/proposals/{proposal.pk}/"
    text = client.get(address).content.decode()
    assert "Because &lt;b&gt;it&lt;/b&gt; pays" in text
    assert 'class="total"' in text
    assert "style=" not in text
    assert house.clients["elsewhere"].get(address).status_code == 404
    assert house.clients["auditor"].post(f"{address}submit/").status_code == 403
    client.post(f"{address}submit/", {"on": "2026-03-05"})
    refused = client.post(f"{address}refuse/", {"on": "2026-03-05"})
    assert "Say why" in refused.content.decode()
    bad_day = client.post(f"{address}approve/", {"on": "soon"})
    assert "“soon” is no date" in bad_day.content.decode()
    assert confirmed(client, f"{address}approve/").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.project.unit) == ("project", house.here)
    page = client.get(f"/projects/projects/{proposal.project.pk}/").content.decode()
    assert "First day on which it counts" in page


@pytest.mark.django_db
def test_the_portfolio_is_chosen_with_proof_and_kept(house, proposal):
    client = house.clients["right"]
    assert "Nothing is chosen yet" in client.get("/portfolio/overview/").content.decode()
    assert client.post("/portfolio/choose/").status_code == 302
    kept = Selection.objects.get()
    assert (kept.status, kept.unit, kept.bound_usd) == ("proven", house.here, kept.value_usd)
    text = client.get("/portfolio/overview/").content.decode()
    assert "Proven" in text
    assert 'class="chosen"' in text
    assert "style=" not in text
    assert house.clients["stranger"].get("/portfolio/overview/").status_code == 403
    assert house.clients["auditor"].post("/portfolio/choose/").status_code == 403


@pytest.mark.django_db
def test_a_project_under_way_is_never_left_out(house, proposal):
    GATE_COMMANDS["submit"](actor=MAKER, row=proposal)
    GATE_COMMANDS["approve"](actor=MAKER, row=Proposal.objects.get())
    house.clients["right"].post("/portfolio/choose/")
    assert "can&#x27;t be left out" in house.clients["right"].get("/portfolio/overview/").content.decode()


def test_the_shell_chooses_from_a_file(tmp_path):
    cost = {"fund": "regular", "object": "staff", "period": "2026", "amount": "100.50"}
    content = {
        "choices": [{"project": "A", "value": "300.25", "costs": [cost]}],
        "ceilings": [{"fund": "regular", "amount": 200}],
    }
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps(content))
    told = CliRunner().invoke(select_portfolio, ["--file", str(path), "--json"])
    answer = json.loads(told.stdout)
    assert (answer["status"], answer["value"], answer["cost"]) == ("proven", "300.25", "100.50")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ceilings": [{"fund": "regular", "amount": "much"}]}, r"ceilings\[0\] has 'much' as amount"),
        ({"requires": [["A", "B"]]}, "no choice belongs to the project B"),
        ({"choices": []}, "no list “choices”"),
        ({"choices": [{"project": "A", "value": "1"}] * 2}, "A/1 is given twice"),
        ({"requires": [["A", "A"]]}, "circle: A → A"),
        ({"choices": [{"project": "A", "value": "0.001"}]}, "more decimals"),
    ],
)
def test_a_faulty_file_is_refused_in_one_sentence(tmp_path, change, sentence):
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps({"choices": [{"project": "A", "value": "1"}]} | change))
    told = CliRunner().invoke(select_portfolio, ["--file", str(path)])
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: ")
    assert re.search(sentence, told.stderr)
