"""Plainly invented names: syllables put together, so that nobody real is meant."""

import numpy as np

SYLLABLES = (
    "ka le mi ro sa ti no ve da lu be na fi go ra se tu wa yo zi pa ne ki mo ha re su do vi ja "
    "lo me ta ri bo ze ni ko fa du"
).split()
ENDINGS = "n l r s m t k ra na lo vi ne so ta mi do".split()


def invent_names(count: int, random: np.random.Generator) -> list[tuple[str, str]]:
    """`count` different pairs of given and family name, such as ("Kaleni", "Rosavel")."""
    names: dict[tuple[str, str], None] = {}
    while len(names) < count:
        wanted = count - len(names)
        picks = random.integers(0, len(SYLLABLES), (wanted, 4)).tolist()
        endings = random.integers(0, len(ENDINGS), (wanted, 2)).tolist()
        for (first, second, third, fourth), (soft, hard) in zip(picks, endings, strict=True):
            given = SYLLABLES[first] + SYLLABLES[second] + ENDINGS[soft]
            family = SYLLABLES[third] + SYLLABLES[fourth] + ENDINGS[hard]
            names[given.capitalize(), family.capitalize()] = None
    return list(names)


def job_titles() -> list[str]:
    """173 different titles, the number that the review of 2010 found in use without a standard."""
    roles = (
        "Service Desk Agent,Workstation Technician,Systems Administrator,Network Engineer,"
        "Telecommunications Technician,Radio Technician,Satellite Technician,Server Administrator,"
        "Storage Administrator,Database Administrator,Application Developer,Web Developer,"
        "Business Analyst,Project Manager,Information Security Officer,Asset Assistant,"
        "Information Management Assistant,Systems Analyst,Video Conference Technician,"
        "Geographic Information Assistant,Billing Assistant,Procurement Liaison,Training Assistant,"
        "Data Centre Operator,Help Desk Assistant"
    ).split(",")
    levels = ("", "Senior ", "Chief ", "Assistant ", "Associate ", "Deputy Chief ", "Regional ")
    return [level + role for level in levels for role in roles][:173]
