"""What belongs to a problem."""

from collections.abc import Callable, Mapping
from typing import Any

from meridian.engine.policies import by_unit
from meridian.engine.resources import F, Mention, Resource
from meridian.work.items.facade import EventPolicy, ItemPartPolicy, LinkPolicy, MergePolicy, MessagePolicy
from meridian.work.problems.models import (
    AttachedIncident,
    Problem,
    ProblemEvent,
    ProblemLink,
    ProblemMerge,
    ProblemMessage,
    ProblemNumber,
    ProblemWatcher,
)
from meridian.work.problems.models.references import ConfigurationItem, Person
from meridian.work.servicedesk.facade import Category, Team

# The rows that the data of events and the kept state of a merge name.
MENTIONED: Mapping[str, Mention] = {
    "from": Mention(Problem, "number"),
    "merged_into": Mention(Problem),
    "team": Mention(Team),
    "assignee": Mention(Person),
    "category": Mention(Category),
    "concerns": Mention(ConfigurationItem),
}


class ProblemMergePolicy(MergePolicy):
    unit = "target__team__unit__path"


class AttachedIncidentResource(Resource):
    """Attached and detached by verbs of the problem."""

    model = AttachedIncident
    address = "attached-incidents"
    policy = by_unit("problem__team__unit")
    in_menu = False
    related = ("problem", "incident")
    titled = ("problem", "incident")
    add = change = remove = None
    fields = (F("problem", column=True, api="r"), F("incident", column=True, filter=False, api="r"))


class ProblemEventResource(Resource):
    model = ProblemEvent
    address = "problem-events"
    policy = EventPolicy
    appended = True
    in_menu = False
    related = ("item", "actor")
    order = ("-id",)
    fields = (
        F("item", column=True, filter=False, api="r"),
        F("sequence", column=True, api="r"),
        F("at", column=True, api="r"),
        F("recorded_at", filter=False, api="r"),
        F("actor", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
        F("data", api="r"),
    )

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "data" else {}


class ProblemMessageResource(Resource):
    model = ProblemMessage
    address = "problem-words"
    policy = MessagePolicy
    found_as = "item"
    found_for = ("visibility", {"internal": "queue"})
    appended = True
    in_menu = False
    related = ("item",)
    order = ("-id",)
    fields = (
        F("event", filter=False, api="r"),
        F("item", column=True, filter=False, api="r"),
        F("visibility", column=True, api="r"),
        F("language", column=True, api="r"),
        F("text", column=True, search="C", api="r"),
    )


class ProblemNumberResource(Resource):
    model = ProblemNumber
    address = "further-numbers"
    policy = ItemPartPolicy
    found_as = "item"
    in_menu = False
    key = "alias"
    related = ("item",)
    add = change = remove = None
    fields = (F("alias", column=True, search="B", api="r"), F("item", column=True, filter=False, api="r"))


class ProblemWatcherResource(Resource):
    model = ProblemWatcher
    address = "problem-watchers"
    policy = ItemPartPolicy
    in_menu = False
    related = ("item", "person")
    titled = ("person", "item")
    add = change = remove = None
    fields = (
        F("item", column=True, filter=False, api="r"),
        F("person", column=True, filter=False, api="r"),
    )


class ProblemLinkResource(Resource):
    model = ProblemLink
    address = "problem-links"
    policy = LinkPolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("source", column=True, filter=False, api="r"),
        F("target", column=True, filter=False, api="r"),
        F("type", column=True, api="r"),
    )


class ProblemMergeResource(Resource):
    model = ProblemMerge
    address = "problem-merges"
    policy = ProblemMergePolicy
    in_menu = False
    related = ("source", "target")
    add = change = remove = None
    fields = (
        F("target", column=True, filter=False, api="r"),
        F("source", column=True, filter=False, api="r"),
        F("before", api=""),
        F("merged_at", column=True, filter=False, api="r"),
        F("undone_at", column=True, filter=False, api="r"),
    )

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        return MENTIONED if name == "before" else {}
