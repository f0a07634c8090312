"""Doing what a mail offers by answering it: its first line names the button, the rest what is asked beside.

Whoever answers has had the mail, for its Message-ID can't be guessed; that they are whom it was for is looked
at by whoever takes the answer in.
"""

import datetime
import re
from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils import translation

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.mailed_links.issuing import Holder, Offered
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.mailed_links.opening import Opened, Press, opened
from meridian.engine.modules.registry import link_purposes

PUNCTUATION = " .,!。！،…*\"'“”«»\t"
IN_A_TEXT = re.compile(r"(/mailed/)[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True, slots=True)
class Mailed:
    """What a mail offered, to whom, at which address, and when it left."""

    offered: Offered
    holder: Holder
    address: str
    sent_at: datetime.datetime


def words_of(offered: Offered, holder: Holder, now: datetime.datetime) -> list[str]:
    """What the first line of an answer may say, as the mail names it; nothing where a word is not enough."""
    try:
        found = opened(_link(Mailed(offered, holder, "", now)))
    except Refusal:
        return []
    return [str(button.title) for button in found.buttons] if found.by_mail else []


def answer_mailed(mailed: Mailed, said: str) -> str | None:
    """Do what an answer says, and give the sentence that tells of it; None when it names no button.

    Raises `Refusal`, in the language of the mail, for what can't be done (any more).
    """
    with translation.override(mailed.holder.language), trail.origin("mail"), transaction.atomic():
        found = opened(_link(mailed))
        press, rest = _pressed(mailed, found, said)
        if press is None or not found.by_mail:
            return None
        return found.act(press.value, _given(found, rest))


def without_links(text: str) -> str:
    """A text without the secrets of links that somebody quotes: whoever reads it later can't use them."""
    return IN_A_TEXT.sub(r"\1…", text)


def _link(mailed: Mailed) -> MailedLink:
    """What the mail's link would do, without its secret."""
    offered, holder = mailed.offered, mailed.holder
    purpose = link_purposes().get(offered.purpose)
    days = purpose.declared.days if purpose else 0
    return MailedLink(
        purpose=offered.purpose,
        resource=offered.resource,
        row_id=offered.row_id,
        state=offered.state,
        account_id=holder.account_id,
        person=holder.person_id,
        label=holder.label,
        language=holder.language,
        expires_at=mailed.sent_at + datetime.timedelta(days=days),
    )


def _pressed(mailed: Mailed, found: Opened, said: str) -> tuple[Press | None, str]:
    """The button that the first line names, in the language of the mail or in English, and the rest."""
    first, _newline, rest = said.strip().partition("\n")
    word = first.strip(PUNCTUATION).casefold()
    if word.isdecimal():
        # Digits of every script count: ٤ is 4.
        word = str(int(word[:9]))
    with translation.override("en"):
        in_english = [str(button.title) for button in opened(_link(mailed)).buttons]
    for button, english in zip(found.buttons, in_english, strict=True):
        if word in {
            name.strip(PUNCTUATION).casefold() for name in (button.value, str(button.title), english)
        }:
            return button, rest.strip()
    return None, said


def _given(found: Opened, rest: str) -> dict[str, object]:
    """What the form beside the buttons holds when its room for words gets the rest."""
    blank = found.form()
    named = [name for name, field in blank.fields.items() if isinstance(field.widget, forms.Textarea)]
    form = found.form(dict.fromkeys(named[:1], rest))
    if not form.is_valid():
        raise Refusal(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return dict(form.cleaned_data)
