"""Making links: the secret leaves in the mail and is kept nowhere."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.modules.registry import link_purposes


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a link is for; the language is that of the mail."""

    account_id: int | None
    person_id: int | None
    label: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Offered:
    """What a link is for: a `LinkPurpose`, such as `surveys.rate`, of the row `row_id` of `resource`.

    `state` is the digest of what is shown in the mail: when the row stands otherwise the link does nothing.
    """

    purpose: str
    resource: str
    row_id: int
    state: str = ""

    @classmethod
    def of(cls, purpose: str, row: models.Model, state: str = "") -> "Offered":
        return cls(purpose, row._meta.label_lower, row.pk, state)


def digest_of(secret: str) -> str:
    """What is kept of a secret: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def issue_links(
    wanted: Iterable[tuple[Offered, Holder]], *, expires_at: datetime.datetime | None = None
) -> list[str]:
    """The addresses of new links, in the order in which they are wanted; one statement."""
    now, made, urls = timezone.now(), [], []
    for offered, holder in wanted:
        purpose, secret = link_purposes()[offered.purpose].declared, secrets.token_urlsafe(32)
        made.append(
            MailedLink(
                digest=digest_of(secret),
                purpose=offered.purpose,
                resource=offered.resource,
                row_id=offered.row_id,
                state=offered.state,
                account_id=holder.account_id,
                person=holder.person_id,
                label=holder.label[:200],
                language=holder.language,
                expires_at=expires_at or now + datetime.timedelta(days=purpose.days),
            )
        )
        urls.append(settings.PUBLIC_ORIGIN + reverse("mailed-link", args=(secret,)))
    MailedLink.objects.bulk_create(made)
    return urls


def issue_link(offered: Offered, holder: Holder, *, expires_at: datetime.datetime | None = None) -> str:
    """The address of a new link, for the body of one mail to its holder and nowhere else."""
    return issue_links([(offered, holder)], expires_at=expires_at)[0]
