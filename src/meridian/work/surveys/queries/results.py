"""What answers say: by whom, how sure, and never so that somebody can be told from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meridian.work.surveys.contracts import LEAST_SHOWN, SATISFIED
from meridian.work.surveys.models import Answer, Campaign, Invitation
from meridian.work.surveys.rules.estimates import Interval, satisfied, weighted_mean
from meridian.work.surveys.rules.suppression import suppressed


@dataclass(frozen=True, slots=True)
class Result:
    """Of one group: how many were asked and answered; the rest is None where it would tell of somebody."""

    label: str
    asked: int
    answered: int | None
    mean: float | None = None
    satisfied: Interval | None = None

    @property
    def rate(self) -> float | None:
        """The share that answered of those asked."""
        return self.answered / self.asked if self.asked and self.answered is not None else None


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer as it counts: the group, the score, and the chance of having been asked."""

    group: str
    score: int
    chance: float


def result(label: str, asked: int, scored: Iterable[Scored]) -> Result:
    """The result of a group that is shown."""
    found = list(scored)
    if not found:
        return Result(label, asked, 0)
    scores, chances = [one.score for one in found], [one.chance for one in found]
    return Result(
        label, asked, len(found), weighted_mean(scores, chances), satisfied(scores, chances, SATISFIED)
    )


def results_by_group(asked: Mapping[str, int], scored: Iterable[Scored]) -> list[Result]:
    """A result for each group; small ones hidden, and others with them where a small one could be told."""
    grouped: dict[str, list[Scored]] = {}
    for one in scored:
        grouped.setdefault(one.group, []).append(one)
    hidden = suppressed({name: len(grouped.get(name, ())) for name in asked}, LEAST_SHOWN)
    return [
        Result(name, asked[name], None)
        if name in hidden
        else result(name, asked[name], grouped.get(name, ()))
        for name in sorted(
            asked, key=lambda name: (_order(grouped.get(name), is_hidden=name in hidden), name)
        )
    ]


def _order(found: list[Scored] | None, *, is_hidden: bool) -> int:
    """What is shown stands first, then what is hidden, then groups of which nobody answered."""
    return 1 if is_hidden else 0 if found else 2


def whole(label: str, asked: int, scored: list[Scored]) -> Result:
    """The result of all; hidden when they are few."""
    if 0 < len(scored) < LEAST_SHOWN:
        return Result(label, asked, None)
    return result(label, asked, scored)


GROUPS: Mapping[str, Callable[[Any], str]] = {
    "team": lambda row: row.item.team.name if row.item and row.item.team else "",
    "language": lambda row: row.language,
    "site": lambda row: row.item.site.name if row.item and row.item.site else "",
}


def invitations_of_items(since: datetime, until: datetime) -> list[Invitation]:
    """Who was asked about an item in a time, with what they answered."""
    rows = Invitation.objects.filter(item__isnull=False, sent_at__gte=since, sent_at__lt=until)
    return list(rows.select_related("answer", "item__team", "item__site").order_by("pk"))


def scored_by(rows: Iterable[Invitation], group: str) -> tuple[dict[str, int], list[Scored]]:
    """How many were asked in each group, and the answers as they count."""
    named, asked, scored = GROUPS[group], dict[str, int](), list[Scored]()
    for row in rows:
        name = named(row)
        asked[name] = asked.get(name, 0) + 1
        if (answer := getattr(row, "answer", None)) is not None:
            scored.append(Scored(name, answer.lowest, float(row.chance)))
    return asked, scored


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """A service of a campaign: this year's result, and last year's where there is one."""

    code: str
    label: str
    now: Result
    before: Result | None
    service: Any = None


def campaign_results(campaign: Campaign) -> tuple[ServiceResult, list[ServiceResult]]:
    """All services together, and each of them, with the campaign before beside."""
    now = _of_campaign(campaign)
    before = _of_campaign(campaign.previous) if campaign.previous else None
    questions = campaign.question_set.questions.select_related("service").order_by("place", "pk")
    each = [
        ServiceResult(
            question.code,
            str(question.text),
            _answered(str(question.text), now, question.code),
            _answered(str(question.text), before, question.code) if before else None,
            question.service,
        )
        for question in questions
    ]
    overall = ServiceResult("", "", _overall(now), _overall(before) if before else None)
    return overall, each


def _of_campaign(campaign: Campaign) -> tuple[int, list[tuple[dict[str, int], float]]]:
    invited = Invitation.objects.filter(campaign=campaign).count()
    rows = Answer.objects.filter(invitation__campaign=campaign)
    return invited, [
        (scores, float(chance)) for scores, chance in rows.values_list("scores", "invitation__chance")
    ]


def _answered(label: str, found: tuple[int, list[tuple[dict[str, int], float]]], code: str) -> Result:
    asked, answers = found
    scored = [Scored(code, scores[code], chance) for scores, chance in answers if code in scores]
    return whole(label, asked, scored)


def _overall(found: tuple[int, list[tuple[dict[str, int], float]]]) -> Result:
    """Each person counts once: by the mean of what they scored, satisfied from 4 on."""
    asked, answers = found
    if 0 < len(answers) < LEAST_SHOWN:
        return Result("", asked, None)
    if not answers:
        return Result("", asked, 0)
    means = [sum(scores.values()) / len(scores) for scores, _chance in answers]
    chances = [chance for _scores, chance in answers]
    # Rounded halves up, so that a person between two scores counts as the better one.
    rounded = [int(mean + 0.5) for mean in means]
    return Result(
        "", asked, len(answers), weighted_mean(means, chances), satisfied(rounded, chances, SATISFIED)
    )
