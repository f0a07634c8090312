"""What an address may ask: a parameter that nobody understands is refused in words, never passed over."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.listing.lookup import suggestion
from meridian.kernel.words import folded, near

MOST_SHOWN_CHARACTERS = 80
# As many as the key of any row can have.
MOST_DIGITS = 18


class NotUnderstood(Refusal):
    """Something of the address says nothing here: `faults` has a sentence for each parameter."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()), next(iter(faults), ""))
        self.faults = dict(faults)


def faults_of(
    query: Mapping[str, Any], known: Collection[str], several: Collection[str] = ()
) -> dict[str, str]:
    """A sentence for each parameter that isn't known, or that is given more than once but for `several`."""
    found = {name: not_known(name, known) for name in query if name not in known}
    if hasattr(query, "getlist"):
        found |= {
            name: _("“%(name)s” is given more than once: leave one.") % {"name": shown(name)}
            for name in query
            if name in known and name not in several and len(query.getlist(name)) > 1
        }
    return found


def refuse_unknown(query: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `NotUnderstood` when the address asks for what isn't `known`."""
    if faults := faults_of(query, known):
        raise NotUnderstood(faults)


def not_known(name: str, known: Iterable[str]) -> str:
    """The sentence on a parameter that isn't known, with the near ones, else with all that are."""
    known = sorted(known)
    said = _("“%(name)s” is nothing that can be asked here.") % {"name": shown(name)}
    if suggested := near(name, known):
        return f"{said} {suggestion(suggested)}"
    if not known:
        return said
    return f"{said} {_('What can be asked: %(names)s.') % {'names': ', '.join(known)}}"


def whole_number(text: str) -> int | None:
    """The number in a field of a form or an address, such as the key of a row; None for all else.

    Digits without end are none: no row has them, and Python reads them with a fault.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def row_key(text: str) -> int:
    """The key of a row in a field of a form; 0, which no row has, for what is none."""
    return whole_number(text) or 0


def one_of(name: str, value: str, options: Mapping[str, Any]) -> str:
    """`value` when it is one of the options (value to words), else `NotUnderstood` with the near ones."""
    if sentence := not_an_option(value, options):
        raise NotUnderstood({name: sentence})
    return value


def not_an_option(value: str, options: Mapping[str, Any]) -> str:
    """The sentence on a value that is none of the options; empty when it is one."""
    if value in options:
        return ""
    said = _("“%(value)s” is none of what can be chosen.") % {"value": shown(value)}
    words = {str(words): key for key, words in options.items()} | {key: key for key in options}
    found = dict.fromkeys(words[word] for word in near(value, words))
    if found:
        return f"{said} {suggestion([_called(key, options[key]) for key in found])}"
    return f"{said} {_('There are: %(options)s.') % {'options': ', '.join(key for key in options if key)}}"


def _called(key: str, words: Any) -> str:
    """An option as people know it, after the word by which an address means it: “1 · critical”."""
    return key if folded(key) == folded(str(words)) else f"{key} · {words}"


def shown(text: str) -> str:
    """What was typed, short enough for a sentence."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text)
    return plain if len(plain) <= MOST_SHOWN_CHARACTERS else f"{plain[:MOST_SHOWN_CHARACTERS]}…"
