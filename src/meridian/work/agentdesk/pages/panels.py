"""The panels beside the conversation of an item: who asked, what it is, and when."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.resources import Sight
from meridian.engine.values import url_of
from meridian.work.agentdesk.pages.words import LEVELS
from meridian.work.servicedesk.facade import ConfigurationItem, WorkItem


def panels_of(item: WorkItem, sight: Sight) -> list[dict[str, Any]]:
    """All of them, for whoever `sight` is of."""
    return [_people_panel(item), _facts_panel(item, sight), _times_panel(item)]


def _people_panel(item: WorkItem) -> dict[str, Any]:
    requester = item.requester
    facts = [
        {
            "label": _("Name"),
            "text": str(requester),
            "url": reverse("people-person-detail", args=(requester.pk,)),
        },
        {"label": _("E-mail"), "text": requester.email, "url": f"mailto:{requester.email}"},
        {"label": _("Telephone"), "text": requester.telephone},
        {"label": _("Site"), "text": str(item.site or "")},
        {"label": _("Reached us by"), "text": item.get_channel_display()},
    ]
    return {"title": _("Requester"), "facts": facts}


def _facts_panel(item: WorkItem, sight: Sight) -> dict[str, Any]:
    facts = [
        {"label": _("Team"), "text": str(item.team or "")},
        {"label": _("Category"), "text": str(item.category or "")},
        _concern(item, sight),
        {"label": _("Impact"), "text": str(LEVELS[item.impact])},
        {"label": _("Urgency"), "text": str(LEVELS[item.urgency])},
    ]
    if item.priority_reason:
        facts.append({"label": _("Priority because"), "text": item.priority_reason})
    if item.hold_reason_id:
        facts.append({"label": _("Waits for"), "text": str(item.hold_reason)})
    if item.hold_until:
        facts.append(_instant(_("Waits until"), item.hold_until))
    return {"title": _("Particulars"), "facts": facts}


def _concern(item: WorkItem, sight: Sight) -> dict[str, Any]:
    """What the item concerns, leading there; of an item that came along, the words of its earlier desk."""
    entry = item.concerns
    if entry is None:
        return {"label": _("Concerns"), "text": item.configuration_item}
    seen = sight.sees(ConfigurationItem, entry.pk)
    kind = entry.get_kind_display()
    text = f"{kind[:1].upper()}{kind[1:]} · {entry}" if seen else sight.name(entry)
    return {"label": _("Concerns"), "text": text, "url": url_of(entry) if seen else ""}


def _times_panel(item: WorkItem) -> dict[str, Any]:
    instants = (
        (_("Opened"), item.opened_at),
        (_("Due"), item.due_at),
        (_("First response"), item.responded_at),
        (_("Resolved"), item.resolved_at),
        (_("Closed"), item.closed_at),
    )
    facts = [_instant(label, at) for label, at in instants if at]
    counts = [
        {"label": _("Times reassigned"), "text": str(item.reassigned_count)},
        {"label": _("Times reopened"), "text": str(item.reopened_count)},
    ]
    return {"title": _("Times"), "facts": [*facts, *counts]}


def _instant(label: str, at: Any) -> dict[str, Any]:
    return {"label": label, "text": instant_text(at), "instant": at.isoformat()}
