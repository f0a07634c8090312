"""Joining loses no desk and leaves no two signs on top of each other; names cover nothing."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from meridian.insight.world.rules.equal_earth import Frame
from meridian.insight.world.rules.marks import OVERLAP, STATES, Box, DeskMark, join_marks, place_labels

FRAME = Frame(2000, -57, 84)
DESKS = st.lists(
    st.builds(
        DeskMark,
        name=st.sampled_from(["Nairobi", "Port-au-Prince", "日内瓦", "بيروت"]),
        latitude=st.floats(-50, 70),
        longitude=st.floats(-180, 180),
        state=st.sampled_from(STATES),
        waiting=st.integers(0, 3000),
        in_hand=st.integers(0, 50),
        place=st.just("P"),
        url=st.just(""),
        local_time=st.just("17:32"),
    ),
    max_size=40,
).map(lambda desks: [replace_url(desk, index) for index, desk in enumerate(desks)])


def replace_url(desk: DeskMark, index: int) -> DeskMark:
    """The same desk with a page of its own."""
    fields = {name: getattr(desk, name) for name in DeskMark.__slots__}
    return DeskMark(**{**fields, "url": f"/desks/{index:03d}/"})


@given(DESKS, st.sampled_from([1.0, 2.6]))
def test_every_desk_is_in_exactly_one_mark(desks: list[DeskMark], unit: float) -> None:
    joined = [desk.url for mark in join_marks(desks, FRAME, unit) for desk in mark.desks]
    assert sorted(joined) == [desk.url for desk in desks]


@given(DESKS, st.sampled_from([1.0, 2.6]))
def test_no_two_marks_overlap_by_more_than_allowed(desks: list[DeskMark], unit: float) -> None:
    marks = join_marks(desks, FRAME, unit)
    for index, one in enumerate(marks):
        for two in marks[index + 1 :]:
            room = one.radius + two.radius - OVERLAP * min(one.radius, two.radius)
            assert hypot(one.x - two.x, one.y - two.y) >= room - 1e-9


@given(DESKS, st.randoms(use_true_random=False))
def test_the_order_of_desks_does_not_matter(desks: list[DeskMark], random: object) -> None:
    shuffled = desks[:]
    random.shuffle(shuffled)
    assert join_marks(shuffled, FRAME, 1.0) == join_marks(desks, FRAME, 1.0)


@given(DESKS)
def test_counts_are_those_of_the_desks(desks: list[DeskMark]) -> None:
    marks = join_marks(desks, FRAME, 1.0)
    assert sum(mark.waiting for mark in marks) == sum(desk.waiting for desk in desks)
    assert sum(sum(mark.shares.values()) for mark in marks) == len(desks)


@given(DESKS)
def test_names_stay_on_the_map_and_are_said_once(desks: list[DeskMark]) -> None:
    marks = join_marks(desks, FRAME, 1.0)
    labels = place_labels(marks, FRAME, 21)
    assert len({id(label.mark) for label in labels}) == len(labels) <= len(marks)
    assert all(0 <= label.x <= FRAME.width and 0 <= label.y <= FRAME.height for label in labels)


def test_boxes_meet_only_when_they_share_area() -> None:
    box = Box(0, 0, 10, 10)
    assert box.meets(Box(9, 9, 20, 20))
    assert not box.meets(Box(10, 0, 20, 10))
