"""The demo organisation brings an old desk's log along, whole and once."""

import pytest
from house.factory import MAKER

from meridian.work.histories.models import Intake, Log
from meridian.work.histories.offers import take_in_demo
from meridian.work.histories.queries.flow import flow
from meridian.work.servicedesk.facade import WorkItem

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_old_desk_of_which_every_line_was_loaded():
    take_in_demo(MAKER)
    take_in_demo(MAKER)
    intake = Intake.objects.get()
    assert (intake.cases, intake.quarantined) == (64, 0)
    assert set(WorkItem.objects.values_list("state", flat=True)) == {"closed", "cancelled"}
    figures = flow(Log.objects.get())
    assert figures.cases == 64
    assert 0 < figures.waited < 50
    assert 0 < figures.changes_country < 50
