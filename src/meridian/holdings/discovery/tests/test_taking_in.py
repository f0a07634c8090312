"""Reports end as items, the same whichever came first; what can't be read is put aside, the rest goes on."""

import json
import os
import random
from pathlib import Path

import orjson
import pytest
from house.factory import MAKER
from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.engine.audit import trail
from meridian.engine.audit.models import Entry
from meridian.engine.records import reference
from meridian.holdings.discovery.commands import Body, take_in
from meridian.holdings.discovery.models import Duplicate, QuarantinedReport, Sighting, Source
from meridian.holdings.discovery.queries.state import state_of_holdings

DATA = Path(__file__).parent / "data"
FILES = {path.name: path.read_bytes() for path in sorted(DATA.glob("*.*"))}
EXAMPLES = 1_000 if os.environ.get("MERIDIAN_SOAK") else 8
Item = reference("inventory.Item")
pytestmark = pytest.mark.django_db


def _take(bodies, code="glpi"):
    return take_in(actor=MAKER, source=Source.objects.get(code=code), bodies=bodies)


def _files(seed=None):
    bodies = [Body(name, content) for name, content in FILES.items()]
    if seed is not None:
        random.Random(seed).shuffle(bodies)
    return bodies


def _forget():
    """Begin anew: only what discovery made."""
    with trail.entry("tests.forget", MAKER):
        Sighting.objects.all().delete()
        Duplicate.objects.all().delete()
        Item.objects.all().delete()


def _report(device, **content):
    told = {"versionclient": "test", **content}
    return orjson.dumps({"action": "inventory", "deviceid": device, "itemtype": "Computer", "content": told})


def test_every_example_in_any_order_and_again_ends_in_one_state():
    states = []
    for seed in (None, 1, 2):
        taken = _take(_files(seed))
        assert not taken.reasons
        assert len(taken.items) == 7
        states.append(state_of_holdings())
        again = _take(_files(seed))
        assert set(again.outcomes.values()) == {"unchanged"}
        assert state_of_holdings() == states[-1]
        _forget()
    assert len(set(states)) == 1
    for seed in (3, 4):
        for body in _files(seed):
            _take([body])
        assert state_of_holdings() == states[0]
        _forget()


def test_a_partial_report_changes_its_part_and_nothing_else():
    _take(_files())
    laptop = Item.objects.get(serial_number="640HP72")
    assert (laptop.name, laptop.maker, laptop.item_class.code) == ("glpixps", "Dell Inc.", "laptop")
    assert laptop.attributes["operating_system"] == "Fedora 31 (Workstation Edition)"
    sighting = laptop.sightings.get()
    assert sighting.lists["batteries"][0]["real_capacity"] == 40570
    assert len(sighting.lists["controllers"]) == 25
    databases = Item.objects.get(serial_number="2FAGP34").sightings.get().lists
    assert set(databases) == {"virtualmachines", "databases_services"}


HOSTILE = {
    "torn.json": FILES["computer_2.json"][:400],
    "empty.json": b"",
    "no content.json": b'{"deviceid": "a"}',
    "list.json": b"[1, 2]",
    "number for a list.json": b'{"deviceid": "abcd-1", "content": {"cpus": 3, "versionclient": "x"}}',
    "unknown class.json": b'{"deviceid": "abcd-1", "itemtype": "Teapot", "content": {}}',
    "below nought.json": b'{"deviceid": "abcd-1", "content": {"hardware": {"memory": -1}}}',
    "future.json": _report("abcd-1", accesslog={"logdate": "2190-01-01 00:00:00"}),
    "deep.json": b'{"deviceid": "a", "content": {"bios": ' + b"[" * 3000 + b"]" * 3000 + b"}}",
    "torn.gz": b"\x1f\x8b" + b"\0" * 40,
    "entities.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><REQUEST><CONTENT>&b;</CONTENT></REQUEST>',
    "bytes.json": b"\xff\xfe\x00\x01",
}


def test_what_cannot_be_read_is_put_aside_with_its_reason_and_the_rest_goes_on():
    bodies = [Body(name, content) for name, content in HOSTILE.items()]
    taken = _take([*bodies, *_files(5)])
    assert set(taken.reasons) == set(HOSTILE)
    assert taken.count("quarantined") == len(HOSTILE)
    assert len(taken.items) == 7
    assert QuarantinedReport.objects.count() == len(HOSTILE)
    _take(bodies)
    assert QuarantinedReport.objects.count() == len(HOSTILE)
    assert all(row.reason.endswith((".", "]")) for row in QuarantinedReport.objects.all())


def test_signs_that_the_database_keeps_no_text_of_do_no_harm():
    assert not _take([Body("nul", _report("nul-1", bios={"ssn": "AB\0CD77", "smodel": "x\0y"}))]).reasons


