"""A write that is sent twice is carried out once."""

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from ninja.errors import HttpError

from meridian.engine.api.models import KeptAnswer
from meridian.engine.policies import Request

MOST_KEY_CHARACTERS = 80


def once(request: Request, carry_out: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry out a write, or give the kept answer of the same `Idempotency-Key`.

    Key and write are of one transaction: a crash leaves neither. Another body under a used
    key is a fault of the caller (422).
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or request.actor.account_id is None:
        return carry_out()
    if len(key) > MOST_KEY_CHARACTERS or "\0" in key:
        raise HttpError(422, f"Idempotency-Key holds at most {MOST_KEY_CHARACTERS} characters.")
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    with transaction.atomic():
        kept, made = _claim(request.actor.account_id, key, digest)
        if not made:
            if kept.request_digest != digest:
                raise HttpError(422, "This Idempotency-Key was used for another request.")
            return HttpResponse(kept.body, status=kept.status, content_type="application/json")
        answer = carry_out()
        kept.status, kept.body = answer.status_code, answer.content.decode()
        kept.save(update_fields=("status", "body"))
        return answer


def once_on_page(request: Request, carry_out: Callable[[], HttpResponse]) -> HttpResponse:
    """As `once`, for a form that holds the tag `{% once %}`: what is sent twice ends where the first did.

    Only an answer that leads on (a redirect) is kept; a form that is shown again may be sent again.
    """
    if not request.POST.get("once") or request.actor.account_id is None:
        return carry_out()
    digest = _digest_of_form(request)
    with transaction.atomic():
        kept, made = _claim(request.actor.account_id, f"page {digest}", digest)
        if not made:
            return HttpResponseRedirect(kept.body)
        answer = carry_out()
        if answer.status_code == 302:
            kept.status, kept.body = answer.status_code, answer["Location"]
            kept.save(update_fields=("status", "body"))
        else:
            kept.delete()
        return answer


def _digest_of_form(request: Request) -> str:
    """What was sent, the key of the form included and the CSRF token left out."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    return hashlib.sha256(repr((request.path, sent, files)).encode(errors="replace")).hexdigest()


def _claim(account_id: int, key: str, digest: str) -> tuple[KeptAnswer, bool]:
    """Take the key, waiting for whoever else is using it just now."""
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(account_id=account_id, key=key, request_digest=digest), True
    except IntegrityError:
        return KeptAnswer.objects.get(account_id=account_id, key=key), False
