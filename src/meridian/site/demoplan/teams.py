"""Resolver groups behind the desks, and the tables that requests need of all teams."""

from dataclasses import dataclass

import numpy as np

from meridian.site.demoplan.opening_hours import MINUTE, Offsets, OpeningHours, Positions
from meridian.site.demoplan.rows import Country, Desk, DutyStation, Entity, Person

RESOLVERS = (
    ("OICT-IM", "Enterprise servers", "data_centre"),
    ("OICT-IM", "Core network", "infrastructure"),
    ("OICT-AM", "Enterprise applications", "solution_delivery"),
    ("UNLB", "Field network and satellite", "infrastructure"),
    ("UNLB", "Field servers", "data_centre"),
    ("UNOG", "Servers, Geneva", "data_centre"),
    ("UNOG", "Applications, Geneva", "solution_delivery"),
    ("UNON", "Network, Nairobi", "infrastructure"),
    ("ESCAP", "Servers and network, Bangkok", "infrastructure"),
    ("UNOV", "Applications, Vienna", "solution_delivery"),
)


def build_resolvers(
    entities: list[Entity], stations: list[DutyStation], countries: list[Country], people: list[Person]
) -> list[Desk]:
    """Ten second-line groups: all people of a unit with the function, in ordinary hours."""
    position = {entity.code: index for index, entity in enumerate(entities)}
    groups = []
    for number, (code, name, function) in enumerate(RESOLVERS, start=1):
        unit = position["ICT-" + code]
        station = stations[entities[unit].duty_station]
        members = [
            i for i, person in enumerate(people) if person.entity == unit and person.function == function
        ]
        groups.append(
            Desk(
                code=f"GROUP-{number:02d}",
                name=name,
                unit=unit,
                duty_station=entities[unit].duty_station,
                location_group=entities[unit].location_group,
                languages=station.languages[:2],
                weekdays=countries[station.country].weekdays,
                opens_minute=8 * 60,
                closes_minute=18 * 60,
                is_hub=False,
                kind="resolver",
                people=tuple(members),
            )
        )
    return groups


@dataclass(frozen=True)
class TeamTables:
    """All teams as arrays: agents padded to one width, hubs, and who may take over from whom."""

    hours: OpeningHours
    agents: Positions
    agent_count: Positions
    second_line: Positions

    def agent(self, team: Positions, random: np.random.Generator) -> Positions:
        """An agent of each team, drawn evenly."""
        seat = (random.random(team.shape) * self.agent_count[team]).astype(np.intp)
        return self.agents[team, seat]


def team_tables(teams: list[Desk], stations: list[DutyStation], start: int, end: int) -> TeamTables:
    """Tables over `teams` for instants between `start` and `end` (Unix seconds)."""
    zones = sorted({station.zone for station in stations})
    width = max(len(team.people) for team in teams)
    agents = np.array([[*team.people, *[-1] * (width - len(team.people))] for team in teams], dtype=np.intp)
    hours = OpeningHours(
        zones=[zones.index(stations[team.duty_station].zone) for team in teams],
        weekdays=[team.weekdays for team in teams],
        opens_second=np.array([team.opens_minute for team in teams]) * MINUTE,
        closes_second=np.array([team.closes_minute for team in teams]) * MINUTE,
        offsets=Offsets(zones, start, end),
    )
    behind = [index for index, team in enumerate(teams) if team.is_hub or team.kind == "resolver"]
    return TeamTables(
        hours=hours,
        agents=agents,
        agent_count=np.array([len(team.people) for team in teams]),
        second_line=np.array(behind, dtype=np.intp),
    )
