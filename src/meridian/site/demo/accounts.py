"""Copy an account for everybody, roles, and who holds them where."""

import secrets

from django.contrib.auth.hashers import make_password

from meridian.site.demo.copying import Copier
from meridian.site.demo.roles import GUESTS, KINDS, PASSWORD, ROLES, Guest
from meridian.site.demoplan.rows import Plan


def copy_accounts(copier: Copier, plan: Plan, people: list[int], units: list[int]) -> None:
    """63,000 accounts, eleven of which have a short name and the demo's password.

    The others can't sign in until somebody gives them a way. Agents hold their role at their unit, those of
    hubs everywhere; the first of a desk leads it.
    """
    guests = choose_guests(plan)
    zones = [station.zone for station in plan.duty_stations]
    # One hash for all guests: their password is the same and printed anyway.
    usable, unusable = make_password(PASSWORD), "!" + secrets.token_urlsafe(24)
    rows = []
    for index, person in enumerate(plan.people):
        guest = guests.get(index)
        name = guest.username if guest else person.email.split("@")[0]
        password = usable if guest else unusable
        zone = zones[plan.sites[person.site].duty_station]
        rows.append((name, person.email, people[index], person.languages[0], zone, password))
    fields = ("username", "email", "person_id", "language", "zone", "password")
    accounts = copier.copy("access.account", fields, rows)
    roles = _copy_roles(copier)
    copier.copy(
        "access.holding",
        ("account_id", "role_id", "unit_id"),
        _holdings(plan, guests, accounts, roles, units),
    )


def choose_guests(plan: Plan) -> dict[int, Guest]:
    """For each guest the position of the first person that fits and is nobody's guest yet.

    LookupError when nobody does: a promised account must be there.
    """
    chosen: dict[int, Guest] = {}
    for guest in GUESTS:
        unit = next(index for index, entity in enumerate(plan.entities) if entity.code == guest.unit)
        home = plan.entities[unit].duty_station
        for index, person in enumerate(plan.people):
            if guest.function:
                fits = person.entity == unit and guest.function in (person.function, person.category)
            else:
                at_home = plan.sites[person.site].duty_station == home
                fits = at_home and person.entity == plan.entities[unit].parent
            if fits and index not in chosen:
                chosen[index] = guest
                break
        else:
            raise LookupError(f"Nobody in the plan can be the guest {guest.username}.")
    return chosen


def _copy_roles(copier: Copier) -> dict[str, int]:
    """The roles, but those of which the house has one by that code already."""
    known = dict(copier.model("access.role")._base_manager.values_list("code", "pk"))
    new = {code: role for code, role in ROLES.items() if code not in known}
    rows = [(code, names, KINDS[code], list(permissions)) for code, (names, permissions) in new.items()]
    keys = copier.copy("access.role", ("code", "name", "kind", "permissions"), rows)
    return known | dict(zip(new, keys, strict=True))


def _holdings(
    plan: Plan, guests: dict[int, Guest], accounts: list[int], roles: dict[str, int], units: list[int]
) -> list[tuple[int, int, int | None]]:
    held = [
        (
            accounts[index],
            roles[guest.role],
            None if guest.everywhere else units[plan.entities[plan.people[index].entity].parent],
        )
        for index, guest in guests.items()
        if guest.role
    ]
    for team in plan.teams:
        for place, agent in enumerate(team.people):
            if agent not in guests:
                role = roles["agent" if place else "lead"]
                held.append((accounts[agent], role, None if team.is_hub else units[team.unit]))
    return held
