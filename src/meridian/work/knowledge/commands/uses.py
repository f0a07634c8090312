"""Counting how knowledge is used."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.work.knowledge.contracts import Way
from meridian.work.knowledge.models import Revision, Use
from meridian.work.servicedesk.facade import WorkItem

MOST_WORDS = 200


@command("knowledge.use.note", on=Use, title=_("note a use of knowledge"))
def note(
    *,
    actor: Actor,
    way: str,
    asking: UUID | None = None,
    words: str = "",
    found: Sequence[Revision] = (),
    item: WorkItem | None = None,
) -> Use | None:
    """Note that something was asked and what was shown for it, or that revisions were read or used.

    What one asking has shown or read already is not counted twice.
    """
    facts = {
        "asking": asking,
        "person_id": actor.person_id,
        "item": item,
        "language": get_language() or "en",
    }
    if way == Way.ASKED:
        asked = Use.objects.create(way=Way.ASKED, words=words[:MOST_WORDS], found=len(found), **facts)
        way = Way.SHOWN
    else:
        asked = None
    known = (
        set(Use.objects.filter(asking=asking, way=way).values_list("revision", flat=True))
        if asking
        else set()
    )
    made = [Use(way=way, revision=row, **facts) for row in found if row.pk not in known]
    for use in made:
        use.save(force_insert=True)
    return asked or (made[0] if made else None)
