"""What people decide holds, can be undone, and leaves no trace in the state once it is."""

import orjson
import pytest
from house.factory import MAKER, make
from house.nouns import Site, Unit

from meridian.engine.commands import Refusal, Untimely
from meridian.engine.records import reference
from meridian.holdings.discovery import commands
from meridian.holdings.discovery.commands import Body, take_in
from meridian.holdings.discovery.models import BlockedKey, Duplicate, Lock, Sighting, Source, Tie
from meridian.holdings.discovery.queries.state import state_of_holdings

Item = reference("inventory.Item")
Workstation = reference("inventory.Workstation")
pytestmark = pytest.mark.django_db


def _take(code="glpi", **reports):
    told = [
        Body(
            name,
            orjson.dumps(
                {
                    "action": "inventory",
                    "deviceid": f"{name}-device",
                    "itemtype": "Computer",
                    "content": {"versionclient": "x", "bios": bios, "hardware": hardware},
                }
            ),
        )
        for name, (bios, hardware) in reports.items()
    ]
    return take_in(actor=MAKER, source=Source.objects.get(code=code), bodies=told)


@pytest.fixture
def doubtful():
    """Two machines with one unique id, and a third that has nothing else."""
    same = "aabbcc-12-same"
    _take(
        one=({"ssn": "SER1111"}, {"uuid": same, "memory": 1}),
        two=({"ssn": "SER2222"}, {"uuid": same, "memory": 2}),
        bare=({}, {"uuid": same, "memory": 3, "name": "bare"}),
    )
    return {row.native.split("-")[0]: row for row in Sighting.objects.all()}


def test_a_merge_belongs_to_one_and_its_undoing_leaves_the_state_of_before(doubtful):
    before = state_of_holdings()
    task = Duplicate.objects.get(subject__contains="bare-device")
    commands.merge(actor=MAKER, row=task, sighting=doubtful["two"], reason="the label says so")
    task.refresh_from_db()
    assert task.state == "decided"
    item = Item.objects.get(serial_number="SER2222")
    assert item.name == "bare"
    assert item.sightings.count() == 2
    assert state_of_holdings() != before
    commands.undo(actor=MAKER, row=Tie.objects.get())
    assert state_of_holdings() == before
    assert Duplicate.objects.get(pk=task.pk).state == "open"
    with pytest.raises(Untimely):
        commands.undo(actor=MAKER, row=Tie.objects.get())


def test_two_things_are_made_one_and_two_again_with_the_rows_that_they_had(doubtful):
    before = dict(Item.objects.values_list("identity", "pk"))
    state = state_of_holdings()
    task = Duplicate.objects.get(subject="uuid:aabbcc12same")
    commands.merge(actor=MAKER, row=task, sighting=doubtful["one"])
    kept = Item.objects.exclude(identity__startswith="past:").get()
    assert kept.sightings.count() == 3
    assert Item.objects.get(identity__startswith="past:").state == "retired"
    for tie in Tie.objects.all():
        commands.undo(actor=MAKER, row=tie)
    assert dict(Item.objects.values_list("identity", "pk")) == before
    assert state_of_holdings() == state
    assert set(Item.objects.values_list("state", flat=True)) == {"in_service"}


def test_a_key_that_means_nothing_is_blocked_until_it_is_let_again(doubtful):
    before = state_of_holdings()
    task = Duplicate.objects.get(subject="uuid:aabbcc12same")
    commands.separate(actor=MAKER, row=task, reason="a copied disk")
    assert not Duplicate.objects.filter(state="open").exists()
    assert Item.objects.count() == 3
    commands.unblock(actor=MAKER, row=BlockedKey.objects.get())
    assert state_of_holdings() == before
    with pytest.raises(Untimely):
        commands.separate(actor=MAKER, row=Duplicate.objects.get(subject__contains="bare-device"))


def test_a_lock_holds_against_every_source_and_remembers_what_it_kept_out():
    _take(one=({"ssn": "SER7777"}, {"name": "first"}))
    item = Item.objects.get(serial_number="SER7777")
    locked = commands.lock(actor=MAKER, item=item, attribute="name", value="chosen", reason="by hand")
    item.refresh_from_db()
    assert (item.name, locked.refused, locked.refused_source) == ("chosen", "first", "glpi")
    _take("snmp", two=({"ssn": "SER7777"}, {"name": "second", "memory": 9}))
    item.refresh_from_db()
    assert (item.name, item.attributes["memory"]) == ("chosen", 9)
    with pytest.raises(Refusal, match="attributes"):
        commands.lock(actor=MAKER, item=item, attribute="colour", value="red")
    commands.release(actor=MAKER, row=Lock.objects.get())
    item.refresh_from_db()
    assert item.name == "first"


def test_a_found_machine_stands_where_the_register_says_by_its_asset_tag():
    unit, site = make(Unit), make(Site)
    make(Workstation, code="WS-00042", unit=unit, site=site)
    _take(one=({"ssn": "SER8888", "assettag": "WS-00042"}, {"name": "here"}))
    item = Item.objects.get(serial_number="SER8888")
    assert (item.unit, item.site) == (unit, site)
