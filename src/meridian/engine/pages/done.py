"""What a command did, in words for whoever asked for it: told from the rows, never from the wish."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.commands import Outcome, changed_fields
from meridian.engine.figures import number_text
from meridian.engine.resources import Resource
from meridian.engine.values import label_of


def saved_words(resource: type[Resource], outcomes: Iterable[Outcome]) -> str:
    """What a form's command did to its row: the fields that changed, or that none did."""
    fields = changed_fields(resource.model, outcomes)
    if not fields:
        return _("Nothing was changed: all of it was so already.")
    return _("Saved: %(fields)s.") % {"fields": ", ".join(label_of(resource.field(name)) for name in fields)}


@dataclass(slots=True)
class Done:
    """How many of many rows a command changed, how many were so already, and under which audit entry."""

    resource: type[Resource]
    entry: int = 0
    changed: int = 0
    unchanged: int = 0

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Count a row by what its command did; one without any difference was so already."""
        if changed_fields(self.resource.model, outcomes):
            self.changed += 1
        else:
            self.unchanged += 1

    def in_words(self, action: str) -> str:
        """The report: what changed, and what was so already."""
        if action == "remove":
            words = ngettext("%(count)s row removed.", "%(count)s rows removed.", self.changed)
        else:
            words = ngettext("%(count)s row changed.", "%(count)s rows changed.", self.changed)
        said = words % {"count": number_text(self.changed)}
        if not self.changed:
            said = _("Nothing was changed.")
        if self.unchanged:
            count = self.unchanged
            rest = ngettext("%(count)s row was so already.", "%(count)s rows were so already.", count)
            said = f"{said} {rest % {'count': number_text(count)}}"
        return said
