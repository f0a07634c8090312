"""What the demo organisation asked: after requests, and in two yearly campaigns."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.commands.answering import answer
from meridian.work.surveys.models import Answer, Campaign, Invitation, Question, QuestionSet, Reason

Person, Service = reference("people.Person"), reference("services.Service")
SEED = 20_261_127
CHANCE = Decimal("0.01")
# As many as are asked in a campaign and about requests, and what share answers.
MOST_ASKED, MOST_ITEMS, ANSWER = 420, 320, 0.42
BAD_EXAMPLES = 4


def tell(actor: Actor) -> None:
    """Load what was asked and answered, once."""
    if QuestionSet.objects.exists():
        return
    text = (resources.files("meridian.work.surveys") / "data" / "demo.json").read_text(encoding="utf-8")
    load(actor=actor, told=json.loads(text))
    _score_badly(actor, Random(SEED))


@command(
    "surveys.questionset.add_loaded",
    on=QuestionSet,
    action="add",
    title=gettext_lazy("load the surveys of the demo organisation"),
)
def load(*, actor: Actor, told: dict[str, Any]) -> QuestionSet:
    """Load question sets, the campaigns of last year and this, and answers to them."""
    random = Random(SEED)
    after_items, yearly = (_question_set(one) for one in told["sets"])
    services = list(yearly.questions.order_by("place"))
    this_year = timezone.localdate().year
    before = _campaign(yearly, told, this_year - 1, None)
    _asked_in(random, before, services, {code: share for code, share, _now in told["shares"]})
    now = _campaign(yearly, told, this_year, before)
    _asked_in(random, now, services, {code: share for code, _before, share in told["shares"]})
    _asked_about_items(random, after_items, told["words"])
    return after_items


def _question_set(one: dict[str, Any]) -> QuestionSet:
    row = QuestionSet.objects.create(
        code=one["code"],
        title=one["title"],
        introduction=one.get("introduction", {}),
        occasion=one["occasion"],
        chance=Decimal(one["chance"]),
    )
    services = {service.code: service for service in Service.objects.all()}
    Question.objects.bulk_create(
        Question(question_set=row, code=code, place=10 * place, text=text, service=services.get(code))
        for place, (code, text) in enumerate(one["questions"].items(), start=1)
    )
    Reason.objects.bulk_create(
        Reason(question_set=row, code=code, name=name) for code, name in one.get("reasons", {}).items()
    )
    return row


def _campaign(yearly: QuestionSet, told: dict[str, Any], year: int, before: Campaign | None) -> Campaign:
    return Campaign.objects.create(
        code=f"CORE-{year}",
        title={language: f"{title} {year}" for language, title in told["campaign"].items()},
        question_set=yearly,
        previous=before,
        chance=CHANCE,
        target_percent=80,
        ends_on=date(year, 12, 15) if before else date(year, 11, 30),
        state=Campaign.State.OPEN if before else Campaign.State.CLOSED,
    )


def _asked_in(random: Random, row: Campaign, services: list[Question], shares: dict[str, float]) -> None:
    people = Person.objects.filter(left_on=None).order_by("pk").values_list("pk", "language")
    drawn = random.sample(list(people[: 20 * MOST_ASKED]), min(MOST_ASKED, people.count()))
    asked_at = timezone.now() - timedelta(days=20 if row.previous_id else 380)
    ends_at = timezone.make_aware(datetime.combine(row.ends_on, datetime.min.time()))
    made = Invitation.objects.bulk_create(
        Invitation(
            question_set=row.question_set,
            campaign=row,
            person_id=person,
            language=language,
            chance=CHANCE,
            made_at=asked_at,
            sent_at=asked_at,
            expires_at=max(ends_at, asked_at + timedelta(days=1)),
        )
        for person, language in drawn
    )
    Answer.objects.bulk_create(
        Answer(
            invitation=one,
            scores={service.code: _score(random, shares[service.code]) for service in services},
            language=one.language,
            answered_at=one.made_at + timedelta(hours=random.randint(1, 200)),
        )
        for one in made
        if random.random() < ANSWER
    )


def _score(random: Random, satisfied: float) -> int:
    """A score of which this share is 4 or 5."""
    return random.choice((4, 4, 5)) if random.random() < satisfied else random.choice((3, 3, 2, 1))


def _asked_about_items(random: Random, survey: QuestionSet, words: list[list[str]]) -> None:
    items = WorkItem.objects.filter(state="closed", merged_into=None, team__isnull=False)
    latest = list(items.order_by("-pk").select_related("requester")[:MOST_ITEMS])
    seen: set[int] = set()
    rows = []
    for item in latest:
        if item.requester_id in seen:
            continue
        seen.add(item.requester_id)
        at = timezone.now() - timedelta(hours=random.randint(15, 40 * 24))
        rows.append(
            Invitation(
                question_set=survey,
                item=item,
                person=item.requester,
                language=item.requester.language,
                chance=survey.chance,
                made_at=at,
                sent_at=at,
                expires_at=at + timedelta(days=survey.open_days),
            )
        )
    made = Invitation.objects.bulk_create(rows)
    Answer.objects.bulk_create(
        _about(random, one, words) for one in made[BAD_EXAMPLES:] if random.random() < ANSWER
    )


def _about(random: Random, one: Invitation, words: list[list[str]]) -> Answer:
    known = [text for language, text in words if language == one.language]
    return Answer(
        invitation=one,
        scores={"overall": random.choice((3, 4, 4, 5, 5, 5))},
        reasons=["quick"] if random.random() < 0.4 else [],
        text=random.choice(known) if known and random.random() < 0.2 else "",
        language=one.language,
        answered_at=one.made_at + timedelta(hours=random.randint(1, 12)),
    )


def _score_badly(actor: Actor, random: Random) -> None:
    """Some score badly, by the same command as everybody: their call-backs stand in the queue."""
    waiting = Invitation.objects.filter(item__isnull=False, answer=None, expires_at__gt=timezone.now())
    for row in waiting.order_by("pk")[:BAD_EXAMPLES]:
        answer(
            actor=actor,
            row=row,
            scores={"overall": random.choice((1, 2))},
            reasons="slow",
            text=SAID.get(row.language, SAID["en"]),
            language=row.language,
        )


SAID = {
    "en": "It took nine days, and I had to tell it three times.",
    "fr": "Cela a pris neuf jours, et j'ai dû l'expliquer trois fois.",
    "es": "Tardó nueve días y tuve que explicarlo tres veces.",
    "ru": "Это заняло девять дней, и мне пришлось объяснять трижды.",
    "zh-hans": "花了九天，而且我不得不说明三次。",
    "ar": "استغرق الأمر تسعة أيام واضطررت إلى شرحه ثلاث مرات.",
}
