"""Titles in use and the standard roles they belong to: proposals, and somebody's confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.figures import number_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request, policy_of
from meridian.steering.staffing.commands import confirm_title
from meridian.steering.staffing.models import JobTitle, Role
from meridian.steering.staffing.queries.gap import title_proposals
from meridian.steering.staffing.resources.norms import JobTitleResource

MOST_MAPPED = 200


@needs("staffing.jobtitle.view")
@require_safe
def mapping_page(request: Request) -> HttpResponse:
    """Unmapped titles with the three nearest roles each; below, what was confirmed."""
    open_count = JobTitle.objects.filter(role=None).count()
    proposals = title_proposals()
    mapped = JobTitle.objects.exclude(role=None).select_related("role").order_by("name")
    context = {
        "proposals": [
            {
                "title": found.title,
                "posts": number_text(found.posts),
                "roles": [(role, number_text(round(100 * likeness))) for role, likeness in found.roles],
            }
            for found in proposals.shown
        ],
        "roles": Role.objects.order_by("code"),
        "mapped": cut(mapped, MOST_MAPPED),
        "titles_url": reverse("staffing-jobtitle-list"),
        "tiles": [
            {"number": number_text(count), "label": label, "proof": Unproved.LISTED}
            for count, label in (
                (open_count, _("titles without a role")),
                (mapped.count(), _("titles confirmed")),
                (Role.objects.count(), _("standard roles")),
            )
        ],
        "cut": proposals,
        "may": policy_of(JobTitle).may(request.actor, "confirm"),
        "empty": {
            "icon": "link",
            "title": _("Every title has its role"),
            "text": _(
                "Titles that come in with people or posts wait here until somebody says what they are."
            ),
            "actions": [{"title": _("Job titles"), "url": reverse("staffing-jobtitle-list"), "icon": "user"}],
        },
    }
    return render(request, "staffing/mapping.html", context)


@needs("staffing.jobtitle.confirm")
@require_POST
def confirm(request: Request, key: int) -> HttpResponse:
    """Keep the chosen role of a title; an empty one opens the question again."""
    title: Any = visible_row(JobTitleResource, request.actor, key)
    chosen = request.POST.get("role", "")
    role = Role.objects.filter(code=chosen).first() if chosen else None
    if chosen and role is None:
        raise Unseen(_("There is no such role."))
    try:
        confirm_title(actor=request.actor, row=title, role=role)
    except Refusal as refusal:
        messages.error(request, str(refusal.beside(())))
    else:
        if role:
            messages.success(request, _("%(title)s is now %(role)s.") % {"title": title, "role": role})
    return redirect("staffing-mapping")
