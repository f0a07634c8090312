"""The organisation chart on a day, drawn by the server."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.steering.staffing.pages.choice import Choice, choice_of, frame_of, standing_of, takes_choice
from meridian.steering.staffing.queries.tables import words
from meridian.steering.staffing.queries.view import boxes
from meridian.steering.staffing.rules.chart import LINE, PADDING, Box, Placed, draw


@needs("staffing.post.view")
@require_safe
@takes_choice
def chart_page(request: Request) -> HttpResponse:
    """Boxes with their posts; on a narrow screen an indented list of the same."""
    choice = choice_of(request)
    found = standing_of(choice)
    context = frame_of(choice, found, "staffing-chart")
    if found is not None and found.every:
        names = {
            part: words(part.rsplit("/", 1)[-1])
            for unit in found.units
            for part in (unit, unit.split("/")[0])
        }
        root = boxes(found, names)
        drawing = draw(root, right_to_left=get_language_bidi())
        context |= {
            "drawing": drawing,
            "boxes": [_drawn(placed, choice) for placed in drawing.placed],
            "list": _listed(root, choice),
        }
    return render(request, "staffing/chart.html", context)


def _drawn(placed: Placed, choice: Choice) -> dict[str, object]:
    first = placed.top + PADDING + LINE - 3
    count = first + LINE * len(placed.name_lines) + 5
    below = count + LINE + 2
    return {
        "placed": placed,
        "url": _url(placed.box, choice),
        "names": [(first + LINE * index, text) for index, text in enumerate(placed.name_lines)],
        "count_y": count,
        "grades": [(below + LINE * index, text) for index, text in enumerate(placed.grade_lines)],
    }


def _listed(box: Box, choice: Choice) -> dict[str, object]:
    return {"box": box, "url": _url(box, choice), "parts": [_listed(part, choice) for part in box.parts]}


def _url(box: Box, choice: Choice) -> str:
    changes = {"unit_code": box.key} if box.key else {}
    return f"{reverse('staffing-table')}?{choice.query(**changes)}"
