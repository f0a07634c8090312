"""Names of applications: what a unit of 2010 ran, function by function."""

from collections.abc import Iterator

SUBJECTS = (
    "Leave requests,Travel claims,Fuel consumption,Vehicle dispatch,Contract register,Asset register,"
    "Correspondence log,Document archive,Conference rooms,Interpretation planning,Telephone billing,"
    "Security incidents,Movement control,Rations orders,Payroll input,Attendance,Recruitment,"
    "Training records,Medical appointments,Visitor passes,Library catalogue,Translation workflow,"
    "Press releases,Photo archive,Web content,Mission maps,Human rights cases,Witness records,"
    "Project proposals,Trust funds,Bank reconciliation,Invoice tracking,Procurement requests,"
    "Vendor register,Stock cards,Claims,Property survey,Shipping notices,Air operations,"
    "Aviation safety,Helpdesk tickets,Radio inventory,Network monitoring,User accounts,E-mail gateway,"
    "Backup monitoring,Electoral support,Legal opinions,Treaty register,Audit recommendations"
).split(",")
FORMS = ("", " database", " tracker", " reports", " portal")


def application_names() -> Iterator[str]:
    """250 different names in a fixed order, most telling first."""
    for form in FORMS:
        for subject in SUBJECTS:
            yield subject + form
