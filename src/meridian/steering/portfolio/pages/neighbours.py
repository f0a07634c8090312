"""What a proposal stands beside, named to whoever may see it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.resources import Sight, unseen_text
from meridian.steering.portfolio.models import Proposal


def project_facts(sight: Sight, proposal: Proposal) -> list[dict[str, str]]:
    """The project that carries the proposal out, if there is one."""
    project = proposal.project
    if project is None:
        return []
    if not sight.sees(type(project), project.pk):
        return [{"label": _("Project"), "text": unseen_text()}]
    return [
        {
            "label": _("Project"),
            "text": project.code,
            "url": reverse("projects-project-detail", args=(project.pk,)),
        }
    ]


def ties_of(sight: Sight, proposal: Proposal) -> list[dict[str, str]]:
    """How the proposal stands to others, which are named to whoever may see them."""
    ties = list(proposal.ties.select_related("other").order_by("pk"))
    sight.look(Proposal, (tie.other_id for tie in ties))
    return [
        {
            "kind": tie.get_kind_display(),
            "title": sight.name(tie.other),
            "url": reverse("portfolio-proposal-detail", args=(tie.other_id,))
            if sight.sees(Proposal, tie.other_id)
            else "",
        }
        for tie in ties
    ]
