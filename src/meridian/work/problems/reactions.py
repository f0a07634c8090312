"""Who is told of problems."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.problems.events import ProblemAssigned
from meridian.work.problems.models import Problem

HOUSE = system_actor("Problems")


def tell_of_assignment(event: ProblemAssigned) -> None:
    """Tell the problem manager."""
    problem = Problem.objects.get(pk=event.problem)
    sentence = in_words(
        _("%(number)s was given to you: %(title)s"), number=problem.number, title=problem.title
    )
    url = reverse("problems-problem-detail", args=(problem.pk,))
    tidings = Tidings(
        "problems.assigned", sentence, url, occasion=f"problems.{problem.pk}.{event.at.isoformat()}"
    )
    people = [event.assignee] if event.assignee and event.assignee != event.person else []
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)
