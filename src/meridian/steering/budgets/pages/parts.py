"""What budgets say on first pages: what waits for a decision, the versions, where the money is."""

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import amount_text, day_text, number_text
from meridian.engine.listing.cut import cut, first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task, list_url, summed_bar
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies import policy_of
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.engine.values.together import Asking
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, Fund, FundingProposal

STEPS = {"draft": "review", "reviewed": "submit", "submitted": "decide"}


def proposals_to_move(request: Request) -> Asking[FirstPagePart | None]:
    """Funding proposals whose next step is the reader's to take, the dearest first."""
    policy, actor = policy_of(FundingProposal), request.actor
    mine = FundingProposal.objects.none()
    for state, action in STEPS.items():
        if policy.may(actor, action):
            mine = mine | FundingProposal.objects.permitted(actor, action).filter(state=state)
    found = yield from first_rows(mine.select_related("unit").order_by("-cost_usd", "pk"), MOST_TASKS)
    if not found.shown:
        return None
    tasks = [
        Task(
            row.title,
            reverse("budgets-fundingproposal-detail", args=(row.pk,)),
            f"{row.unit.code} · {amount_text(row.cost_usd, 0)} USD",
            row.get_state_display(),
            "watch",
        )
        for row in found.shown
    ]
    return Part(
        _("Funding proposals for me to review, submit or decide"),
        list_url(FundingProposal),
        tasks=tasks,
        cut=found,
    ).given()


def versions(request: Request) -> FirstPagePart:
    """The versions of budgets, those still open first, each with its lines."""
    rows = BudgetVersion.objects.permitted(request.actor).annotate(amount=Count("lines"))
    found = cut(rows.order_by("-adopted_at", "-start_year", "pk"), MOST_TASKS)
    tasks = [
        Task(
            version.period.label,
            reverse("budgets-budgetversion-detail", args=(version.pk,)),
            _("%(stage)s · %(count)s lines")
            % {"stage": version.get_stage_display(), "count": number_text(version.amount)},
            _("adopted %(day)s") % {"day": day_text(version.adopted_at)} if version.adopted_at else _("open"),
            "good" if version.adopted_at else "watch",
        )
        for version in found.shown
    ]
    return Part(
        _("Versions of budgets"),
        reverse("budgets-home"),
        tasks=tasks,
        cut=found,
        empty=_("There is no budget yet: begin with a version of a year, a biennium or July to June."),
    ).given()


def money_by_fund(request: Request) -> FirstPagePart | None:
    """The newest version by fund, of the lines that the reader may see."""
    lines = BudgetLine.objects.permitted(request.actor).order_by()
    newest = lines.order_by("-budget_version__start_year", "-budget_version").values("budget_version")[:1]
    sums = dict(lines.filter(budget_version=newest).values_list("fund").annotate(Sum("estimate_usd")))
    if not sums:
        return None
    version = BudgetVersion.objects.get(pk__in=newest)
    asked = {"budget_version": str(version.pk)}
    bars = [
        summed_bar(BudgetLine, str(label), sums[fund], "estimate_usd", **asked, fund=fund)
        for fund, label in Fund.choices
        if fund in sums
    ]
    return Part(
        _("Money by fund"),
        reverse("budgets-budgetversion-detail", args=(version.pk,)),
        text=_("%(version)s, estimates in USD") % {"version": version},
        bars=bars,
    ).given()


def lines_to_check(request: Request) -> FirstPagePart | None:
    """Lines of open versions that change against their base: each change needs its reason checked."""
    open_lines = BudgetLine.objects.permitted(request.actor).filter(budget_version__adopted_at=None)
    changed = open_lines.exclude(change_usd=0).select_related("budget_version", "unit")
    found = cut(changed.order_by("-change_usd", "pk"), MOST_TASKS)
    if not found.shown:
        return None
    tasks = [
        Task(
            str(line),
            url_of(line),
            line.change_reason,
            f"{amount_text(line.change_usd, 0)} USD",
            "watch" if line.change_usd > 0 else "accent",
        )
        for line in found.shown
    ]
    return Part(
        _("Lines that change"),
        list_url(BudgetLine),
        tasks=tasks,
        cut=found,
    ).given()
