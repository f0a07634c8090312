"""Finding rows by words, whatever their language, among those the actor may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, models
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import Resource
from meridian.engine.search.index import searched
from meridian.engine.search.words import CONFIGURATIONS, prefixes, spaced

CANDIDATES = 240
MOST_CHARACTERS = 200
SHOWN = 50

# The innermost query stops at the first candidates: a word that stands in a hundred thousand
# documents must not cost more than a rare one.
QUERY = """
WITH asked AS (SELECT {any_language} AS query), found AS MATERIALIZED (
  SELECT d.resource, d.row_id, d.title, d.vector FROM search_searchdocument AS d, asked
  WHERE d.vector @@ asked.query {narrowed} LIMIT %(candidates)s
)
SELECT resource, row_id, max(title), max(ts_rank(vector, asked.query)) AS rank
FROM found, asked GROUP BY resource, row_id ORDER BY rank DESC, row_id DESC
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found. `row` is fetched as the actor may see it."""

    resource: type[Resource]
    row: models.Model
    title: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Hits, best first, and how many each resource has among the candidates (`capped` at most)."""

    hits: list[Hit]
    facets: list[tuple[type[Resource], int]]
    capped: bool


Finder = Callable[[Actor, str], str | None]
_finders: list[Finder] = []


def finds(finder: Finder) -> Finder:
    """Register what turns an exact name, such as a number, into an address; None when it can't."""
    _finders.append(finder)
    return finder


def exact(actor: Actor, text: str) -> str | None:
    """The address of the one row that `text` names exactly, if the actor may see it."""
    if len(text) > MOST_CHARACTERS or "\0" in text:
        return None
    for finder in _finders:
        url = finder(actor, text)
        if url:
            return url
    return None


def find(actor: Actor, text: str, facet: str = "") -> Findings:
    """Rows that hold all the words of `text`; `facet` narrows to one resource's label.

    `Refusal` for a text of more than `MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refusal(
            _("Search for at most %(most)s characters: a few words are enough.") % {"most": MOST_CHARACTERS},
            "q",
        )
    prefix = prefixes(text)
    visible = [found for found in searched() if policy_of(found.model).may(actor, "view")]
    if not prefix or facet not in ("", *(found.model._meta.label_lower for found in visible)):
        return Findings([], [], False)
    candidates = _candidates(text, prefix, facet)
    by_label: dict[str, list[int]] = {}
    for label, row_id, _title, _rank in candidates:
        by_label.setdefault(label, []).append(row_id)
    facets = []
    seen: dict[str, tuple[type[Resource], set[int]]] = {}
    for resource in visible:
        label = resource.model._meta.label_lower
        keys = _permitted(resource, actor, by_label.get(label, []))
        if keys:
            facets.append((resource, len(keys)))
            seen[label] = resource, keys
    best = [
        (label, row_id, title)
        for label, row_id, title, _rank in candidates
        if label in seen and row_id in seen[label][1]
    ]
    return Findings(_hits(actor, best[:SHOWN], seen), facets, len(candidates) >= CANDIDATES)


def _permitted(resource: type[Resource], actor: Actor, keys: list[int]) -> set[int]:
    """Those of the rows that the actor may see; nothing is asked where all are."""
    if not keys or policy_of(resource.model).scope(actor, "view") == models.Q():
        return set(keys)
    seen = resource.model._default_manager.permitted(actor, "view").filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


def _hits(
    actor: Actor, best: list[tuple[str, int, str]], seen: dict[str, tuple[type[Resource], set[int]]]
) -> list[Hit]:
    """The rows that are shown, fetched as the actor may see them."""
    rows: dict[tuple[str, int], models.Model] = {}
    for label in {label for label, _row_id, _title in best}:
        resource = seen[label][0]
        keys = [row_id for found, row_id, _title in best if found == label]
        fetched = resource.model._default_manager.permitted(actor, "view").filter(pk__in=keys)
        rows |= {(label, row.pk): row for row in fetched.select_related(*resource.related).distinct()}
    return [
        Hit(seen[label][0], rows[label, row_id], title)
        for label, row_id, title in best
        if (label, row_id) in rows
    ]


def _candidates(text: str, prefix: str, facet: str) -> list[tuple[str, int, str, float]]:
    # Configuration names are constants of the house; what was typed only ever travels as a parameter.
    languages = " || ".join(
        f"websearch_to_tsquery('{name}', %(text)s)" for name in sorted(set(CONFIGURATIONS.values()))
    )
    query = QUERY.format(
        any_language=f"{languages} || to_tsquery('simple', %(prefix)s)",
        narrowed="AND d.resource = %(facet)s" if facet else "",
    )
    parameters = {"text": spaced(text), "prefix": prefix, "facet": facet, "candidates": CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
