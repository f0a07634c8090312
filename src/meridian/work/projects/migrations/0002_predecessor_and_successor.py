"""The tasks of a dependency by names that the pages of lists do not use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("dependency", "task_dependency_once"),
        migrations.RemoveConstraint("dependency", "task_dependency_not_itself"),
        migrations.RenameField("dependency", "before", "predecessor"),
        migrations.RenameField("dependency", "after", "successor"),
        migrations.AddConstraint(
            "dependency",
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="task_dependency_once",
                violation_error_message="This dependency exists already.",
            ),
        ),
        migrations.AddConstraint(
            "dependency",
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="task_dependency_not_itself",
                violation_error_message="A task can't wait for itself.",
            ),
        ),
    ]
