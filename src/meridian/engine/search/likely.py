"""Rows that are likely meant by words that somebody typed while saying something else than a question.

A search holds all words that are typed; a sentence has many that no answer holds. Here each row counts for
the words that it holds, rare ones more than frequent ones, and those of its heading thrice.
"""

from dataclasses import dataclass
from math import log

from django.db import connection, models

from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.engine.search.question import Word, telling_words
from meridian.engine.search.vectors import HEADING

MOST_WORDS = 40
HEADING_COUNTS = 3.0
# Of all that the words could say, a row says at least so much.
LEAST_SHARE = 0.34
HOLDING = """
SELECT asked.place, document.row_id, bool_or(document.vector @@ asked.heading::tsquery)
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (anywhere, heading, place)
JOIN search_searchdocument AS document
  ON document.resource = %s AND document.action = 'view' AND document.vector @@ asked.anywhere::tsquery
GROUP BY asked.place, document.row_id
"""
ALL = "SELECT count(DISTINCT row_id) FROM search_searchdocument WHERE resource = %s AND action = 'view'"


@dataclass(frozen=True, slots=True)
class Likely:
    """A row by its key, and how much of the words it says, from 0 to 1."""

    key: int
    share: float


def likely(actor: Actor, model: type[models.Model], text: str, among: models.Q, most: int) -> list[Likely]:
    """The rows that are `among` these and that the actor may see, the likeliest first; two statements more
    than the stems of new words take."""
    asked = telling_words(text)[:MOST_WORDS]
    if not asked:
        return []
    found = _weighed(asked, model._meta.label_lower)
    best = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    if not best:
        return []
    seen = set(
        permitted_rows(model, actor, "view")
        .filter(among, pk__in=[key for key, _share in best])
        .values_list("pk", flat=True)
    )
    return [Likely(key, share) for key, share in best if key in seen][:most]


def _weighed(asked: list[Word], label: str) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(ALL, [label])
        every = cursor.fetchall()[0][0]
        anywhere, headings = [word.query("") for word in asked], [word.query(HEADING) for word in asked]
        cursor.execute(HOLDING, [anywhere, headings, label])
        rows = cursor.fetchall()
    holders: dict[int, int] = {}
    for place, _key, _heading in rows:
        holders[place] = holders.get(place, 0) + 1
    weights = {place: log(1 + every / count) for place, count in holders.items()}
    # A word that no row holds says nothing about any of them, but counts as one that is missing.
    whole = sum(weights.values()) + 0.5 * log(1 + every) * (len(asked) - len(weights))
    said: dict[int, float] = {}
    for place, key, in_heading in rows:
        said[key] = said.get(key, 0.0) + weights[place] * (HEADING_COUNTS if in_heading else 1.0)
    share = {key: min(1.0, weight / (whole * 1.5)) for key, weight in said.items()} if whole else {}
    return {key: value for key, value in share.items() if value >= LEAST_SHARE}
