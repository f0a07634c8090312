"""Working on a problem: from logging it to closing it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import bounded, insert_item, words_of
from meridian.work.problems.commands.log import RELATIONS, SERIES, record, require_verb, said
from meridian.work.problems.contracts import EventType, Method, Origin, ProblemEnd
from meridian.work.problems.events import ProblemAssigned
from meridian.work.problems.models import KnownError, Problem, ProblemLink, ProblemWatcher
from meridian.work.problems.models.references import Person
from meridian.work.problems.rules import (
    ANALYSIS,
    CANCELLED,
    CAUSE_KNOWN,
    CLOSED,
    FIX_IN_CHANGE,
    RESOLVED,
)
from meridian.work.servicedesk.facade import Membership, Team

TITLE_LENGTH = 200
PARTICULARS = frozenset({"title", "category", "concerns", "priority", "root_cause", "method"})


@command("problems.problem.add", on=Problem)
def add_problem(*, actor: Actor, title: str, team: Team, text: str = "", **particulars: Any) -> Problem:
    """Log a problem for a team; `particulars` are its further columns and the language."""
    given = {"origin": Origin.REACTIVE, "language": "en", **particulars}
    unknown = set(given) - {"origin", "language", "category", "concerns", "priority"}
    if unknown:
        raise Refusal(
            _("A new problem has no such particulars: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        )
    if given["origin"] not in Origin.values:
        raise Refusal(_("Say whether incidents led to it or it was found before."), "origin")
    changes = {
        "title": _title(title),
        "team": team,
        "category": given.get("category"),
        "concerns": given.get("concerns"),
        "priority": _priority(given.get("priority", 3)),
    }
    first = {"origin": str(given["origin"]), "language": given["language"]}
    return open_problem(actor, changes, first, bounded(text))


def open_problem(actor: Actor, changes: dict[str, Any], given: dict[str, Any], text: str) -> Problem:
    """Write a problem with its first event."""
    happened = Happened(EventType.OPENED, timezone.now(), actor.person_id, changes)
    return insert_item(Problem, SERIES, happened, given, text)


def _title(title: str) -> str:
    found = said(title, "title", _("Say in a few words what the problem is."))
    if len(found) > TITLE_LENGTH:
        raise Refusal(
            _("The subject may have %(length)d characters; put the rest into the description.")
            % {"length": TITLE_LENGTH},
            "title",
        )
    return found


def _priority(priority: int) -> int:
    if priority not in range(1, 6):
        raise Refusal(_("Priority runs from 1 (most) to 5 (least)."), "priority")
    return priority


@command("problems.problem.change", on=Problem, target="row")
def change_problem(*, actor: Actor, row: Problem, **fields: Any) -> Problem:
    """Change particulars by name (`PARTICULARS`); others may be named with the value they have."""
    require_verb(actor, row, "change")
    altered = sorted(
        name
        for name, value in fields.items()
        if name not in PARTICULARS and getattr(row, name, None) != value
    )
    if altered:
        raise Refusal(
            _("These particulars can't be changed here: %(names)s. Use the action made for them.")
            % {"names": ", ".join(altered)},
            altered[0],
        )
    changes = {name: value for name, value in fields.items() if name in PARTICULARS}
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    if "priority" in changes:
        _priority(changes["priority"])
    if row.root_cause and not changes.get("root_cause", row.root_cause).strip():
        raise Refusal(_("A cause that was found is corrected, never emptied."), "root_cause")
    if all(getattr(row, name) == value for name, value in changes.items()):
        return row
    return record(actor, row, EventType.CHANGED, changes)


@command("problems.problem.assign", on=Problem, target="item")
def assign(
    *, actor: Actor, item: Problem, team: Team | None = None, assignee: Person | None = None
) -> Problem:
    """Give the problem to a team, to one of its people as problem manager, or both."""
    require_verb(actor, item, "assign")
    chosen = team or item.team
    if assignee and not Membership.objects.filter(team=chosen, person=assignee).exists():
        raise Refusal(
            _("%(person)s is no agent of %(team)s: choose an agent of that team, or another team.")
            % {"person": assignee, "team": chosen},
            "assignee",
        )
    record(actor, item, EventType.ASSIGNED, {"team": chosen, "assignee": assignee})
    publish(ProblemAssigned(item.pk, actor.person_id, item.updated_at, item.assignee_id))
    return item


@command("problems.problem.analyse", on=Problem, target="item")
def analyse(*, actor: Actor, item: Problem, method: Method) -> Problem:
    """Begin to look for the cause, by a method."""
    require_verb(actor, item, "analyse")
    changes = {"state": ANALYSIS, "method": Method(method).value}
    return record(actor, item, EventType.ANALYSED, changes)


@command("problems.problem.find_cause", on=Problem, target="item")
def find_cause(*, actor: Actor, item: Problem, root_cause: str, method: Method | None = None) -> Problem:
    """Note the root cause, and by which method it was found."""
    require_verb(actor, item, "find_cause")
    cause = said(root_cause, "root_cause", _("Say what the root cause is."))
    changes = {
        "state": CAUSE_KNOWN,
        "root_cause": cause,
        "method": Method(method).value if method else item.method,
    }
    if not changes["method"]:
        raise Refusal(_("Say by which method the cause was found."), "method")
    return record(actor, item, EventType.CAUSE_FOUND, changes)


@command("problems.problem.await_change", on=Problem, target="item")
def await_change(*, actor: Actor, item: Problem, text: str = "", language: str = "en") -> Problem:
    """The fix is known and waits for a change."""
    require_verb(actor, item, "await_change")
    return record(
        actor, item, EventType.AWAITED, {"state": FIX_IN_CHANGE}, words_of(text, language, "internal")
    )


@command("problems.problem.resolve", on=Problem, target="item")
def resolve(
    *,
    actor: Actor,
    item: Problem,
    solution: str,
    resolution: ProblemEnd = ProblemEnd.FIXED,
    language: str = "en",
) -> Problem:
    """Say how the problem ended; its known errors are in effect no longer.

    A cause that was removed is one that was known: without a root cause a problem ends otherwise.
    """
    require_verb(actor, item, "resolve")
    how = ProblemEnd(resolution)
    if how == ProblemEnd.FIXED and not item.root_cause:
        raise Untimely(
            _("No root cause is noted, so it can't have been removed: note it, or say how else it ended."),
            "resolution",
        )
    text = said(solution, "solution", _("Say what ended the problem."))
    changes = {"state": RESOLVED, "resolution": how.value, "assignee": item.assignee_id or actor.person_id}
    record(actor, item, EventType.RESOLVED, changes, words_of(text, language, "internal", field="solution"))
    now = item.updated_at
    lasting = KnownError.objects.filter(problem=item, effective_from__lt=now).exclude(
        effective_until__lte=now
    )
    for known in lasting.select_for_update().order_by("pk"):
        known.effective_until = now
        known.save(update_fields=("effective_until",))
    return item


@command("problems.problem.close", on=Problem, target="item")
def close(*, actor: Actor, item: Problem) -> Problem:
    """Close a resolved problem."""
    require_verb(actor, item, "close")
    return record(actor, item, EventType.CLOSED, {"state": CLOSED})


@command("problems.problem.reopen", on=Problem, target="item")
def reopen(*, actor: Actor, item: Problem, text: str, language: str = "en") -> Problem:
    """Take a problem up again that was not at its end; its known errors are published anew by hand."""
    require_verb(actor, item, "reopen")
    words = words_of(said(text, "text", _("Say what happens again.")), language, "internal")
    return record(actor, item, EventType.REOPENED, {"state": ANALYSIS, "resolution": ""}, words)


@command("problems.problem.cancel", on=Problem, target="item")
def cancel(*, actor: Actor, item: Problem, why: str, language: str = "en") -> Problem:
    """Give the problem up: it was none, or it is looked into elsewhere."""
    require_verb(actor, item, "cancel")
    words = words_of(said(why, "why", _("Say why it is cancelled.")), language, "internal", field="why")
    return record(actor, item, EventType.CANCELLED, {"state": CANCELLED}, words)


@command("problems.problem.note", on=Problem, target="item")
def note(*, actor: Actor, item: Problem, text: str, language: str = "en") -> Problem:
    """Write down what was tried and found."""
    words = words_of(said(text, "text", _("Write something first.")), language, "internal")
    return record(actor, item, EventType.NOTED, words=words)


@command("problems.problem.merge", on=Problem, target="item")
def merge(*, actor: Actor, item: Problem, into: Problem) -> Problem:
    """Close the problem as the same as another; `unmerge` restores it."""
    require_verb(actor, item, "merge")
    return RELATIONS.merge(actor, item, into)


@command("problems.problem.unmerge", on=Problem, target="item")
def unmerge(*, actor: Actor, item: Problem) -> Problem:
    """Undo the merge of this problem: its columns become exactly what they were before it."""
    return RELATIONS.unmerge(actor, item)


@command("problems.problem.link", on=Problem, target="item")
def link(*, actor: Actor, item: Problem, other: Problem, type: ProblemLink.Type) -> Problem:
    """Say how the problem stands to another."""
    return RELATIONS.link(actor, item, other, type)


@command("problems.problem.unlink", on=Problem, target="item")
def unlink(*, actor: Actor, item: Problem, link: ProblemLink) -> Problem:
    """Remove a link that starts or ends at the problem."""
    return RELATIONS.unlink(actor, item, link)


@command("problems.problem.watch", on=Problem, target="item")
def watch(*, actor: Actor, item: Problem, person: Person | None = None) -> ProblemWatcher:
    """Follow the problem, or let somebody follow it."""
    watcher: ProblemWatcher = RELATIONS.watch(actor, item, person)
    return watcher


@command("problems.problem.unwatch", on=Problem, target="item")
def unwatch(*, actor: Actor, item: Problem, person: Person | None = None) -> None:
    """No longer follow the problem, or let somebody follow it no longer."""
    RELATIONS.unwatch(actor, item, person)
