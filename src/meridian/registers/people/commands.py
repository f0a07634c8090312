"""Keeping the register of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Unpermitted, command, standard_commands, write_row
from meridian.engine.policies import Actor, Grant
from meridian.registers.people.models import Affiliation, Delegation

add_affiliation, change_affiliation, remove_affiliation = standard_commands(Affiliation)


@command("people.delegation.add", on=Delegation)
def add_delegation(*, actor: Actor, **fields: Any) -> Delegation:
    """Let another act in one's name: never in more than one holds by oneself."""
    row = write_row(Delegation(), fields)
    _refuse_wider(actor, row)
    return row


@command("people.delegation.change", on=Delegation, target="row")
def change_delegation(*, actor: Actor, row: Delegation, **fields: Any) -> Delegation:
    """Change what is delegated, from when or until when; the two parties stay."""
    write_row(row, fields)
    _refuse_wider(actor, row)
    return row


@command("people.delegation.remove", on=Delegation, target="row")
def remove_delegation(*, actor: Actor, row: Delegation) -> None:
    """End a delegation at once."""
    row.delete()


def _refuse_wider(actor: Actor, row: Delegation) -> None:
    """Only what counts is given: of one's own what one holds, of another's what one holds everywhere."""
    if row.giver_id != actor.person_id:
        if not actor.may_give(Grant(frozenset(row.permissions))):
            raise Unpermitted(
                _("To give this in the name of another you must hold it everywhere yourself."), "permissions"
            )
        return
    for permission in row.permissions:
        if not actor.may_lend(permission):
            raise Refusal(
                _(
                    "You hold nothing of “%(permission)s” by a role of your own, so there is nothing to"
                    " hand over. Name what you hold, such as servicedesk.workitem.assign."
                )
                % {"permission": permission},
                "permissions",
            )
