"""Reads and writes the files of the machine reassignment challenge (ROADEF/EURO 2012).

A model file is a row of whole numbers, broken into lines for the reader's comfort:

    resources; per resource: transient (0/1), weight of load cost
    machines; per machine: neighbourhood, location, capacities, safety capacities, move costs to every machine
    services; per service: smallest spread, number of dependencies, services it depends on
    processes; per process: service, requirement of every resource, move cost
    balances; per balance: first resource, second resource, target, weight
    weights of process move, service move and machine move

An assignment or a solution holds one machine number per process, all counted from 0.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from meridian.kernel.console import Fault

Numbers = NDArray[np.int64]
LARGEST_NUMBER = 2**40


class ModelFault(Fault):
    """The input can't be planned; the message is one sentence that names the file and the line."""


@dataclass(frozen=True)
class Model:
    """One instance: arrays are indexed by resource, machine, service, process and balance numbers."""

    name: str
    transient: NDArray[np.bool_]  # [resource]
    load_weight: Numbers  # [resource]
    neighbourhood: Numbers  # [machine]
    location: Numbers  # [machine]
    capacity: Numbers  # [machine, resource]
    safety: Numbers  # [machine, resource]
    machine_move_cost: Numbers  # [machine, machine], not weighted
    spread: Numbers  # [service]
    dependencies: tuple[tuple[int, ...], ...]  # [service]
    service: Numbers  # [process]
    requirement: Numbers  # [process, resource]
    process_move_cost: Numbers  # [process], not weighted
    balances: Numbers  # [balance, (first resource, second resource, target, weight)]
    process_move_weight: int
    service_move_weight: int
    machine_move_weight: int


