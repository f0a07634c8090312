"""Articles that may answer what somebody asks."""

from meridian.engine.policies import Actor
from meridian.engine.search.likely import likely
from meridian.work.knowledge.models import Article
from meridian.work.knowledge.queries.articles import Reading, current, readings

MOST = 4


def likely_readings(actor: Actor, words: str, language: str, most: int = MOST) -> list[Reading]:
    """What may answer these words, as the reader of a language reads it, the likeliest first."""
    keys = [found.key for found in likely(actor, Article, words, current(), most)]
    found = readings(actor, Article.objects.filter(pk__in=keys), language)
    return [found[key] for key in keys if key in found]
