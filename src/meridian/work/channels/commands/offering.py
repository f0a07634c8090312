"""What a letter offers to do at once, by links whose secrets are made as it leaves and kept nowhere."""

import datetime

from django.template.loader import render_to_string
from django.utils import translation

from meridian.engine.mailed_links.answering import words_of
from meridian.engine.mailed_links.issuing import Offered, issue_links
from meridian.engine.modules.registry import link_purposes
from meridian.work.channels.contracts import Letter
from meridian.work.channels.models import OutboundMail
from meridian.work.channels.queries.asked import holder_of
from meridian.work.channels.queries.solutions import CONFIRM, REOPEN, solution_of

SIGNATURE = "\n-- \n"


def with_offers(row: OutboundMail, now: datetime.datetime) -> str:
    """The text of a letter with the links that it carries, above its reference."""
    offers = _offers(row)
    if not offers:
        return row.text
    holder, known = holder_of(row), link_purposes()
    urls = issue_links([(offered, holder) for offered in offers])
    with translation.override(row.language):
        said = [
            {
                "link_url": url,
                "link_title": known[offered.purpose].declared.title,
                "link_days": known[offered.purpose].declared.days,
                # A solution says itself how it is answered, in any mail of its thread.
                "link_words": words_of(offered, holder, now) if row.offered and _is_fetched(row) else (),
            }
            for offered, url in zip(offers, urls, strict=True)
        ]
        told = "\n".join(render_to_string("mailed_links/offer.txt", each) for each in said)
    words, signature, rest = row.text.partition(SIGNATURE)
    return f"{words.strip()}\n\n{told.strip()}\n{signature}{rest}"


def _offers(row: OutboundMail) -> list[Offered]:
    """What the letter was given, and with a solution to confirm it or to say that it is none."""
    if row.offered:
        return [Offered(**row.offered)]
    item = row.item
    if row.letter != Letter.SOLVED or item is None or item.requester_id != row.person_id:
        return []
    state = solution_of(item)
    return [Offered.of(purpose, item, state) for purpose in (CONFIRM, REOPEN)] if state else []


def _is_fetched(row: OutboundMail) -> bool:
    return row.mailbox is not None and bool(row.mailbox.server)