def test_a_key_of_two_machines_is_a_task_and_nothing_is_written_for_who_has_no_better():
    one = _report("first-1", bios={"ssn": "SER1111"}, hardware={"uuid": "abcdef-same-1", "memory": 1})
    two = _report("second-1", bios={"ssn": "SER2222"}, hardware={"uuid": "abcdef-same-1", "memory": 2})
    bare = _report("third-1", hardware={"uuid": "abcdef-same-1", "memory": 3})
    taken = _take([Body("bare", bare), Body("one", one), Body("two", two)])
    assert taken.outcomes == {"bare": "undecided", "one": "created", "two": "created"}
    assert set(Item.objects.values_list("attributes__memory", flat=True)) == {1, 2}
    assert Duplicate.objects.filter(state="open").count() == 2
    assert Sighting.objects.get(native="third-1").item is None


def test_a_copied_disk_with_the_agents_id_stays_two_machines():
    same = [_report("copied-1", bios={"ssn": serial}) for serial in ("SER3333", "SER4444")]
    _take([Body(str(place), content) for place, content in enumerate(same)])
    assert Item.objects.filter(serial_number__in=("SER3333", "SER4444")).count() == 2
    assert Duplicate.objects.get().subject == "agent:glpi/copied-1"


def test_two_sources_are_heard_by_precedence_and_what_is_refused_stays_with_its_source():
    agent = _report("both-1", bios={"ssn": "SER5555"}, hardware={"name": "agent-says"})
    network = _report("seen-1", bios={"ssn": "SER5555"}, hardware={"name": "network-says"})
    _take([Body("network", network)], "snmp")
    assert Item.objects.get(serial_number="SER5555").name == "network-says"
    _take([Body("agent", agent)])
    item = Item.objects.get(serial_number="SER5555")
    assert item.name == "agent-says"
    assert item.sightings.count() == 2


def test_what_the_network_sees_belongs_to_the_machine_whose_card_it_is():
    card = [{"mac": "44:85:00:2b:90:bc", "type": "ethernet"}]
    seen = {"network_device": {"mac": "44:85:00:2B:90:BC", "location": "third floor", "name": "host-7"}}
    for order in (("glpi", "snmp"), ("snmp", "glpi")):
        for code in order:
            agent = _report("carded-1", bios={"ssn": "SER9999"}, hardware={"name": "own"}, networks=card)
            _take([Body(code, agent if code == "glpi" else _report("seen-1", **seen))], code)
        item = Item.objects.exclude(identity__startswith="past:").get()
        assert (item.name, item.attributes["location"]) == ("own", "third floor")
        assert item.sightings.count() == 2
        _forget()


def test_an_unchanged_report_is_only_heard_and_the_trail_grows_by_its_batch_alone():
    told = {"bios": {"ssn": "SER6666"}, "hardware": {"memory": 5}}
    _take([Body("a", _report("daily-1", accesslog={"logdate": "2026-01-01 08:00:00"}, **told))])
    before = Entry.objects.count()
    taken = _take([Body("b", _report("daily-1", accesslog={"logdate": "2026-01-02 08:00:00"}, **told))])
    assert taken.outcomes == {"b": "unchanged"}
    assert Entry.objects.count() == before + 1
    late = _report(
        "daily-1", accesslog={"logdate": "2026-01-01 20:00:00"}, bios=told["bios"], hardware={"memory": 4}
    )
    assert _take([Body("late", late)]).outcomes == {"late": "unchanged"}
    assert Item.objects.get(serial_number="SER6666").attributes["memory"] == 5


MACHINES = st.builds(
    lambda device, serial, uuid, mac, memory, day, partial: json.dumps(
        {
            "action": "inventory",
            "deviceid": device,
            "itemtype": "Computer",
            "partial": partial,
            "content": {
                "versionclient": "x",
                "accesslog": {"logdate": f"2026-01-0{day} 08:00:00"},
                "bios": {"ssn": serial},
                "hardware": {"uuid": uuid, "memory": memory},
                "networks": [{"mac": mac, "type": "ethernet"}],
            },
        }
    ).encode(),
    st.sampled_from(("agent-a", "agent-b", "agent-c")),
    st.sampled_from(("SN-ONE-1", "SN-TWO-2", "")),
    st.sampled_from(("uuid-one-1234", "uuid-two-5678", "")),
    st.sampled_from(("44:85:00:2b:90:bc", "b0:5a:da:10:10:80", "")),
    st.integers(1, 3),
    st.integers(1, 4),
    st.booleans(),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(("glpi", "snmp")), MACHINES), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_any_batch_in_any_order_of_sources_and_files_ends_in_one_state(told, chance):
    shuffled = [*told, *told[:2]]
    chance.shuffle(shuffled)
    states = []
    for order in (told, shuffled):
        _forget()
        for place, (code, content) in enumerate(order):
            _take([Body(str(place), content)], code)
        states.append(state_of_holdings())
    _forget()
    for code in ("glpi", "snmp"):
        _take([Body(str(place), content) for place, (at, content) in enumerate(told) if at == code], code)
    assert {*states, state_of_holdings()} == {states[0]}
