"""People in tests: a person belongs to a unit."""

import datetime

from meridian.registers.people.models import Affiliation, Delegation, Person


def make_person(make, number, **values):
    given = {
        "number": f"P{number}",
        "given_name": "Demo",
        "family_name": f"Person {number}",
        "email": f"person{number}@meridian.example",
    }
    person = Person(**(given | values))
    person.save()
    make(Affiliation, person=person)
    return person


FACTORIES = {
    Person: make_person,
    Delegation: {
        "starts_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        "ends_at": datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC),
    },
}
