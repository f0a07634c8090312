"""Which known errors fit what somebody asks."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from meridian.work.problems.models import KnownError
from meridian.work.problems.rules import likeness, words_of_text

# So many are compared by their words, the latest first.
MOST_COMPARED = 500
MOST_SHOWN = 3
ENOUGH = 0.34
SAME_THING, SAME_CATEGORY = 1.0, 0.34


def in_effect() -> QuerySet[KnownError]:
    """What is published and holds now."""
    now = timezone.now()
    lasting = Q(effective_until=None) | Q(effective_until__gt=now)
    return KnownError.objects.filter(lasting, state=KnownError.State.PUBLISHED, effective_from__lte=now)


def fitting(*, text: str = "", thing: int | None = None, category: int | None = None) -> list[KnownError]:
    """The known errors that fit best: by thing and category (their ids), and by the words in any language.

    The words weigh as much of what is asked as stands in how the error is told; one that fits too little
    is left out, and one that is about another thing counts by its words alone.
    """
    asked = words_of_text(text)
    weighed = []
    for known in in_effect().select_related("problem").order_by("-effective_from", "-pk")[:MOST_COMPARED]:
        weight = likeness(asked, known.symptom.values())
        if thing is not None and known.concerns_id == thing:
            weight += SAME_THING
        if category is not None and known.category_id == category:
            weight += SAME_CATEGORY
        if weight >= ENOUGH:
            weighed.append((-weight, -known.pk, known))
    return [known for _weight, _key, known in sorted(weighed, key=lambda found: found[:2])[:MOST_SHOWN]]
