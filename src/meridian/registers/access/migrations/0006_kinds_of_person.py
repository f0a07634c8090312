"""A role makes a kind of person, and an account remembers whose first page it reads."""

from django.db import migrations, models

KINDS = [
    ("agent", "Service-desk agent"),
    ("network", "Network operator"),
    ("chief", "Chief of unit"),
    ("architect", "Architect"),
    ("planner", "Planner"),
    ("continuity", "Continuity coordinator"),
    ("budget", "Budget officer"),
    ("cio", "Chief information officer"),
    ("delegate", "Delegate"),
    ("operator", "Operator of the house"),
    ("staff", "Member of staff"),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0005_one_account_of_a_name")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="kind",
            field=models.CharField(
                choices=KINDS,
                default="staff",
                help_text="decides the menu and the first page of whoever holds the role",
                max_length=12,
                verbose_name="kind of person",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="first_page",
            field=models.CharField(
                blank=True,
                choices=KINDS,
                help_text=(
                    "for whom the first page and the menu are,"
                    " where the roles make several kinds of person"
                ),
                max_length=12,
                verbose_name="first page",
            ),
        ),
    ]
