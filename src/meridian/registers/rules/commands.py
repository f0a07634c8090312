"""Keeping rules; an edition is published when its worked examples come out."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, Warned, clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.registers.rules.contracts import RuleFault
from meridian.registers.rules.models import Edition, Rule
from meridian.registers.rules.rules.editions import check_body, failed_examples

add_rule, change_rule, remove_rule = standard_commands(Rule)


@command("rules.edition.add", on=Edition)
def add_edition(*, actor: Actor, **fields: Any) -> Edition:
    """Draft an edition; it may be incomplete until it is published."""
    edition = Edition(**fields)
    clean_row(edition)
    edition.save()
    return edition


@command("rules.edition.change", on=Edition, target="row")
def change_edition(*, actor: Actor, row: Edition, **fields: Any) -> Edition:
    """Change a draft."""
    _refuse_published(row)
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("rules.edition.remove", on=Edition, target="row")
def remove_edition(*, actor: Actor, row: Edition) -> None:
    """Remove a draft."""
    _refuse_published(row)
    row.delete()


def _warn_of_publishing(rows: list[Edition], _given: Any) -> Warned:
    name = str(rows[0])
    return Warned(
        title=_("Publish %(name)s?") % {"name": name},
        does=(_("From its first day on, everything that is computed by this rule follows this edition."),),
        lost=_("A published edition can't be changed or taken back."),
        button=_("Publish"),
        done=_("%(name)s is published. To change the rule, write an edition that holds from a later day.")
        % {"name": name},
    )


@command("rules.edition.publish", on=Edition, target="row", warns=_warn_of_publishing)
def publish_edition(*, actor: Actor, row: Edition) -> Edition:
    """Publish a draft that can be read, has worked examples, and gives every one of them."""
    _refuse_published(row)
    try:
        check_body(row.body)
    except RuleFault as fault:
        raise Refusal(str(fault), "body") from fault
    if not row.body.get("examples"):
        raise Refusal(_("Add a worked example: an edition is published with its proof."), "body")
    if failed := failed_examples(row.body):
        raise Refusal(" ".join(map(str, failed)), "body")
    row.published_at = timezone.now()
    clean_row(row)
    row.save()
    return row


def _refuse_published(row: Edition) -> None:
    if row.published_at:
        raise Untimely(_("A published edition stays as it is. Write a new one that holds from a later day."))