class _Cursor:
    """Walks over the numbers of a file and knows the line of each, for the sentence of a fault."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="ascii")
        except OSError as fault:
            raise ModelFault(f"{path} can't be read: {fault.strerror}.") from None
        except UnicodeDecodeError:
            raise ModelFault(f"{path} is not a file of whole numbers.") from None
        words = self.text.split()
        if not words:
            raise ModelFault(f"{path} is empty.")
        try:
            self.numbers: Numbers = np.array(words, dtype=np.int64)
        except (ValueError, OverflowError):
            raise self._unreadable(words) from None
        self.position = 0

    def _unreadable(self, words: list[str]) -> ModelFault:
        for index, word in enumerate(words):
            digits = word[1:] if word[0] in "+-" else word
            if not digits.isdecimal() or abs(int(word)) > LARGEST_NUMBER:
                line = self.line_of(index)
                return ModelFault(f"{self.path}, line {line}: {word[:40]!r} is not a usable whole number.")
        return ModelFault(f"{self.path} is not a file of whole numbers.")

    def line_of(self, index: int) -> int:
        """Line number, from 1, of the number at `index`; the last line where the file ends before it."""
        seen = 0
        last_line = 1
        for line_number, line in enumerate(self.text.splitlines(), start=1):
            count = len(line.split())
            if count:
                last_line = line_number
            seen += count
            if index < seen:
                return line_number
        return last_line

    def fault(self, sentence: str, index: int | None = None) -> ModelFault:
        where = self.line_of(self.position if index is None else index)
        return ModelFault(f"{self.path}, line {where}: {sentence}")

    def take(self, count: int, what: str) -> Numbers:
        end = self.position + count
        if end > len(self.numbers):
            raise self.fault(f"the file ends in the middle of {what}.", len(self.numbers))
        numbers = self.numbers[self.position : end]
        if count and (int(numbers.min()) < 0 or int(numbers.max()) > LARGEST_NUMBER):
            at = int(np.argmax((numbers < 0) | (numbers > LARGEST_NUMBER)))
            value = int(numbers[at])
            raise self.fault(f"{value} in {what} is outside 0 to 2^40.", self.position + at)
        self.position = end
        return numbers

    def one(self, what: str) -> int:
        return int(self.take(1, what)[0])

    def below(self, limit: int, what: str, noun: str) -> int:
        number = self.one(what)
        if number >= limit:
            raise self.fault(f"{what} names {noun} {number}, but there are only {limit}.", self.position - 1)
        return number

    def counted(self, what: str) -> int:
        number = self.one(f"the number of {what}")
        if number == 0:
            raise self.fault(f"there are no {what}.", self.position - 1)
        return number

    def finish(self) -> None:
        if self.position < len(self.numbers):
            extra = len(self.numbers) - self.position
            raise self.fault(f"{extra} numbers follow after the end of the data.")


def read_model(path: Path) -> Model:
    """Read a model file; raises `ModelFault` with the line where it is cut, wrong or contradictory."""
    cursor = _Cursor(path)
    transient, load_weight = _read_resources(cursor)
    resources = len(load_weight)
    neighbourhood, location, capacity, safety, machine_move_cost = _read_machines(cursor, resources)
    spread, dependencies, spread_index = _read_services(cursor)
    service, requirement, process_move_cost = _read_processes(cursor, resources, len(spread))
    balances = _read_balances(cursor, resources)
    weights = [int(weight) for weight in cursor.take(3, "the weights of moves")]
    cursor.finish()
    model = Model(
        name=path.stem.removeprefix("model_"),
        transient=transient,
        load_weight=load_weight,
        neighbourhood=neighbourhood,
        location=location,
        capacity=capacity,
        safety=safety,
        machine_move_cost=machine_move_cost,
        spread=spread,
        dependencies=dependencies,
        service=service,
        requirement=requirement,
        process_move_cost=process_move_cost,
        balances=balances,
        process_move_weight=weights[0],
        service_move_weight=weights[1],
        machine_move_weight=weights[2],
    )
    _refuse_contradictions(cursor, model, spread_index)
    return model


def _read_resources(cursor: _Cursor) -> tuple[NDArray[np.bool_], Numbers]:
    count = cursor.counted("resources")
    rows = cursor.take(2 * count, "the resources").reshape(count, 2)
    if int(rows[:, 0].max()) > 1:
        at = cursor.position - 2 * count + 2 * int(np.argmax(rows[:, 0] > 1))
        raise cursor.fault("the transient mark of a resource must be 0 or 1.", at)
    return rows[:, 0] == 1, rows[:, 1].copy()


def _read_machines(cursor: _Cursor, resources: int) -> tuple[Numbers, ...]:
    count = cursor.counted("machines")
    width = 2 + 2 * resources + count
    if count > 100_000:
        raise cursor.fault(f"{count} machines are more than can be planned.", cursor.position - 1)
    rows = [cursor.take(width, f"machine {machine} of {count}") for machine in range(count)]
    table = np.array(rows)
    middle = 2 + resources
    columns = (table[:, 0], table[:, 1], table[:, 2:middle])
    rest = (table[:, middle : middle + resources], table[:, middle + resources :])
    return tuple(np.ascontiguousarray(part) for part in (*columns, *rest))


def _read_services(cursor: _Cursor) -> tuple[Numbers, tuple[tuple[int, ...], ...], list[int]]:
    count = cursor.counted("services")
    spread: list[int] = []
    dependencies: list[tuple[int, ...]] = []
    positions: list[int] = []
    for service in range(count):
        what = f"service {service} of {count}"
        positions.append(cursor.position)
        spread.append(cursor.one(what))
        wanted = cursor.one(what)
        dependencies.append(tuple(cursor.below(count, what, "service") for _ in range(wanted)))
    return np.array(spread, dtype=np.int64), tuple(dependencies), positions


def _read_processes(cursor: _Cursor, resources: int, services: int) -> tuple[Numbers, Numbers, Numbers]:
    count = cursor.counted("processes")
    rows = [cursor.take(2 + resources, f"process {process} of {count}") for process in range(count)]
    table = np.array(rows)
    wrong = np.flatnonzero(table[:, 0] >= services)
    if len(wrong):
        first = int(wrong[0])
        at = cursor.position - (count - first) * (2 + resources)
        named = int(table[first, 0])
        raise cursor.fault(f"process {first} names service {named}, but there are only {services}.", at)
    parts = (table[:, 0], table[:, 1:-1], table[:, -1])
    service, requirement, cost = (np.ascontiguousarray(part) for part in parts)
    return service, requirement, cost


def _read_balances(cursor: _Cursor, resources: int) -> Numbers:
    count = cursor.one("the number of balances")
    rows: list[list[int]] = []
    for balance in range(count):
        what = f"balance {balance} of {count}"
        pair = [cursor.below(resources, what, "resource") for _ in range(2)]
        rows.append([*pair, *(int(number) for number in cursor.take(2, what))])
    return np.array(rows, dtype=np.int64).reshape(count, 4)


def _refuse_contradictions(cursor: _Cursor, model: Model, spread_index: list[int]) -> None:
    needed = model.requirement.sum(axis=0)
    offered = model.capacity.sum(axis=0)
    for resource in np.flatnonzero(needed > offered):
        raise cursor.fault(
            f"resource {resource} is contradictory: the processes need {needed[resource]} "
            f"and all machines together offer {offered[resource]}.",
            1 + 2 * int(resource),
        )
    sizes = np.bincount(model.service, minlength=len(model.spread))
    places = len(np.unique(model.location))
    for service, size in enumerate(sizes):
        smallest = int(model.spread[service])
        if size and smallest > min(int(size), places):
            sentence = f"service {service} must spread over {smallest} locations"
            having = f"has {size} processes and there are {places} locations"
            raise cursor.fault(f"{sentence}, but it {having}.", spread_index[service])
        if size > len(model.capacity):
            limit = f"{len(model.capacity)} machines, and no two may stand on one"
            raise cursor.fault(f"service {service} has {size} processes for {limit}.", spread_index[service])


def read_assignment(path: Path, model: Model) -> Numbers:
    """Read one machine number per process; raises `ModelFault` for a wrong count or an unknown machine."""
    cursor = _Cursor(path)
    processes, machines = len(model.service), len(model.capacity)
    found = len(cursor.numbers)
    if found != processes:
        raise cursor.fault(f"{found} machine numbers for {processes} processes.", found - 1)
    wrong = np.flatnonzero((cursor.numbers < 0) | (cursor.numbers >= machines))
    if len(wrong):
        process = int(wrong[0])
        named = int(cursor.numbers[process])
        raise cursor.fault(f"process {process} stands on machine {named}, but there are {machines}.", process)
    return cursor.numbers
