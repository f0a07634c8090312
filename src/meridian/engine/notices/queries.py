"""How accounts want to be told."""

from collections.abc import Iterable

from meridian.engine.modules.registry import notice_kinds
from meridian.engine.notices.models import Choice, Way


def ways_of(kind: str, account_ids: Iterable[int]) -> dict[int, Way]:
    """How each account wants to be told of a kind: as it chose, else as the kind has it."""
    wanted = set(account_ids)
    chosen = dict(Choice.objects.filter(account__in=wanted, kind=kind).values_list("account", "way"))
    usual = Way.MAIL if notice_kinds()[kind].by_mail else Way.BELL
    return {account: Way(chosen.get(account, usual)) for account in wanted}
