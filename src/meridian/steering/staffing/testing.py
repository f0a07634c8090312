"""Posts in tests: a post needs the action that establishes it."""

import datetime

from meridian.engine.policies import system_actor
from meridian.steering.staffing.commands import establish_post
from meridian.steering.staffing.models import Establishment, Headcount, Post, PostAction, VacancyRate


def make_post(make, number, **values):
    """A post established by its first action."""
    holder = make(Headcount).establishment
    given = {
        "number": f"POST{number}",
        "establishment": holder,
        "unit_code": "office/front",
        "grade": "P-3",
        "starts_on": datetime.date(2020, 1, 1),
    }
    return establish_post(actor=system_actor("tests"), **given | values)


def make_action(make, number, **values):
    """The action that establishes a new post."""
    return make(Post).actions.get()


def day_of(number):
    """A day of its own for each row."""
    return datetime.date(2020, 1, 1) + datetime.timedelta(days=number)


FACTORIES = {
    Post: make_post,
    PostAction: make_action,
    Establishment: {"dataset": ""},
    VacancyRate: {"starts_on": day_of},
}
