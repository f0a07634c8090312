"""What every page on posts is asked: which establishment, on which day, which posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import Unread, day_text, page_reader, sentence
from meridian.engine.listing.parameters import NotUnderstood, one_of
from meridian.engine.pages.asked import takes
from meridian.engine.policies import Request
from meridian.steering.staffing.models import Establishment, Stage
from meridian.steering.staffing.queries.states import establishments, stage_for, stages_of
from meridian.steering.staffing.queries.tables import words
from meridian.steering.staffing.queries.view import NARROWED_BY, Standing, standing, values_of
from meridian.steering.staffing.resources.posts import PostResource

CHOICE = ("of", "on", *NARROWED_BY)
takes_choice = takes(*CHOICE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer: `establishment` is None where there are no posts at all."""

    establishments: list[Establishment]
    establishment: Establishment | None
    stages: list[Stage]
    on: date
    narrowed: dict[str, str]

    def query(self, **changes: str) -> str:
        """The address's parameters with some of them changed; an empty value leaves one out."""
        given = {"of": str(self.establishment.pk if self.establishment else ""), "on": self.on.isoformat()}
        merged = given | self.narrowed | changes
        return urlencode({name: value for name, value in merged.items() if value})


def choice_of(request: Request) -> Choice:
    """Read `of`, `on` and the narrowing parameters. Without a day, the day of the last stage."""
    found = establishments(request.actor)
    asked = request.GET.get("of", "")
    chosen = next((one for one in found if str(one.pk) == asked), None) if asked else next(iter(found), None)
    if asked and chosen is None:
        one_of("of", asked, {str(one.pk): one.name for one in found})
    stages = stages_of(chosen) if chosen else []
    on = day_of(request, "on") or _usual_day(stages)
    narrowed = {name: request.GET[name] for name in NARROWED_BY if request.GET.get(name)}
    return Choice(found, chosen, stages, on, narrowed)


def day_of(request: Request, name: str) -> date | None:
    """A day of the address, None where there is none; anything else is refused."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    try:
        return page_reader().day(text)
    except Unread as fault:
        raise NotUnderstood({name: sentence(fault)}) from fault


def _usual_day(stages: list[Stage]) -> date:
    today = timezone.localdate()
    stage = stage_for(stages, today)
    return stage.on if stage else today


def standing_of(choice: Choice, besides: date | None = None) -> Standing | None:
    """The posts that were asked for; a value that none has, then or on the day `besides`, is refused."""
    if choice.establishment is None:
        return None
    found = standing(choice.establishment, choice.on, choice.narrowed)
    days = [found]
    if besides and choice.narrowed:
        days.append(standing(choice.establishment, besides, choice.narrowed))
    refuse_unheld(choice.narrowed, days)
    return found


def refuse_unheld(narrowed: Mapping[str, str], days: Sequence[Standing]) -> None:
    """Refuse a value that no post has on one of the days."""
    for name, value in narrowed.items():
        held = {value for day in days for value in values_of(day, name)}
        one_of(name, value, {value: shown_value(name, value) for value in sorted(held)})


def frame_of(choice: Choice, found: Standing | None, here: str) -> dict[str, Any]:
    """What all pages on posts share: tabs, the bar of choices, the day in words."""
    tabs = (
        ("staffing-table", _("Post table")),
        ("staffing-chart", _("Organisation chart")),
        ("staffing-changes", _("Changes")),
        ("staffing-gap", _("Staffing gap")),
    )
    return {
        "choice": choice,
        "here": here,
        "day": day_text(choice.on),
        "tabs": [
            {
                "title": title,
                "url": f"{reverse(name)}?{choice.query()}",
                "current": name == here,
                "count": None,
            }
            for name, title in tabs
        ],
        "stages": [
            {
                "title": stage.name,
                "day": day_text(stage.on),
                "url": f"{reverse(here)}?{choice.query(on=stage.on.isoformat())}",
                "current": stage.on == choice.on,
            }
            for stage in choice.stages
        ],
        "selects": _selects(found) if found else [],
        "clear": f"{reverse(here)}?{choice.query(**dict.fromkeys(choice.narrowed, ''))}",
        "empty": {
            "icon": "people",
            "title": _("No posts yet"),
            "text": _("Posts come in with a paper that is imported, or are established one by one."),
            "actions": [{"title": _("Posts"), "url": reverse("staffing-post-list"), "icon": "user"}],
        },
    }


def _selects(found: Standing) -> list[dict[str, Any]]:
    empty = {
        "unit_code": _("Any unit"),
        "grade": _("Any grade"),
        "fund": _("Any fund"),
        "duty_station": _("Any duty station"),
    }
    made = []
    for name in NARROWED_BY:
        values = values_of(found, name)
        if len(values) < 2 and name not in found.narrowed:
            continue
        choices = [{"value": "", "label": empty[name], "chosen": name not in found.narrowed}]
        choices += [
            {"value": value, "label": shown_value(name, value), "chosen": found.narrowed.get(name) == value}
            for value in values
        ]
        label = str(PostResource.field(name).verbose_name)
        made.append({"name": name, "label": label, "choices": choices})
    return made


def shown_value(name: str, value: str) -> str:
    """An attribute's value in the reader's words."""
    if not value:
        return _("Not stated")
    field = PostResource.field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return " / ".join(words(part) for part in value.split("/")) if name == "unit_code" else value
