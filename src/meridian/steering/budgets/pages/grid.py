"""The budget grid: the lines of a version in one form, with their changes beside their reasons."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import number_text, page_reader, sentence
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.records import reference
from meridian.kernel.notation.pasting import MOST_ROWS, PasteFault, read_paste
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import BudgetLine, BudgetVersion
from meridian.steering.budgets.pages.grid_page import shown_grid, titles_of_columns
from meridian.steering.budgets.pages.grid_reading import EDITED, Typed, lines_in, read_shown, read_typed
from meridian.steering.budgets.pages.grid_window import NARROWED_BY, Narrowed

PASTED_WORDS = ("unit", "fund", "object")
VERSIONS_SHOWN = 200
FAULTS_TOLD = 10


class Misread(Exception):
    """A post that was not carried out: the grid is shown again with everything that was typed."""

    def __init__(self, typed: Typed, fault: str = "") -> None:
        super().__init__(fault)
        self.typed = typed
        self.fault = fault


@needs("budgets.budgetversion.view")
@require_safe
def versions(request: Request) -> HttpResponse:
    """Every version, so that a grid is one step away."""
    rows = BudgetVersion.objects.permitted(request.actor).order_by("-start_year", "period_kind", "pk")
    count = rows.count()
    context = {
        "versions": rows[:VERSIONS_SHOWN],
        "may_add": policy_of(BudgetVersion).may(request.actor, "add"),
        "cut": _("The newest %(shown)s of %(count)s versions.")
        % {"shown": number_text(VERSIONS_SHOWN), "count": number_text(count)}
        if count > VERSIONS_SHOWN
        else "",
    }
    return render(request, "budgets/versions.html", context)


@needs("budgets.budgetversion.view")
@takes(*NARROWED_BY)
@require_safe
def grid(request: Request, key: int) -> HttpResponse:
    """A page of the lines of a version that the actor may see, in one form."""
    return shown_grid(request, _version(request.actor, key), Typed(), "")


@needs("budgets.budgetversion.view")
@takes(*NARROWED_BY)
@require_POST
def act(request: Request, key: int, verb: str) -> HttpResponse:
    """Carry out one of the verbs of a version; a refusal shows the grid with what was typed."""
    version = _version(request.actor, key)
    verbs: dict[str, Callable[[Request, BudgetVersion], str]] = {
        "save": _save,
        "paste": _paste,
    }
    if verb not in verbs:
        raise Unseen(_("There is no such verb."))
    try:
        return redirect(verbs[verb](request, version))
    except Misread as fault:
        return shown_grid(request, version, fault.typed, fault.fault, status=422)
    except Refusal as refusal:
        return shown_grid(request, version, Typed(), str(refusal.beside(())), status=422)


def _version(actor: Actor, key: int) -> BudgetVersion:
    version = BudgetVersion.objects.permitted(actor).select_related("based_on").filter(pk=key).first()
    if version is None:
        raise Unseen(_("There is no such version, or it is not yours to see."))
    return version


def _address(version: BudgetVersion, query: str = "") -> str:
    return f"{reverse('budgets-budgetversion-detail', args=(version.pk,))}{f'?{query}' if query else ''}"


def _save(request: Request, version: BudgetVersion) -> str:
    """Change the cells that somebody changed; all of them or none, and what was typed stays."""
    shown = read_shown(request.POST.get("shown", ""))
    mine = BudgetLine.objects.permitted(request.actor, "change").filter(budget_version=version)
    lines = mine.filter(pk__in=lines_in(request.POST, shown)).select_related("budget_version").order_by("pk")
    typed = read_typed(request.POST, lines, shown, page_reader())
    if typed.gone:
        raise Misread(
            typed,
            _("A line that you changed is gone, or not yours to change any more. You typed: %(texts)s")
            % {"texts": "; ".join(typed.gone)},
        )
    if typed.faults:
        raise Misread(typed)
    try:
        changed = (
            commands.change_lines(
                actor=request.actor,
                rows=[line for line in lines if line.pk in typed.changes],
                changes=typed.changes,
                reason=request.POST.get("reason", "").strip(),
            )
            if typed.changes
            else []
        )
    except Refusal as refusal:
        raise Misread(typed, str(refusal.beside(()))) from refusal
    count = {"count": number_text(len(changed))}
    messages.success(
        request,
        ngettext("%(count)s line changed.", "%(count)s lines changed.", len(changed)) % count
        if changed
        else _("Nothing was changed: every cell is as it was."),
    )
    asked = Narrowed.of(request.GET)
    after = request.POST.get("then", "")[:9]
    return _address(version, asked.query(whole_number(after)))


def _paste(request: Request, version: BudgetVersion) -> str:
    typed = Typed(texts={"pasted": request.POST.get("pasted", "")})
    try:
        rows = read_paste(typed.texts["pasted"], PASTED_WORDS, EDITED, page_reader())
    except PasteFault as fault:
        told = [
            _("Row %(row)s, %(column)s: %(why)s")
            % {"row": number_text(row), "column": titles_of_columns()[column], "why": sentence(why)}
            for row, column, why in fault.faults[:FAULTS_TOLD]
        ]
        if (others := len(fault.faults) - FAULTS_TOLD) > 0:
            told.append(_("There are %(count)s more faults.") % {"count": number_text(others)})
        raise Misread(typed, " ".join(told)) from fault
    if not rows or len(rows) > MOST_ROWS:
        raise Misread(
            typed,
            _("Paste at least one row and at most %(most)s at once.") % {"most": number_text(MOST_ROWS)},
        )
    units = reference("organisation.Unit").objects.permitted(request.actor)
    known = {found.code: found for found in units.filter(code__in={row.words["unit"] for row in rows})}
    try:
        added, changed = commands.paste_lines(actor=request.actor, version=version, rows=rows, units=known)
    except Refusal as refusal:
        raise Misread(typed, str(refusal.beside(()))) from refusal
    messages.success(
        request,
        _("Taken in: %(added)s lines added, %(changed)s changed, %(same)s as they were.")
        % {
            "added": number_text(added),
            "changed": number_text(changed),
            "same": number_text(len(rows) - added - changed),
        },
    )
    return _address(version)
