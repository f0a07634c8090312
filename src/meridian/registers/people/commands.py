"""Keeping the register of people."""

from meridian.engine.commands import standard_commands
from meridian.registers.people.models import Affiliation, Delegation, Person

add_person, change_person, remove_person = standard_commands(Person)
add_affiliation, change_affiliation, remove_affiliation = standard_commands(Affiliation)
add_delegation, change_delegation, remove_delegation = standard_commands(Delegation)
