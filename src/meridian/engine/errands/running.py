"""Doing an errand: once, with the rights of whoever asked for it as they are now."""

import logging
from contextlib import closing
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.errands import storage
from meridian.engine.errands.events import ErrandEnded
from meridian.engine.errands.models import UNDER_WAY, Errand, State
from meridian.engine.errands.working import Stopped, Work
from meridian.engine.events import publish
from meridian.engine.modules.registry import errand_with, offers_to
from meridian.engine.policies import ANONYMOUS, Actor
from meridian.engine.records.zones import zone_or_utc

log = logging.getLogger(__name__)
# A worker that is killed by an errand, for its memory, would be killed for ever.
MOST_TRIES = 3
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('errands_errand'), %s)"


def carry_out(errand_id: int) -> None:
    """Do an errand that is under way; any other is left alone, so that doing it again does no harm."""
    begun = Errand.objects.filter(pk=errand_id, state__in=UNDER_WAY)
    if not begun.update(state=State.RUNNING, began_at=timezone.now(), tries=models.F("tries") + 1):
        return
    errand = Errand.objects.get(pk=errand_id)
    zone, _fault = zone_or_utc(errand.zone)
    with trail.origin("job"), translation.override(errand.language), timezone.override(zone):
        if errand.tries > MOST_TRIES:
            _end(errand, State.FAILED, why=_("It was ended in the middle several times. Ask for less."))
            return
        try:
            _do(errand)
        except Stopped:
            storage.forget(errand.place)
        except Refusal as fault:
            _end(errand, State.REFUSED, why=str(fault))
        except Exception:
            log.exception("Errand %s (%s) failed", errand.pk, errand.kind)
            if _end(errand, State.FAILED, why=_("Something went wrong here. The operator sees it.")):
                raise


def _do(errand: Errand) -> None:
    with closing(Work(errand, _actor(errand))) as work, transaction.atomic():
        with connection.cursor() as cursor:
            # Two workers never do the same errand: the second waits, and finds that it has ended.
            cursor.execute(ONE_AT_A_TIME, [errand.pk % 2**31])
        if not Errand.objects.filter(pk=errand.pk, state=State.RUNNING).exists():
            return
        result = errand_with(errand.kind).function(work)
        if not _end(errand, State.DONE, result=result, **work.facts):
            raise Stopped


def _actor(errand: Errand) -> Actor:
    scopes = None if errand.scopes is None else frozenset(errand.scopes)
    offer = next(offers_to("actor"), None)
    return ANONYMOUS if offer is None else offer.function(errand.account_id, scopes)


@transaction.atomic
def _end(errand: Errand, state: State, **facts: Any) -> bool:
    """End an errand that is under way, and say so; False when it has ended otherwise meanwhile."""
    ended = Errand.objects.filter(pk=errand.pk, state=State.RUNNING)
    if not ended.update(state=state, ended_at=timezone.now(), **facts):
        return False
    publish(ErrandEnded(errand=errand.pk))
    return True
