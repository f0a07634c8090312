"""What is kept, who is one thing and which value holds: the same for every order in which reports come."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from meridian.holdings.discovery.contracts import Report
from meridian.holdings.discovery.rules.choosing import Claim, choose, values_of
from meridian.holdings.discovery.rules.identifying import Sighted, identify
from meridian.holdings.discovery.rules.joining import Kept, joined
from meridian.holdings.discovery.rules.junk import is_junk, mac_of

SERIALS, UUIDS, MACS = (
    ("serial:a1", "serial:b2", "serial:c3"),
    ("uuid:u1", "uuid:u2"),
    ("mac:1", "mac:2", "mac:3"),
)

AGENTS = ("agent:glpi/x", "agent:snmp/y")


@st.composite
def sightings(draw):
    count = draw(st.integers(1, 7))
    made = []
    for number in range(count):
        serial = draw(st.sampled_from((*SERIALS, "", "")))
        strong = draw(st.sets(st.sampled_from(UUIDS), max_size=1)) | ({serial} - {""})
        strong |= draw(st.sets(st.sampled_from(AGENTS), max_size=1))
        made.append(
            Sighted(
                f"source/{number}",
                draw(st.sampled_from(("", "computer", "printer"))),
                frozenset(strong),
                draw(st.frozensets(st.sampled_from(MACS), max_size=2)),
            )
        )
    return made


@given(sightings(), st.randoms(use_true_random=False))
def test_who_is_one_thing_is_the_same_in_every_order(made, chance):
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert identify(shuffled) == identify(made)


@given(sightings())
def test_every_sighting_is_in_one_thing_or_undecided_and_no_thing_has_two_serial_numbers(made):
    found = identify(made)
    members = [name for thing in found.things for name in thing.members]
    assert sorted([*members, *found.undecided]) == sorted(one.name for one in made)
    identities = [thing.identity for thing in found.things]
    assert len(identities) == len(set(identities))
    known = {one.name: one for one in made}
    for thing in found.things:
        serials = {key for name in thing.members for key in known[name].strong if key.startswith("serial:")}
        families = {known[name].family for name in thing.members if known[name].strong & set(SERIALS)} - {""}
        assert len(serials) <= 1
        assert len(families) <= 1
    assert found.undecided <= {doubt.subject for doubt in found.doubts}


@given(sightings())
def test_a_part_that_shares_no_key_with_the_rest_is_the_same_alone(made):
    apart = [
        Sighted(
            f"other/{one.name}",
            one.family,
            frozenset(f"{key}x" for key in one.strong),
            one.weak and frozenset(),
        )
        for one in made
    ]
    together, alone = identify([*made, *apart]), identify(apart)
    names = {one.name for one in apart}
    assert [thing for thing in together.things if set(thing.members) <= names] == list(alone.things)


def test_a_unique_id_of_two_machines_decides_nothing():
    first = Sighted("a", "computer", frozenset({"serial:1111", "uuid:same"}))
    second = Sighted("b", "computer", frozenset({"serial:2222", "uuid:same"}))
    bare = Sighted("c", "computer", frozenset({"uuid:same"}))
    found = identify([first, second, bare])
    assert [thing.members for thing in found.things] == [("a",), ("b",)]
    assert found.undecided == {"c"}
    assert {doubt.subject for doubt in found.doubts} == {"uuid:same", "c"}
    tied = identify([first, second, bare], ties=[("c", "b")])
    assert [thing.members for thing in tied.things] == [("a",), ("b", "c")]
    blocked = identify([first, second, bare], blocked=frozenset({"uuid:same"}))
    assert not blocked.doubts
    assert len(blocked.things) == 3


def test_a_report_that_bears_the_keys_of_two_makes_them_one_where_nothing_contradicts():
    agent = Sighted("agent", "computer", frozenset({"serial:1111"}))
    seen = Sighted("network", "", frozenset({"agent:snmp/here"}), frozenset({"mac:1"}))
    both = Sighted("both", "computer", frozenset({"serial:1111"}), frozenset({"mac:1"}))
    assert len(identify([agent, seen]).things) == 2
    assert [thing.members for thing in identify([agent, seen, both]).things] == [("agent", "both", "network")]


@st.composite
def reports(draw):
    partial = draw(st.booleans())
    names = draw(st.sets(st.sampled_from(("name", "memory", "cpus", "disks")), min_size=0 if partial else 1))
    claims = {name: draw(st.integers(0, 3)) for name in sorted(names)}
    lists = {name: [{"n": claims[name]}] for name in names & {"cpus", "disks"}}
    digest = f"{sorted(claims.items())}{partial}"
    return Report("native", "face", "computer", claims, lists, digest, draw(st.integers(0, 4)), partial)


@given(st.lists(reports(), max_size=6), st.randoms(use_true_random=False))
def test_what_is_kept_is_the_same_in_every_order_and_however_often_a_report_comes(told, chance):
    shuffled = [*told, *told[:2]]
    chance.shuffle(shuffled)
    kept = [Kept(), Kept()]
    for place, order in enumerate((told, shuffled)):
        for report in order:
            kept[place] = joined(kept[place], report, report.at)
    assert kept[0].values() == kept[1].values()
    assert kept[0].lists == kept[1].lists
    assert set(kept[0].lists) == set(kept[0].values()) & {"cpus", "disks"}


@given(
    st.lists(
        st.builds(
            Claim,
            st.sampled_from(("name", "memory")),
            st.integers(0, 3),
            st.sampled_from(("agent", "network")),
            st.sampled_from((10, 30)),
            st.integers(0, 20).map(lambda day: day * 86_400),
            st.sampled_from(("d1", "d2")),
            st.sampled_from((None, 5)),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_value_that_holds_is_the_same_in_every_order(claims, chance):
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert values_of(choose(shuffled)) == values_of(choose(claims))


def test_precedence_is_heard_until_it_is_old():
    trusted = Claim("name", "old", "agent", 10, 0, "a", most_days=30)
    other = Claim("name", "new", "network", 30, 29 * 86_400, "b")
    assert values_of(choose([trusted, other])) == {"name": "old"}
    later = Claim("memory", 1, "network", 30, 31 * 86_400, "c")
    found = choose([trusted, other, later])
    assert values_of(found)["name"] == "new"
    assert [claim.value for claim in found["name"].refused] == ["old"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Default string",
            "To be filled by O.E.M.",
            "None",
            "0000000000",
            "System Serial Number",
            "0123456789",
        ),
        *(
            "12345678",
            "xxxxxxx",
            "Not Specified",
            "  ",
            "03000200-0400-0500-0006-000700080009",
            "release-keys",
        ),
    ],
)
def test_junk_identifies_nothing(text):
    assert is_junk(text)


@pytest.mark.parametrize("text", ["640HP72", "CN5BFP62CP", "af8d8fcfa6fa4794", "486280", "PHCVN191TG"])
def test_a_serial_number_is_no_junk(text):
    assert not is_junk(text)


@pytest.mark.parametrize(
    ("address", "digits"),
    [
        ("44:85:00:2b:90:bc", "4485002b90bc"),
        ("44-85-00-2B-90-BC", "4485002b90bc"),
        ("00:00:00:00:00:00", ""),
        ("ff:ff:ff:ff:ff:ff", ""),
        ("02:42:ac:11:00:02", ""),
        ("00:e0:4c:68:01:db", ""),
        ("no address", ""),
    ],
)
def test_addresses_that_wander_or_mean_nothing_identify_nothing(address, digits):
    assert mac_of(address) == digits
