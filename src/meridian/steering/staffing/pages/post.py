"""A post with its history, and the form by which something happens to it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.figures import day_text
from meridian.engine.figures.fields import DayField
from meridian.engine.inputs.build import ResourceForm
from meridian.engine.pages.detail_page import DetailPage
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, shown_version, visible_row
from meridian.engine.policies import Request
from meridian.engine.resources import Sight
from meridian.engine.values import Renderer, url_of
from meridian.steering.staffing.commands import act_on_post
from meridian.steering.staffing.models.posts import FUNDS, KINDS, TENURES, UNIT_HELP, PostAction
from meridian.steering.staffing.pages.changes import what_changes
from meridian.steering.staffing.resources.posts import PostResource

UNCHANGED = [("", gettext_lazy("As it is"))]
CHANGES = ("unit_code", "grade", "fund", "duty_station", "tenure")


class PostPage(DetailPage):
    """The post as it is after its last action, and everything that happened to it."""

    template = "staffing/post.html"

    def context(self, request: Request, row: Any, tab: str) -> dict[str, Any]:
        context = super().context(request, row, tab)
        actions = row.actions.order_by("-sequence")
        return context | {"life": [_event(action) for action in actions]}


def _event(action: PostAction) -> dict[str, Any]:
    return {
        "who": action.get_kind_display(),
        "what": what_changes(action),
        "at": day_text(action.effective_on),
        "instant": action.effective_on.isoformat(),
        "body": action.reason,
        "strong": not action.from_grade or not action.to_grade,
        "note": False,
    }


class ActionForm(ResourceForm):
    """What happens to the post, from when on; empty fields stay as they are."""

    kind = forms.ChoiceField(label=gettext_lazy("Action"), choices=KINDS[1:])
    effective_on = DayField(label=gettext_lazy("Takes effect on"))
    unit_code = forms.CharField(
        label=gettext_lazy("New unit"), required=False, max_length=160, help_text=UNIT_HELP
    )
    grade = forms.CharField(label=gettext_lazy("New grade"), required=False, max_length=20)
    duty_station = forms.CharField(label=gettext_lazy("New duty station"), required=False, max_length=80)
    fund = forms.ChoiceField(label=gettext_lazy("New fund"), required=False, choices=[*UNCHANGED, *FUNDS])
    tenure = forms.ChoiceField(
        label=gettext_lazy("New tenure"), required=False, choices=[*UNCHANGED, *TENURES]
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea)

    def changes(self) -> dict[str, str]:
        """The attributes that somebody filled in."""
        return {name: self.cleaned_data[name] for name in CHANGES if self.cleaned_data[name]}


@needs("staffing.post.act")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, key: int) -> HttpResponse:
    """Let something happen to a post; a refusal stands at its field and nothing typed is lost."""
    row: Any = visible_row(PostResource, request.actor, key)
    if not may_do(PostResource, request.actor, "act", row):
        raise Unpermitted(
            _("You may see this post but not act on it. Whoever gives out roles in its unit can help.")
        )
    form = ActionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _acted(request, row, form):
            return redirect(url_of(row))
    context = {
        "form": form,
        "post": row,
        "title": _("Act on post %(number)s") % {"number": row.number},
        "crumbs": [{"title": str(row), "url": url_of(row)}],
        "cancel_url": url_of(row),
        "submit": _("Carry out"),
        "facts": PostPage(PostResource).panels(row, Renderer(Sight(request.actor)))[1]["facts"],
    }
    return render(request, "staffing/act.html", context, status=status)


def _acted(request: Request, row: Any, form: ActionForm) -> bool:
    carry_out: Any = act_on_post
    try:
        carry_out(
            actor=request.actor,
            row=row,
            kind=form.cleaned_data["kind"],
            effective_on=form.cleaned_data["effective_on"],
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            expected_version=shown_version(request),
        )
    except Refusal as fault:
        form.blame(fault)
        return False
    return True
