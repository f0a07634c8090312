"""Whoever freezes facts sees what is asked for, and where such facts come from."""

import json
import re
from html import unescape

import pytest
from house.actors import stage

from meridian.steering.plans.models import PlanningDataset

pytestmark = pytest.mark.django_db
FORM = "/plans/planning-datasets/new/"


def test_the_form_shows_an_example_that_it_takes_and_leads_to_the_guide():
    house = stage()
    client = house.clients["lord"]
    page = client.get(FORM).content.decode()
    example = unescape(re.search(r'<code dir="ltr">(.*?)</code>', page)[1])
    assert json.loads(example)
    guide = re.search(r'<a href="([^"]+)">Where datasets come from</a>', page)[1]
    assert "Where datasets come from" in client.get(guide).content.decode()
    facts = {"code": "A", "name": "Two rooms", "unit": house.here.pk, "kind": "sites", "content": example}
    answer = client.post(FORM, facts, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    assert PlanningDataset.objects.get().content == json.loads(example)
