"""The report builder: choose tables, write the narrative, look at the paper, take it away as a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.templatetags.design import proof
from meridian.engine.inputs.build import blame
from meridian.engine.listing.parameters import one_of
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request, policy_of
from meridian.engine.printing.document import Document, Heading
from meridian.engine.printing.formats import FORMATS, print_document
from meridian.engine.printing.numbers import direction, printed
from meridian.engine.tables.catalogue import NotLoaded
from meridian.engine.tables.table import Table
from meridian.engine.translation import in_language
from meridian.insight.reports import commands
from meridian.insight.reports.models import Report
from meridian.insight.reports.queries import LANGUAGES, dataset_with, datasets, document_of, offers

DOWNLOADS = ("docx", "xlsx", "pdf", "html")


class BuilderForm(forms.Form):
    """The paper in one language; `add_table` puts a table at the end of the narrative."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    narrative = forms.CharField(
        label=gettext_lazy("Narrative"),
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=gettext_lazy(
            "Paragraphs are parted by blank lines and numbered. “# ” begins a heading,"
            " a line like [[benefits]] is that table."
        ),
    )


@needs("reports.report.view")
@require_safe
def home(request: Request) -> HttpResponse:
    """The reports and the loaded data sets."""
    rows = Report.objects.permitted(request.actor).order_by("symbol")
    return render(
        request,
        "reports/home.html",
        {
            "reports": rows,
            "datasets": datasets(),
            "may_add": policy_of(Report).may(request.actor, "add"),
        },
    )


@needs("reports.report.view")
@require_http_methods(["GET", "HEAD", "POST"])
@takes("language")
def builder(request: Request, key: int) -> HttpResponse:
    """The form beside the paper as it will be printed."""
    report = _report(request, key)
    language = language_of(request)
    form = BuilderForm(request.POST or None, initial=_initial(report, language))
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, report, form, language)
        except Refusal as fault:
            blame(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?language={language}")
    context = {
        "report": report,
        "form": form,
        "languages": [(code, code == language) for code in LANGUAGES],
        "language": language,
        "may_change": policy_of(Report).may(request.actor, "change"),
        "downloads": DOWNLOADS,
        **_preview(report, language),
    }
    return render(request, "reports/builder.html", context)


@needs("reports.report.export")
@require_safe
@takes("language")
def download(request: Request, key: int, form: str) -> HttpResponse:
    """The paper as a file in a language."""
    report, language = _report(request, key, "export"), language_of(request)
    if form not in DOWNLOADS:
        raise Unseen(_("There is no such format."))
    try:
        content = print_document(document_of(report, language), form)
    except NotLoaded as fault:
        raise Refusal(str(fault)) from fault
    answer = HttpResponse(content, content_type=FORMATS[form])
    name = "".join(letter if letter.isalnum() else "-" for letter in report.symbol)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.{form}"'
    return answer


def _report(request: Request, key: int, action: str = "view") -> Report:
    report = Report.objects.permitted(request.actor, action).filter(pk=key).first()
    if report is None:
        raise Unseen(_("There is no such report, or it is not yours to see."))
    return report


def language_of(request: Request) -> str:
    asked = request.GET.get("language", "")
    own = (get_language() or "en").split("-")[0]
    if asked:
        return one_of("language", asked, LANGUAGES)
    return own if own in LANGUAGES else "en"


def _initial(report: Report, language: str) -> dict[str, str]:
    code = LANGUAGES[language]
    return {"title": in_language(report.title, code), "narrative": in_language(report.narrative, code)}


def _save(request: Request, report: Report, form: BuilderForm, language: str) -> None:
    code, narrative = LANGUAGES[language], form.cleaned_data["narrative"]
    if name := request.POST.get("add_table", ""):
        narrative = f"{narrative.rstrip()}\n\n[[{name}]]\n"
    commands.change_report(
        actor=request.actor,
        row=report,
        title={**report.title, code: form.cleaned_data["title"]},
        narrative={**report.narrative, code: narrative},
    )


def _preview(report: Report, language: str) -> dict[str, Any]:
    """The paper's parts as the template prints them, or why there is none."""
    try:
        document = document_of(report, language)
        offered = offers(dataset_with(report.dataset_key))
    except (NotLoaded, KeyError) as fault:
        return {"missing": str(fault), "parts": [], "offers": []}
    return {
        "document": document,
        "direction": direction(language),
        "parts": [_part(document, part) for part in document.parts],
        "offers": offered,
    }


def _part(document: Document, part: Any) -> dict[str, Any]:
    if isinstance(part, Table):
        return {"kind": "table", "html": figures(document, part)}
    if isinstance(part, Heading):
        return {"kind": "heading", "text": part.text, "level": min(part.level + 2, 6)}
    return {"kind": "paragraph", "text": part.text, "number": part.number}


def figures(document: Document, table: Table) -> SafeString:
    """The table for the screen; files are printed by the engine."""
    head = format_html_join("", '<th scope="col" class="number">{}</th>', ((c.label,) for c in table.columns))
    body = format_html_join(
        "",
        '<tr class="{}"><th scope="row">{}</th>{}</tr>',
        ((f"{row.kind} level-{row.level}", row.label, _cells(document, table, row)) for row in table.rows),
    )
    return format_html(
        "<table><caption>{} ({})</caption><thead><tr><th scope='col'>{}</th>{}</tr></thead>"
        "<tbody>{}</tbody></table>",
        *(document.caption(table), table.unit, table.row_heading, head, body),
    )


def _cells(document: Document, table: Table, row: Any) -> SafeString:
    texts = (
        (printed(value, table.decimals_of(column), document.language), _proof(table, row, column, value))
        for column, value in zip(table.columns, row.values, strict=True)
    )
    return format_html_join("", '<td class="number"><bdi dir="ltr">{}</bdi>{}</td>', texts)


def _proof(table: Table, row: Any, column: Any, value: Any) -> SafeString:
    """The way to the rows behind a cell; a percentage follows from the figures beside it."""
    if value is None:
        return SafeString()
    if not table.dataset or column.percent_of:
        return proof(Unproved.FOLLOWS if table.dataset else Unproved.ANSWERED, "")
    where = {"table": table.name, "dataset": table.dataset, "row": row.key, "column": column.key}
    return proof(proof_address("reports.cell", value, **where), f"{row.label}, {column.label}")
