"""What was done, as people call it: every entry of the trail by the title of its command or deed."""

from django.apps import apps
from django.utils.translation import gettext

from meridian.engine.commands import commands
from meridian.engine.modules.registry import deeds
from meridian.engine.resources import has_resource, resource_of


def doing(command: str) -> str:
    """What a command does, in words: “Site: change”; a noun of which we keep no rows is not said."""
    noun, _dot, _verb = command.rpartition(".")
    said = title_of(command)
    try:
        name = str(apps.get_model(noun)._meta.verbose_name)
    except (LookupError, ValueError):
        return f"{said[:1].upper()}{said[1:]}"
    return f"{name[:1].upper()}{name[1:]}: {said}"


def title_of(command: str) -> str:
    """How the reader calls what a command does; of one that is no longer there, its own last word."""
    noun, _dot, verb = command.rpartition(".")
    if said := deeds().get(command) or _declared(command, noun, verb):
        return said
    return _of_every_noun().get(verb) or verb.replace("_", " ")


def is_titled(command: str) -> bool:
    """Whether somebody wrote a title for it, in one of the places where titles are."""
    noun, _dot, verb = command.rpartition(".")
    return bool(deeds().get(command) or _declared(command, noun, verb) or _of_every_noun().get(verb))


def _declared(command: str, noun: str, verb: str) -> str:
    found = commands().get(command)
    if found is not None and found.title:
        return str(found.title)
    try:
        model = apps.get_model(noun)
    except (LookupError, ValueError):
        return ""
    declared = resource_of(model).verb(verb) if has_resource(model) else None
    return str(declared.title) if declared else ""


def _of_every_noun() -> dict[str, str]:
    """What can be done to rows of any kind."""
    return {
        "add": gettext("add"),
        "change": gettext("change"),
        "remove": gettext("remove"),
        "bulk": gettext("change several"),
        "undo": gettext("undo what was done to several"),
        "change_many": gettext("change several"),
        "import": gettext("take in a file"),
        "save": gettext("save"),
        "load": gettext("take in many rows"),
        "paste": gettext("take in pasted rows"),
        "begin": gettext("begin with what the house brings along"),
        "install": gettext("begin with what the house brings along"),
    }
