"""Measure the desk simulator: contacts a second, a thousand years, errors against closed forms, simpy and ciw
beside.

Run: python bench/planning/desks.py --out FILE [--contacts 10000000] [--long-contacts 400000000] [--years
1000] Each line is a Markdown row; `reference` is the goal or the other library, `ratio` is measured over
reference.
"""

import os
import platform
import random
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import ciw
import click
import numpy as np
import simpy

from meridian.solvers.centres.estimates import corrected, share
from meridian.solvers.centres.model import AgentGroup, Centre, ContactClass
from meridian.solvers.centres.simulate import Span, play
from meridian.solvers.centres.state import OFFERED, WITHIN
from meridian.solvers.desks.erlang import Queue, erlang_a, erlang_c

REQUESTS_PER_YEAR = 1_146_629
LANGUAGE_SHARES = (0.55, 0.20, 0.12, 0.06, 0.04, 0.03)
WEEKS_PER_YEAR = 365.25 / 7
HANDLING_SECONDS = 720.0
SIMPY_CONTACTS = 200_000
CIW_CONTACTS = 60_000
REPLICATIONS = 10
BATCHES = 100
SPEED_SEED = 1
ERROR_SEEDS = (7, 8, 9)
YEARS_AT_ONCE = 100


@dataclass(frozen=True)
class Line:
    """One waiting line: rates per hour; patience 0 is endless."""

    arrival_rate: float
    service_rate: float
    patience_rate: float
    agents: int

    @property
    def name(self) -> str:
        kind = "Erlang A" if self.patience_rate else "Erlang C"
        patience = f", {self.patience_rate:g}" if self.patience_rate else ""
        return f"{kind} ({self.arrival_rate:g}, {self.service_rate:g}{patience}; {self.agents})"

    @property
    def service_level(self) -> float:
        queue = Queue(self.arrival_rate, self.service_rate, self.agents, self.patience_rate, 30 / 3600)
        answer = erlang_a(queue) if self.patience_rate else erlang_c(queue)
        return answer.service_level or 0.0

    def centre(self) -> Centre:
        patience_seconds = 3600.0 / self.patience_rate if self.patience_rate else 0.0
        calls = ContactClass(
            "calls", np.array([self.arrival_rate / 3600]), 3600.0 / self.service_rate, patience_seconds
        )
        return Centre((calls,), (AgentGroup("desk", (0,), np.array([self.agents])),))


LINES = (
    Line(0.7, 1, 0, 2),
    Line(10, 1, 0, 12),
    Line(100, 5, 0, 23),
    Line(100, 5, 10, 20),
    Line(100, 5, 10, 23),
    Line(100, 5, 2, 20),
    Line(1000, 5, 10, 200),
)


def world_centre() -> Centre:
    """Six languages, eight groups, a working world's hours, 12-minute contacts, patience of 6 minutes."""
    hours = np.arange(168)
    shape = np.where(hours < 120, 1.0 + 0.4 * np.sin((hours % 24 - 7) * np.pi / 12), 0.15)
    rates = shape / shape.sum() * REQUESTS_PER_YEAR / WEEKS_PER_YEAR / 3600.0
    classes = tuple(
        ContactClass(f"language {index}", share * rates, HANDLING_SECONDS, 360.0, handling_variation=1.0)
        for index, share in enumerate(LANGUAGE_SHARES)
    )
    load = rates * HANDLING_SECONDS
    skills = ((0,), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (1, 2), (0, 1, 2, 3, 4, 5))
    parts = (0.5, 0.17, 0.12, 0.08, 0.06, 0.05, 0.06, 0.12)
    groups = tuple(
        AgentGroup(f"group {place}", spoken, np.ceil(load * part).astype(int))
        for place, (spoken, part) in enumerate(zip(skills, parts, strict=True))
    )
    return Centre(classes, groups, hour_of_slot=hours.astype(np.int32))


def measure_speed(rows: list[list[str]], contacts: int) -> float:
    """Contacts a second on one core after compilation; returns that of one line of 23."""
    line = Line(100, 5, 0, 23)
    speeds = []
    for name, centre, weekly in (
        (line.name, line.centre(), 100 * 168),
        ("6 languages, 8 groups", world_centre(), REQUESTS_PER_YEAR / WEEKS_PER_YEAR),
    ):
        play(centre, SPEED_SEED, 1, Span(1))
        begun, begun_at = process_time(), perf_counter()
        offered = play(centre, SPEED_SEED, 1, Span(contacts / weekly)).counts[..., OFFERED].sum()
        seconds, wall_seconds = process_time() - begun, perf_counter() - begun_at
        speeds.append(offered / seconds)
        rows.append(
            [
                f"speed, {name}, {offered:,.0f} contacts, seed {SPEED_SEED}",
                f"{wall_seconds:.1f}",
                f"{speeds[-1] / 1e6:.2f} M contacts/s",
                "5 M/s",
                f"{speeds[-1] / 5e6:.2f}",
            ]
        )
    return speeds[0]


