"""The paper of the demo organisation is written once, in six languages, and prints its tables."""

import pytest
from house.actors import stage
from house.factory import MAKER

from meridian.insight.reports.models import Report
from meridian.insight.reports.offers import publish_demo
from meridian.site.demo.loading import add_papers

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_paper_that_opens_with_its_tables():
    house = stage()
    publish_demo(MAKER)
    assert not Report.objects.exists(), "a paper without its data set"
    add_papers()
    publish_demo(MAKER)
    report = Report.objects.get()
    assert len(report.title) == len(report.narrative) == 6
    page = house.clients["lord"].get(f"/reports/reports/{report.pk}/").content.decode()
    assert page.count("<table") >= 3
