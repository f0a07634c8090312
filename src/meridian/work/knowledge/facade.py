"""The door of knowledge for other modules."""

from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.queries.articles import Reading, reading
from meridian.work.knowledge.queries.likely import likely_readings

__all__ = ["Article", "Reading", "Revision", "likely_readings", "reading"]