def measure_years(rows: list[list[str]], years: int) -> None:
    """Play years of the reference case's requests on all cores, a seed for each hundred of them."""
    centre = world_centre()
    play(centre, SPEED_SEED, 2, Span(1))
    begun, begun_at, offered = process_time(), perf_counter(), 0.0
    for first in range(0, years, YEARS_AT_ONCE):
        count = min(YEARS_AT_ONCE, years - first)
        offered += play(centre, first + 1, count, Span(WEEKS_PER_YEAR)).counts[..., OFFERED].sum()
    processor_seconds, seconds = process_time() - begun, perf_counter() - begun_at
    goal_seconds = 150.0 * years / 1000
    measured = f"{offered:,.0f} contacts, {processor_seconds:.0f} processor seconds"
    seeds = ", ".join(str(first + 1) for first in range(0, years, YEARS_AT_ONCE))
    name = f"{years} years, 6 languages, 8 groups, seeds {seeds}"
    rows.append([name, f"{seconds:.1f}", measured, f"{goal_seconds:g} s", f"{seconds / goal_seconds:.2f}"])


def measure_errors(rows: list[list[str]], contacts: int, seeds: tuple[int, ...]) -> None:
    """Service level as the product estimates it against the closed form, its standard error, and beside them
    error and standard error of mere counting.
    """
    for line in LINES:
        weeks = contacts / REPLICATIONS / line.arrival_rate / 168
        span = Span(weeks, 200 / line.service_rate / 168, BATCHES)
        for seed in seeds:
            begun_at = perf_counter()
            ledger = play(line.centre(), seed, REPLICATIONS, span).ledger
            offered = ledger[..., OFFERED]
            found, counted = share(corrected(ledger, WITHIN), offered), share(ledger[..., WITHIN], offered)
            seconds = perf_counter() - begun_at
            error, plain = found.value - line.service_level, counted.value - line.service_level
            measured = (
                f"estimated {found.value:.4%}, error {100 * error:+.4f} points (± {100 * found.error:.4f}); "
                f"counted {counted.value:.4%}, error {100 * plain:+.4f} points (± {100 * counted.error:.4f})"
            )
            rows.append(
                [
                    f"{line.name}, {contacts / 1e6:g} M contacts, seed {seed}",
                    f"{seconds:.1f}",
                    measured,
                    f"{line.service_level:.4%}",
                    f"{abs(error) / 0.0005:.2f} of 0.05 points",
                ]
            )


def simpy_speed() -> float:
    """Contacts a second of the same line of 23 in simpy."""
    draw = random.Random(SPEED_SEED)
    environment = simpy.Environment()
    desk = simpy.Resource(environment, 23)

    def contact():
        with desk.request() as request:
            yield request
            yield environment.timeout(draw.expovariate(5))

    def arrivals():
        for _ in range(SIMPY_CONTACTS):
            yield environment.timeout(draw.expovariate(100))
            environment.process(contact())

    environment.process(arrivals())
    begun = process_time()
    environment.run()
    return SIMPY_CONTACTS / (process_time() - begun)


def ciw_speed() -> float:
    """Contacts a second of the same line of 23 in ciw."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(100)],
        service_distributions=[ciw.dists.Exponential(5)],
        number_of_servers=[23],
    )
    ciw.seed(SPEED_SEED)
    begun = process_time()
    ciw.Simulation(network).simulate_until_max_customers(CIW_CONTACTS)
    return CIW_CONTACTS / (process_time() - begun)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--contacts", type=click.IntRange(10_000), default=10_000_000, show_default=True)
@click.option("--long-contacts", type=click.IntRange(0), default=400_000_000, show_default=True)
@click.option("--years", type=click.IntRange(1), default=1000, show_default=True)
def main(out: Path, contacts: int, long_contacts: int, years: int) -> None:
    """Write a Markdown table of all measurements."""
    rows: list[list[str]] = []
    own_speed = measure_speed(rows, contacts)
    for name, played, speed in (
        ("simpy", SIMPY_CONTACTS, simpy_speed()),
        ("ciw", CIW_CONTACTS, ciw_speed()),
    ):
        measured = f"{own_speed / 1e6:.2f} M contacts/s"
        name = f"Erlang C (100, 5; 23), {name} beside, {played:,} contacts, seed {SPEED_SEED}"
        rows.append([name, "", measured, f"{speed / 1e3:.1f} k contacts/s", f"{own_speed / speed:.0f}"])
    measure_errors(rows, contacts, ERROR_SEEDS)
    write(out, rows)
    measure_years(rows, years)
    write(out, rows)
    if long_contacts:
        measure_errors(rows, long_contacts, ERROR_SEEDS[:1])
        write(out, rows)
    click.echo(out.read_text())


def write(out: Path, rows: list[list[str]]) -> None:
    """Write what has been measured so far."""
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    machine = f"{platform.machine()}, {cores}, Python {platform.python_version()}"
    lines = [machine, "", "| instance | seconds | measured | reference | ratio |"]
    lines += ["|---|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
