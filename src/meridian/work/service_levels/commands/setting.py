"""Keeping policies, their versions, and the hours of sites."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.commands.standard import write_row
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.service_levels.contracts import Kind, Measure
from meridian.work.service_levels.models import ClockPolicy, PolicyVersion, SiteHours
from meridian.work.service_levels.queries.book import forget_book
from meridian.work.service_levels.rules.hours import calendars_in, parse_hours
from meridian.work.servicedesk.facade import HoldReason

Calendar = reference("calendars.Calendar")
PROMISED_TO_ALL = (Measure.RESOLVE, Measure.FULFIL)


@command("service_levels.clockpolicy.add", on=ClockPolicy)
def add_clock_policy(*, actor: Actor, **fields: Any) -> ClockPolicy:
    """Promise something; its versions say by when."""
    return _written(ClockPolicy(), fields)


@command("service_levels.clockpolicy.change", on=ClockPolicy, target="row")
def change_clock_policy(*, actor: Actor, row: ClockPolicy, **fields: Any) -> ClockPolicy:
    """Change for what a policy is meant. What every item is promised by stays for all of them."""
    was_for_all = _is_for_all(row)
    changed = _written(row, fields)
    if was_for_all and not _is_for_all(changed):
        raise Refusal(_needed(row))
    return changed


@command("service_levels.clockpolicy.remove", on=ClockPolicy, target="row")
def remove_clock_policy(*, actor: Actor, row: ClockPolicy) -> None:
    """Take a promise back that no clock has followed yet; never the one that holds for every item."""
    if _is_for_all(row):
        raise Refusal(_needed(row))
    row.delete()
    _count_anew()


@command("service_levels.policyversion.add", on=PolicyVersion)
def add_policy_version(*, actor: Actor, **fields: Any) -> PolicyVersion:
    """Promise otherwise from a day on."""
    version = _written(PolicyVersion(), fields)
    _check(version)
    return version


@command("service_levels.policyversion.change", on=PolicyVersion, target="row")
def change_policy_version(*, actor: Actor, row: PolicyVersion, **fields: Any) -> PolicyVersion:
    """Correct a version: the clocks that run by it are counted anew."""
    version = _written(row, fields)
    _check(version)
    return version


@command("service_levels.policyversion.remove", on=PolicyVersion, target="row")
def remove_policy_version(*, actor: Actor, row: PolicyVersion) -> None:
    """Take a version back by which no clock has run."""
    others = PolicyVersion.objects.filter(policy=row.policy).exclude(pk=row.pk)
    if _is_for_all(row.policy) and not others.exists():
        raise Refusal(_needed(row.policy))
    row.delete()
    _count_anew()


@command("service_levels.sitehours.add", on=SiteHours)
def add_site_hours(*, actor: Actor, **fields: Any) -> SiteHours:
    """Say when people work at a site."""
    return _written(SiteHours(), fields)


@command("service_levels.sitehours.change", on=SiteHours, target="row")
def change_site_hours(*, actor: Actor, row: SiteHours, **fields: Any) -> SiteHours:
    """Correct when people work at a site."""
    return _written(row, fields)


@command("service_levels.sitehours.remove", on=SiteHours, target="row")
def remove_site_hours(*, actor: Actor, row: SiteHours) -> None:
    """Let a site work again as the desk of its duty station does."""
    row.delete()
    _count_anew()


def _written(row: Any, fields: dict[str, Any]) -> Any:
    written = write_row(row, fields)
    _count_anew()
    return written


def _count_anew() -> None:
    """What runs is counted by what now is promised; what has ended keeps its verdict."""
    forget_book()
    queue_job("service_levels.recount", reason="A policy was written")


def _is_for_all(policy: ClockPolicy) -> bool:
    return policy.is_general and policy.kind == Kind.SLA and policy.measure in PROMISED_TO_ALL


def _check(version: PolicyVersion) -> None:
    codes = set(calendars_in(parse_hours(version.hours)))
    known = set(Calendar.objects.filter(code__in=codes).values_list("code", flat=True))
    if unknown := sorted(codes - known):
        raise Refusal(_("There is no calendar “%(code)s”.") % {"code": unknown[0]}, "hours")
    reasons = set(HoldReason.objects.values_list("code", flat=True)) if version.runs_on else set()
    if unknown := sorted(set(version.runs_on) - reasons):
        raise Refusal(_("There is no hold reason “%(code)s”.") % {"code": unknown[0]}, "runs_on")
    if _is_for_all(version.policy) and None in version.minutes:
        raise Refusal(
            _("By this policy every item is promised: it needs a target for each of the five priorities."),
            f"priority_{version.minutes.index(None) + 1}",
        )


def _needed(policy: ClockPolicy) -> Any:
    return _(
        "“%(policy)s” holds for every item that no other policy is meant for: change its targets instead."
    ) % {"policy": policy}
