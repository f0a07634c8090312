"""Every figure that carries a proof is the one that is recomputed; a proof shows nobody else's rows."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from house.actors import Stage, signed_in, stage
from house.factory import make
from house.figures import charts_without_table, handles, marks_without_words, program, without_proof
from house.jobs import react

import meridian
from meridian.engine.modules.registry import proofs
from meridian.engine.policies import policy_of, system_actor
from meridian.engine.records import permitted_rows
from meridian.engine.resources import resources
from meridian.engine.tables.catalogue import Dataset
from meridian.engine.values import url_of
from meridian.holdings.applications.models import Application
from meridian.holdings.facilities.models import Facility
from meridian.holdings.inventory.models import Server, Workstation
from meridian.holdings.services.models import Service
from meridian.insight.reports.commands import add_report, load_folder
from meridian.insight.reports.queries import dataset_of, offers
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.facade import ensure_root
from meridian.registers.organisation.models import Unit
from meridian.steering.budgets import commands as budgets
from meridian.steering.portfolio.models import BenefitLine, CostLine, Option, Proposal
from meridian.steering.staffing.models import (
    DriverAmount,
    JobTitle,
    Post,
    StaffingNorm,
    StandardCost,
    VacancyRate,
)
from meridian.steering.staffing.models import Role as StaffingRole
from meridian.steering.staffing.offers import load_posts
from meridian.work.changes.models import Change
from meridian.work.contacts.models import Contact
from meridian.work.knowledge.commands import note
from meridian.work.knowledge.testing import published
from meridian.work.majors.models import MajorIncident
from meridian.work.projects.models import Project, Task
from meridian.work.service_status.models import Disruption
from meridian.work.servicedesk import facade as desk_verbs
from meridian.work.servicedesk.testing import small_desk, some_item
from meridian.work.surveys.models import Answer, Invitation

ACTOR = system_actor("tests")
DATA = Path(meridian.__file__).parent / "steering" / "budgets" / "data"
# Pages that let in who sees the rows themselves.
WHOLLY_OF_ROWS = {"staffing.post.view", "portfolio.proposal.view", "changes.change.view"}
# Tried by tests/test_first_pages.py, on the page of each kind of person.
ON_FIRST_PAGES = {"agentdesk", "proof"}
# Rows of the trail are written by the database alone.
MADE_BY_NOBODY = {"audit.entry", "audit.change"}
SECRET = "Behind the curtain"


def world(house: Stage) -> str:
    desk = small_desk()
    for place in range(3):
        some_item(desk, title=f"{SECRET} {place}")
    return "/world/"


def desks(house: Stage) -> str:
    desk = small_desk()
    for language in ("en", "en", "fr"):
        some_item(desk, title=SECRET, language=language)
    return "/desk-figures/?by=language"


def called(house: Stage) -> str:
    """Two who telephoned some days ago, one of them helped at once."""
    began = timezone.now() - timedelta(days=5)
    for outcome in ("solved", "opened"):
        ended = {"began_at": began, "ended_at": began + timedelta(minutes=5)}
        make(Contact, outcome=outcome, **ended)
    return "/contacts/figures/"


def changed(house: Stage) -> str:
    now = timezone.now()
    for outcome in ("successful", "successful", "failed"):
        made = {"title": SECRET, "outcome": outcome, "state": "review"}
        make(Change, opened_at=now - timedelta(days=3), completed_at=now - timedelta(hours=1), **made)
    return "/changes/today/"


def budget(house: Stage) -> str:
    version = budgets.add_version(actor=ACTOR, period_kind="year", start_year=2026)
    for fund, amount in (("regular_budget", "1000.25"), ("peacekeeping", "-20")):
        facts = {"unit": house.here, "fund": fund, "base_usd": Decimal(amount)}
        budgets.add_line(actor=ACTOR, budget_version=version, **facts)
    budgets.adopt_version(actor=ACTOR, row=version)
    return f"/budgets/budget-versions/{version.pk}/?fund=regular_budget"


def posts(house: Stage) -> str:
    ensure_root(actor=ACTOR)
    load_posts(DATA / "baseline_2010", Dataset("aaaabbbb", "baseline_2010"), ACTOR)
    return "/staffing/table/?on=2010-12-31"


def portfolio(house: Stage) -> str:
    unit = Proposal._meta.get_field("unit").related_model
    made = make(Proposal, {unit: house.here}, name={"en": SECRET})
    option = make(Option, proposal=made, is_preferred=True)
    make(CostLine, option=option, low_usd=1_090_000, mode_usd=1_150_000, high_usd=1_300_000)
    make(BenefitLine, option=option, low_usd_per_year=2_500_000, high_usd_per_year=2_700_000)
    house.clients["lord"].post("/portfolio/choose/")
    return "/portfolio/overview/"


def appraised(house: Stage) -> str:
    """The page of a proposal of which every figure can be told, with costs and benefits."""
    unit = Proposal._meta.get_field("unit").related_model
    made = make(Proposal, {unit: house.here}, name={"en": SECRET}, years_appraised=6)
    option = make(Option, proposal=made, is_preferred=True)
    for low in (1_000_000, 300_000):
        make(CostLine, option=option, low_usd=low, mode_usd=low * 2, high_usd=low * 3)
    make(BenefitLine, option=option, low_usd_per_year=2_500_000, high_usd_per_year=2_700_000)
    return f"/portfolio/proposals/{made.pk}/"


def project(house: Stage) -> str:
    made = make(Project, {Unit: house.here}, name={"en": "Move the mail"})
    for code, done in (("1", 100), ("2", 40)):
        facts = {"budget_usd": Decimal("1234567.50"), "spent_usd": Decimal("700000.25"), "percent_done": done}
        make(Task, project=made, code=code, name={"en": SECRET}, **facts)
    proposal = make(Proposal, {Unit: house.here}, name={"en": "Mail"}, project=made, state="project")
    option = make(Option, proposal=proposal, is_preferred=True)
    make(BenefitLine, option=option, low_usd_per_year=2_500_000, high_usd_per_year=2_700_000)
    return f"/projects/projects/{made.pk}/"


def knowledge(house: Stage) -> str:
    """Something asked in vain, and an article that was shown, read and said to solve it."""
    desk = small_desk()
    article = published(desk.agent, desk.lead, {"en": (SECRET, SECRET)})
    found = [article.revisions.get()]
    note(actor=ACTOR, way="asked", asking=uuid4(), words="a badge")
    asking = uuid4()
    note(actor=ACTOR, way="asked", asking=asking, words="curtain", found=found)
    for way in ("read", "solved"):
        note(actor=ACTOR, way=way, asking=asking, found=found)
    return "/knowledge/keeping/"


def surveys(house: Stage) -> str:
    """Enough answers about requests of this month for their number to be shown."""
    for _turn in range(6):
        invitation = make(Invitation, sent_at=timezone.now())
        make(Answer, invitation=invitation, text=SECRET)
    return "/surveys/results/"


def disrupted(house: Stage) -> str:
    """A service that was down for an hour, two days ago."""
    started = timezone.now() - timedelta(days=2)
    service = make(Service, code="telegraph", state="live")
    major = make(MajorIncident, subject={"en": SECRET})
    until = started + timedelta(hours=1)
    make(Disruption, major=major, service=service, level="outage", starts_at=started, ends_at=until)
    return "/status/telegraph/"


def staffed(page: str) -> Callable[[Stage], str]:
    """A page of an establishment with a post, its norm and its costs."""

    def prepare(house: Stage) -> str:
        role = make(StaffingRole)
        make(StaffingNorm, role=role, driver="users", per_post=100, minimum_posts=2)
        post = make(Post, title=make(JobTitle, role=role))
        make(
            DriverAmount, establishment=post.establishment, driver="users", amount=250, starts_on="2020-01-01"
        )
        make(StandardCost, grade="P-3", yearly_cost_usd=200_000, starts_on="2019-01-01")
        make(VacancyRate, category=post.category, starts_on="2019-01-01")
        return page % post.establishment.pk

    return prepare


def statistics(house: Stage) -> str:
    world(house)
    budget(house)
    for model in (Application, Facility, Server, Workstation):
        make(model, {type(house.here): house.here})
    make(Project, {Unit: house.here}, name={"en": SECRET}, state="in_progress")
    make(Post, {Unit: house.here})
    return "/statistics/"


def paper(*folders: Path) -> Callable[[Stage], str]:
    """A report with every table that the data set of a folder gives."""

    def prepare(house: Stage) -> str:
        (folder,) = folders
        dataset = dataset_of(folder)
        load_folder(actor=ACTOR, directory=folder, dataset=dataset)
        text = "\n\n".join(f"[[{offer.name}]]" for offer in offers(dataset))
        report = add_report(
            actor=ACTOR,
            symbol="A/1",
            title={"en": "Tables"},
            dataset_key=dataset.key,
            narrative={"en": text},
        )
        return f"/reports/reports/{report.pk}/"

    return prepare


def promises(house: Stage) -> str:
    desk = small_desk()
    item = some_item(desk, title=SECRET)
    desk_verbs.resolve(actor=ACTOR, item=item, solution="Done")
    react()
    return "/clockwatch/report/?by=team"


# The page on which the figures of each proof stand, and who sees all rows behind them.
PAGES: dict[str, tuple[str, Callable[[Stage], str]]] = {
    "world": ("lord", world),
    "clockwatch": ("lord", promises),
    "contacts": ("lord", called),
    "deskfigures": ("lord", desks),
    "knowledge": ("lord", knowledge),
    "service_status": ("lord", disrupted),
    "surveys": ("lord", surveys),
    "budgets": ("lord", budget),
    "changes": ("lord", changed),
    "staffing": ("lord", posts),
    "statistics": ("lord", statistics),
    "portfolio": ("lord", portfolio),
    "portfolio, appraisal": ("lord", appraised),
    "projects": ("lord", project),
    "staffing, changes": ("lord", staffed("/staffing/changes/?of=%s&since=2019-01-01&on=2020-12-31")),
    "staffing, gap": ("lord", staffed("/staffing/gap/?of=%s&on=2020-06-01")),
    "reports": ("lord", paper(DATA / "baseline_2010")),
    "reports, programme": ("lord", paper(DATA / "programme_2020")),
}


@pytest.fixture
def house(db) -> Stage:
    return stage()


def handles_at(client: Client, address: str) -> list[tuple[str, str]]:
    """The proofs of a page: where each stands, and what its figure is called."""
    page = client.get(address)
    assert page.status_code == 200, page.content
    return handles(page.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_page_is_recomputed_to_the_number_shown(name, house):
    reader, prepare = PAGES[name]
    client = house.clients[reader]
    address = prepare(house)
    shown = client.get(address).content
    assert not without_proof(shown)
    assert not charts_without_table(shown) + marks_without_words(shown)
    found = handles_at(client, address)
    assert found
    tried = set()
    for url, label in found:
        told = program(client, url)
        assert (told["differs"], Decimal(told["figure"])) == ("", Decimal(told["shown"])), label
        assert told["rows_unseen"] == 0, label
        if not told["how"]:
            assert Decimal(told["rows_sum"]) == Decimal(told["figure"]), label
        elif "thousands" in told["how"] and "shared" not in told["how"]:
            assert abs(Decimal(told["rows_sum"]) / 1000 - Decimal(told["figure"])) < 1, label
        if told["proof"] not in tried:
            tried.add(told["proof"])
            page = client.get(url)
            assert "It is the number that the page showed." in page.content.decode(), label


@pytest.mark.parametrize("name", PAGES)
def test_a_proof_shows_nobody_rows_that_are_not_theirs(name, house):
    reader, prepare = PAGES[name]
    found = handles_at(house.clients[reader], prepare(house))
    seen_by = {given.name: given.declared.permission for given in proofs()}
    permissions = {seen_by[name_in(url)] for url, _label in found} - WHOLLY_OF_ROWS
    role = make(Role, code="narrow", permissions=sorted(permissions))
    narrow = make(Account, username="narrow", person=None)
    make(Holding, account=narrow, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    for client in (house.clients["stranger"], house.clients["elsewhere"], signed_in(narrow)):
        for url, label in one_of_each(found):
            told = client.get("/api" + url.replace("/?", "?"))
            page = client.get(url)
            assert SECRET not in told.content.decode() + page.content.decode(), label
            if told.status_code == 200:
                kinds = {row["kind"] for row in told.json()["rows"]}
                assert {f"{kind}.view" for kind in kinds} <= permissions, label
                assert page.status_code == 200, label
            else:
                assert (told.status_code, page.status_code) in ((403, 403), (404, 404), (422, 422)), label


def name_in(url: str) -> str:
    return url.split("/")[2]


def one_of_each(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last figure of each proof."""
    return list({name_in(url): (url, label) for url, label in found}.values())


