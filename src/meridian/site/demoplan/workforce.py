"""ICT posts: category, function, title and desk of each of the 4,219 people, before they get a name."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from meridian.site.demoplan.apportionment import apportion
from meridian.site.demoplan.names import job_titles
from meridian.site.demoplan.rows import Desk, Entity
from meridian.site.demoplan.structure import people_by_share, units_by_share
from meridian.site.demoplan.targets import read_targets

INFRASTRUCTURE = ("service_desk", "data_centre", "infrastructure")
TITLES_OF = {
    "service_desk": ("Service Desk", "Help Desk", "Workstation", "Training"),
    "data_centre": ("Server", "Storage", "Systems Admin", "Data Centre", "Database"),
    "infrastructure": ("Network", "Radio", "Satellite", "Telecom", "Video", "Asset", "Geographic"),
    "solution_delivery": ("Developer", "Analyst"),
    "management_and_administration": ("Manager", "Officer", "Management", "Billing", "Procurement"),
}


@dataclass
class Post:
    """What one ICT person does and where; `desk` is the position of the desk served, or -1."""

    unit: int
    category: str
    function: str = ""
    title: str = ""
    desk: int = -1


def build_posts(
    entities: list[Entity], persons: dict[int, int], desks: list[Desk], random: np.random.Generator
) -> list[Post]:
    """4,219 posts, in order of unit: by category and entity, by location group and by function."""
    posts = _posts_by_category(entities, persons, random)
    of_unit: dict[int, list[Post]] = {unit: [] for unit in persons}
    for post in posts:
        of_unit[post.unit].append(post)
    per_unit = Counter(desk.unit for desk in desks)
    figures = read_targets().figures
    for function, lowest in (("service_desk", per_unit), ("data_centre", Counter())):
        staff = int(figures[f"{function}_fte_staff"])
        contractors = int(figures[f"{function}_fte_contractors"])
        _give_function(of_unit, function, staff, contractors, lowest)
    wanted = int(len(posts) * figures["infrastructure_staff_share"] / 100)
    rest = [post for post in posts if not post.function]
    others = wanted - sum(1 for post in posts if post.function)
    order = random.permutation(len(rest))
    for place, index in enumerate(order):
        late = "solution_delivery" if (place - others) % 3 else "management_and_administration"
        rest[index].function = "infrastructure" if place < others else late
    _give_titles(posts)
    _give_desks(of_unit, desks)
    return [post for unit in sorted(of_unit) for post in of_unit[unit]]


def _posts_by_category(
    entities: list[Entity], persons: dict[int, int], random: np.random.Generator
) -> list[Post]:
    """Deal each share's categories over its units; the head of the office sits in its first unit."""
    posts = []
    for share, units in units_by_share(entities).items():
        categories = [name for name, count in people_by_share()[share].items() for _ in range(count)]
        dealt = [categories[index] for index in random.permutation(len(categories))]
        dealt.sort(key=lambda category: category != "assistant_secretary_general")
        seats = [unit for unit in units for _ in range(persons[unit])]
        posts += [Post(unit, category) for unit, category in zip(seats, dealt, strict=True)]
    return posts


def _give_function(
    of_unit: dict[int, list[Post]], function: str, staff: int, contractors: int, lowest: Counter[int]
) -> None:
    """Give `staff` and `contractors` the function, at least `lowest[unit]` people in a unit."""
    units = list(of_unit)
    free = {unit: [post for post in of_unit[unit] if not post.function] for unit in units}
    hired = [sum(post.category == "contractor" for post in free[unit]) for unit in units]
    kept = [
        sum(post.category not in ("contractor", "director", "assistant_secretary_general") for post in own)
        for own in free.values()
    ]
    by_staff = apportion(
        staff, kept, lower=[min(lowest[u], k) for u, k in zip(units, kept, strict=True)], upper=kept
    )
    by_contractor = apportion(contractors, hired, upper=hired)
    for unit, own, outside in zip(units, by_staff, by_contractor, strict=True):
        for wanted, is_contractor in ((int(own), False), (int(outside), True)):
            able = [
                post
                for post in free[unit]
                if (post.category == "contractor") == is_contractor
                and post.category not in ("director", "assistant_secretary_general")
            ]
            for post in able[:wanted]:
                post.function = function


def _give_titles(posts: list[Post]) -> None:
    """Titles that suit the function, each of the 173 at least once."""
    titles = job_titles()
    suited = {
        function: [title for title in titles if any(word in title for word in words)]
        for function, words in TITLES_OF.items()
    }
    suited["management_and_administration"] += sorted(
        set(titles) - {title for known in suited.values() for title in known}
    )
    given: Counter[str] = Counter()
    for post in posts:
        known = suited[post.function]
        post.title = known[given[post.function] % len(known)]
        given[post.function] += 1


def _give_desks(of_unit: dict[int, list[Post]], desks: list[Desk]) -> None:
    """Seat the desk people of a unit at its desks in turn."""
    for unit, posts in of_unit.items():
        own = [index for index, desk in enumerate(desks) if desk.unit == unit]
        agents = [post for post in posts if post.function == "service_desk"]
        for number, post in enumerate(agents):
            if own:
                post.desk = own[number % len(own)]
