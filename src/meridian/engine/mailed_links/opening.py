"""What a link leads to, who acts by it, and why it may do nothing any more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unseen, Untimely
from meridian.engine.figures import instant_text
from meridian.engine.mailed_links.issuing import digest_of
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.modules import LinkPurpose
from meridian.engine.modules.registry import link_purposes
from meridian.engine.policies import Actor, Grant
from meridian.engine.records import permitted_rows


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it sends, its title, and whether it comes `first` or is a `danger`."""

    value: str
    title: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the page of a link shows, and what its buttons do.

    `state` is the digest of what is shown, as it stands now; `form` what is asked beside the press; `act`
    gets the value of the button and what the form holds, calls a command of the module and returns the
    sentence that is read then. `url` leads to the same for whoever signs in. `by_mail` says that an answer
    to the mail can press a button too: not where the form is what is asked.
    """

    title: str
    act: Callable[[str, Mapping[str, Any]], str]
    buttons: Sequence[Press]
    text: str = ""
    facts: Sequence[Mapping[str, Any]] = ()
    state: str = ""
    form: type[forms.Form] = field(default=forms.Form)
    url: str = ""
    by_mail: bool = True


def known_link(secret: str) -> MailedLink | None:
    """The link with this secret."""
    return MailedLink.objects.select_related("account").filter(digest=digest_of(secret)).first()


def actor_by(link: MailedLink) -> Actor:
    """Whom the link is for, with no role at all: what the purpose names and seeing that row, as one's own."""
    purpose = _purpose(link)
    scopes = frozenset({f"{link.resource}.view", purpose.permission})
    return Actor(link.account_id, link.person, link.label, (Grant(frozenset()),), scopes)


def opened(link: MailedLink) -> Opened:
    """What the link would do now; a `Refusal` says in words why it does nothing any more."""
    _refuse_old(link)
    actor = actor_by(link)
    model: type[models.Model] = apps.get_model(link.resource)
    row = permitted_rows(model, actor, "view").filter(pk=link.row_id).first()
    if row is None:
        raise Unseen(_("What this link was about is gone, or is no longer yours to decide."))
    found: Opened = link_purposes()[link.purpose].function(actor, row)
    if link.state and found.state != link.state:
        raise Untimely(
            _("This has changed since the mail was sent. Sign in and look at it as it stands now."), "state"
        )
    return found


def use(link: MailedLink, pressed: str, given: Mapping[str, Any]) -> str:
    """Do what the link is for, once: of two presses at the same moment the second is told of the first."""
    with trail.origin("mail"), transaction.atomic():
        held = MailedLink.objects.select_for_update().get(pk=link.pk)
        found = opened(held)
        if pressed not in {button.value for button in found.buttons}:
            raise Refusal(_("Press one of the buttons."))
        said = found.act(pressed, given)
        held.used_at = timezone.now()
        held.save(update_fields=("used_at",))
    return said


def _purpose(link: MailedLink) -> LinkPurpose:
    if link.purpose not in link_purposes():
        raise Unseen(_("What this link was for is not offered any more."))
    declared: LinkPurpose = link_purposes()[link.purpose].declared
    return declared


def _refuse_old(link: MailedLink) -> None:
    if link.expires_at <= timezone.now():
        sentence = _("This link was good until %(at)s. Sign in, or ask for another mail.")
        raise Untimely(sentence % {"at": instant_text(link.expires_at)})
    if link.used_at and _purpose(link).once:
        sentence = _("This link was used %(at)s: what it was for is done.")
        raise Untimely(sentence % {"at": instant_text(link.used_at)})
    accounts = get_user_model().objects
    if link.account_id and not accounts.filter(pk=link.account_id, is_active=True).exists():
        raise Unseen(_("The account that this link was sent to is closed."))
