"""Asking for long work, and stopping it."""

import functools
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.errands import storage
from meridian.engine.errands.models import UNDER_WAY, Errand, State
from meridian.engine.modules.registry import errand_with
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor

MOST_UNDER_WAY = 5
# Who asks several times at once is answered one after the other: the second finds what the first began.
ONE_AFTER_THE_OTHER = "SELECT pg_advisory_xact_lock(hashtext('errands_errand.ask'), %s)"


@command("errands.errand.ask", on=Errand, title=gettext_lazy("ask the worker"))
def ask_errand(
    *, actor: Actor, kind: str, title: str, arguments: Mapping[str, Any], content: bytes = b""
) -> Errand:
    """Let the worker do long work of a kind that some manifest declares, with the file `content`.

    What somebody has asked for already, and is under way, is not begun twice: it is given back.
    """
    name = errand_with(kind).name
    scopes = None if actor.scopes is None else sorted(actor.scopes)
    asked = json.dumps([name, dict(arguments), scopes, hashlib.sha256(content).hexdigest()], sort_keys=True)
    digest = hashlib.sha256(asked.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AFTER_THE_OTHER, [actor.own_account_id % 2**31])
    mine = Errand.objects.filter(account=actor.own_account_id, state__in=UNDER_WAY)
    if same := mine.filter(digest=digest).first():
        return same
    if mine.count() >= MOST_UNDER_WAY:
        sentence = _("You have %(count)s errands under way: wait for one of them, or stop it.")
        raise Refusal(sentence % {"count": MOST_UNDER_WAY})
    errand = Errand.objects.create(
        account_id=actor.own_account_id,
        kind=name,
        title=title[:200],
        arguments=dict(arguments),
        scopes=scopes,
        language=translation.get_language() or "en",
        zone=timezone.get_current_timezone_name(),
        digest=digest,
    )
    if content:
        with storage.written(errand.place, storage.GIVEN) as stream:
            stream.write(content)
    queue_job("errands.run", errand_id=errand.pk)
    return errand


@command("errands.errand.stop", on=Errand, target="row")
def stop_errand(*, actor: Actor, row: Errand) -> Errand:
    """Stop an errand that waits or is under way: nothing of it stays."""
    ended = {"state": State.STOPPED, "ended_at": timezone.now()}
    if not Errand.objects.filter(pk=row.pk, state__in=UNDER_WAY).update(**ended):
        raise Untimely(_("This has ended already."))
    transaction.on_commit(functools.partial(storage.forget, row.place))
    return row
