"""What the desk's pages ask for. The commands check; forms only read what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures.fields import WholeField
from meridian.engine.inputs.build import ResourceForm
from meridian.engine.inputs.fields import ReferenceField
from meridian.engine.policies import Actor
from meridian.work.agentdesk.pages.words import LEVELS, PRIORITIES
from meridian.work.servicedesk.contracts import Channel, Kind
from meridian.work.servicedesk.facade import (
    Category,
    ConfigurationItem,
    Person,
    Team,
    WorkItem,
)

CONCERNS = _("A name or a code: a server, a workstation, an application, a facility, a site.")


class VerbForm(ResourceForm):
    """A form whose values are the arguments of a command; `item` is None for many at once."""

    def __init__(self, actor: Actor, item: WorkItem | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.item = item
        self.build()

    def build(self) -> None:
        """Add the fields that depend on who asks."""

    def refer(self, name: str, model: Any, label: Any, *, required: bool = False, help: Any = "") -> None:
        """Add a field that names a row of another table, with suggestions."""
        self.fields[name] = ReferenceField(model, self.actor, label=label, required=required, help_text=help)


class ChangeForm(VerbForm):
    """Carries the version and the values that were read, so that a conflict can be shown three ways."""

    title = forms.CharField(label=_("Subject"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    impact = forms.TypedChoiceField(label=_("Impact"), coerce=int, choices=LEVELS.items())
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, choices=LEVELS.items())
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("as impact and urgency give")), *PRIORITIES.items()],
    )
    priority_reason = forms.CharField(
        label=_("Reason for another priority"),
        required=False,
        max_length=200,
        help_text=_("Needed when the priority is not the one of the matrix."),
    )
    version = WholeField(widget=forms.HiddenInput)

    def build(self) -> None:
        self.refer("category", Category, _("Category"))
        self.refer("concerns", ConfigurationItem, _("Concerns"), help=CONCERNS)

    def values(self) -> dict[str, Any]:
        found = super().values()
        del found["version"]
        if found["priority"] is None:
            del found["priority"]
            found["priority_reason"] = ""
        return found


CHANGE_FIELDS = ("title", "kind", "impact", "urgency", "priority_reason")


def change_initial(item: WorkItem) -> dict[str, Any]:
    """What the form shows of an item; the priority only where it isn't the matrix' own."""
    shown: dict[str, Any] = {name: getattr(item, name) for name in CHANGE_FIELDS}
    shown |= {"category": item.category_id, "concerns": item.concerns_id}
    shown["priority"] = item.priority if item.priority_reason else ""
    shown["version"] = item.version
    return shown


class NewItemForm(VerbForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea)
    channel = forms.ChoiceField(label=_("Reached us by"), choices=Channel.choices, initial=Channel.PHONE)
    impact = forms.TypedChoiceField(label=_("Impact"), coerce=int, choices=LEVELS.items(), initial=3)
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, choices=LEVELS.items(), initial=3)

    def build(self) -> None:
        self.refer("requester", Person, _("Requester"), required=True)
        self.refer("category", Category, _("Category"))
        self.refer("concerns", ConfigurationItem, _("Concerns"), help=CONCERNS)
        self.refer("team", Team, _("Team"), help=_("Empty: the desk of the requester's site."))
        self.order_fields(["requester", "kind", "title", "text"])
