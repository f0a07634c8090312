"""For whom something is ordered, as people write it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.records import reference

Person = reference("people.Person")


def person_named(text: str) -> Any:
    """The person of an address or an index number; None for oneself, where nothing is written."""
    asked = text.strip()
    if not asked:
        return None
    named = Q(email__iexact=asked) | Q(number__iexact=asked)
    found = Person.objects.filter(named, left_on=None).first() if "\0" not in asked else None
    if found is None:
        raise Refusal(
            _("Nobody has the address or index number “%(text)s”: look it up among people.")
            % {"text": asked[:80]},
            "beneficiary",
        )
    return found
