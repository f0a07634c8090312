"""From the codes that drafts name to the keys of rows; a code that does not exist is refused."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meridian.engine.commands import Refusal
from meridian.registers.ledger.contracts import AXES, Dimensions, Draft, Leg
from meridian.registers.ledger.models import Account, Coding, DimensionValue, LedgerUnit

Row = tuple[int, int, int, int]
MOST_NAMED = 12


class Lookups:
    """The keys for all codes of some drafts, read once; combinations that are new are written."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._accounts = dict(Account.objects.values_list("code", "pk"))
        self._units = dict(LedgerUnit.objects.values_list("code", "pk"))
        firsts: dict[Dimensions, Leg] = {}
        for leg in (leg for draft in drafts for leg in draft.legs):
            if leg.account not in self._accounts:
                raise Refusal(_unknown(_("account"), leg.account, leg.place, self._accounts))
            if leg.unit not in self._units:
                raise Refusal(_unknown(pgettext("of the ledger", "unit"), leg.unit, leg.place, self._units))
            firsts.setdefault(leg.dimensions, leg)
        self._codings = _codings(firsts)

    def postings(self, draft: Draft) -> Iterator[Row]:
        """(account, unit, coding, amount) of each leg."""
        for leg in draft.legs:
            yield (
                self._accounts[leg.account],
                self._units[leg.unit],
                self._codings[leg.dimensions],
                leg.amount,
            )


def _codings(firsts: dict[Dimensions, Leg]) -> dict[Dimensions, int]:
    values = {(axis, code): pk for axis, code, pk in DimensionValue.objects.values_list("axis", "code", "pk")}
    wanted = {
        dimensions: tuple(
            _value(values, axis, code, leg) for axis, code in zip(AXES, dimensions.codes(), strict=True)
        )
        for dimensions, leg in firsts.items()
    }
    columns = tuple(f"{axis}_id" for axis in AXES)
    known = _known(columns)
    missing = [keys for keys in wanted.values() if keys not in known]
    if missing:
        Coding.objects.bulk_create(
            (Coding(**dict(zip(columns, keys, strict=True))) for keys in missing), ignore_conflicts=True
        )
        known = _known(columns)
    return {dimensions: known[keys] for dimensions, keys in wanted.items()}


def _known(columns: Sequence[str]) -> dict[tuple[int | None, ...], int]:
    return {tuple(keys): pk for pk, *keys in Coding.objects.values_list("pk", *columns)}


def _value(values: dict[tuple[str, str], int], axis: str, code: str, leg: Leg) -> int | None:
    if not code:
        return None
    if (axis, code) not in values:
        known = (other for found, other in values if found == axis)
        raise Refusal(_unknown(str(DimensionValue.Axis(axis).label).lower(), code, leg.place, known))
    return values[axis, code]


def _unknown(what: str, code: str, place: str, known: Iterable[str]) -> str:
    found = sorted(known)
    shown = ", ".join(found[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else "")
    sentence = _("There is no %(what)s “%(code)s”; known are: %(known)s. Nothing was posted.") % {
        "what": what,
        "code": code,
        "known": shown or "–",
    }
    return f"{place}: {sentence}" if place else sentence