def test_every_figure_on_the_page_of_a_row_is_proved_or_says_why_not(house):
    """The rows of every register, and those beside which modules give figures."""
    centre = make(Facility, {type(house.here): house.here})
    make(Server, {type(house.here): house.here, Facility: centre})
    make(JobTitle, role=None)
    pages = [f"/facilities/computing-facilities/{centre.pk}/", "/facilities/computing-facilities/"]
    pages += ["/world/", "/staffing/mapping/"]
    for resource in resources():
        if resource.model._meta.label_lower not in MADE_BY_NOBODY:
            row = make(resource.model, {type(house.here): house.here})
            pages.append(url_of(row))
    lord = house.clients["lord"]
    unproved = {}
    for page in filter(None, pages):
        answer = lord.get(page)
        if answer.status_code == 200:
            shown = answer.content
            found = without_proof(shown) + charts_without_table(shown) + marks_without_words(shown)
            unproved[page] = found
    assert len(unproved) > len(pages) / 2
    assert not {page: found for page, found in unproved.items() if found}


def test_every_proof_is_tried():
    assert {given.module for given in proofs()} == {name.split(",")[0] for name in PAGES} | ON_FIRST_PAGES


def test_the_proof_of_a_list_counts_what_its_reader_sees_of_it_and_nothing_else(house):
    kinds = [found.model for found in resources() if found.model._meta.label_lower not in MADE_BY_NOBODY]
    for model in kinds:
        make(model, {type(house.here): house.here})
    for name in ("stranger", "elsewhere"):
        actor = actor_of(house.accounts[name])
        for model in kinds:
            answer = house.clients[name].get(f"/api/proof/proof.listed?of={model._meta.label_lower}")
            if policy_of(model).may(actor, "view"):
                assert answer.status_code == 200, answer.content
                told = answer.json()
                assert int(told["figure"]) == permitted_rows(model, actor).count(), model
                assert told["rows_unseen"] == 0
            else:
                assert answer.status_code == 403, model


def test_the_proof_of_a_list_sums_a_column_that_the_database_works_out(house):
    prepared = budget(house)
    address = "/api/proof/proof.listed?of=budgets.budgetline&added=estimate_usd"
    told = house.clients["lord"].get(address).json()
    assert (told["figure"], told["rows_sum"]) == ("980", "980.25"), prepared
    assert "estimate" in told["title"].casefold()


def test_the_proof_of_a_list_refuses_in_words_what_the_list_refuses(house):
    lord = house.clients["lord"]
    for asked in ("asked=nonsense%3D1", "may=own", "added=name", "asked=state%3Dnowhere"):
        answer = lord.get(f"/api/proof/proof.listed?of=inventory.server&{asked}")
        assert answer.status_code == 422, asked
    assert lord.get("/api/proof/proof.listed?of=inventory.nothing").status_code == 422
