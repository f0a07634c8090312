"""What people are told, in six languages: money, days and names as each reader writes them."""

import datetime
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from house.factory import make

from meridian.engine.figures import amount_text, instant_text
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.jobs import mail_of
from meridian.engine.notices.models import Notice
from meridian.engine.notices.words import FieldOf, in_words
from meridian.engine.policies import system_actor
from meridian.engine.translation import Translations
from meridian.registers.access.models import Account, Holding, Role
from meridian.steering.budgets.models import FundingProposal
from meridian.steering.budgets.reactions import MOVED
from meridian.work.projects.events import ChangeAsked
from meridian.work.projects.models import Change, Project
from meridian.work.projects.reactions import tell_of_asked_change

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
RAW = re.compile(r"\d{4}-\d{2}-\d{2}|Decimal|None|%\(|\{'|\d{5,}")
NAMES = {code: f"Name {code}" for code in LANGUAGES}
AT = datetime.datetime(2027, 4, 3, 14, 5, tzinfo=datetime.UTC)
ZONE = "Asia/Bangkok"


@pytest.fixture
def readers() -> dict[str, Account]:
    """Somebody of each language who may decide on changes of plans."""
    role = make(Role, code="decider", permissions=["projects.change.decide", "projects.project.view"])
    found = {}
    for code in LANGUAGES:
        address = f"{code}@example.org"
        found[code] = make(Account, username=code, person=None, language=code, zone=ZONE, email=address)
        make(Holding, account=found[code], role=role, unit=None, starts_at="2020-01-01T00:00Z")
    return found


def notices(readers: dict[str, Account]) -> dict[str, list[Notice]]:
    return {
        code: list(Notice.objects.filter(account=account).order_by("pk")) for code, account in readers.items()
    }


def test_days_amounts_and_names_are_told_as_each_reader_writes_them(readers):
    project = make(Project, name=Translations(NAMES))
    proposal = make(FundingProposal, cost_usd=Decimal("1234567.50"), fund="regular_budget")
    sentence = in_words(_("%(number)s is now due %(at)s"), number="REQ1", at=AT)
    texts = [
        in_words(_("%(sentence)s: %(title)s"), sentence=sentence, title=project),
        *(in_words(moved, proposal="P1", cost=FieldOf(proposal, "cost_usd")) for moved in MOVED.values()),
        in_words(_("%(sentence)s: %(title)s"), sentence="x", title=FieldOf(proposal, "fund")),
    ]
    for text in texts:
        tidings = Tidings("notifications.promised", text, url="/")
        tell(actor=system_actor("tests"), account_ids={row.pk for row in readers.values()}, tidings=tidings)
    for code, (due, *moved, fund) in notices(readers).items():
        with translation.override(code), timezone.override(ZONE):
            assert instant_text(AT) in due.text, code
            assert NAMES[code] in due.text, code
            assert str(proposal.get_fund_display()) in fund.text, code
            for notice in moved:
                assert amount_text(Decimal("1234567.50")) in notice.text, code
                assert "USD" in notice.text or not notice.text.isascii(), code
        assert not [notice.text for notice in (due, *moved, fund) if RAW.search(notice.text)], code


def test_what_a_change_of_a_plan_costs_is_told_and_its_mail_holds_nothing_raw(readers):
    project = make(Project, name=NAMES)
    change = make(Change, project=project, title="Second link", effect_usd=Decimal(50_000))
    tell_of_asked_change(ChangeAsked(change.pk, None, AT))
    for code, found in notices(readers).items():
        (notice,) = found
        with translation.override(code):
            assert amount_text(Decimal(50_000)) in notice.text, code
        assert NAMES[code] in notice.text, code
        message = mail_of(notice)
        assert not RAW.search(f"{message.subject} {message.body}"), code
