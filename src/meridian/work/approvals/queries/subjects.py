"""What an approval is about, as it stands now."""

from django.apps import apps
from django.db import models

from meridian.engine.modules.registry import offers_to
from meridian.work.approvals.contracts import Subject
from meridian.work.approvals.models import Approval
from meridian.work.approvals.rules import digest_of


def row_of(approval: Approval) -> models.Model | None:
    """The row that is to be approved."""
    model: type[models.Model] = apps.get_model(approval.resource)
    return model._base_manager.filter(pk=approval.row_id).first()


def subject_of(row: models.Model) -> Subject:
    """What is approved of a row, by the offer of its module; LookupError when its kind is never approved."""
    label = row._meta.label_lower
    for given in offers_to("approved", label):
        subject: Subject = given.function(row)
        return subject
    raise LookupError(f"No module offers what is approved of {label}.")


def subject_now(approval: Approval) -> Subject | None:
    """What the approval is about as it stands now; None when it is gone."""
    row = row_of(approval)
    return subject_of(row) if row is not None else None


def barred_from(approval: Approval) -> frozenset[int]:
    """Who never approves it: whoever asked, and for whom it is."""
    subject = subject_now(approval)
    return frozenset({approval.requester_id}) | (subject.for_people if subject is not None else frozenset())


def digest_now(approval: Approval) -> str:
    """The digest of what would be approved now; empty when it is gone."""
    subject = subject_now(approval)
    return digest_of(subject.content) if subject is not None else ""
