"""Every write to knowledge."""

from meridian.work.knowledge.commands.articles import add_article, confirm, grow, retire
from meridian.work.knowledge.commands.demo import load
from meridian.work.knowledge.commands.revisions import approve, give_back, send, throw_away, write
from meridian.work.knowledge.commands.uses import note

__all__ = [
    "add_article",
    "approve",
    "confirm",
    "give_back",
    "grow",
    "load",
    "note",
    "retire",
    "send",
    "throw_away",
    "write",
]
