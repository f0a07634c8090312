"""Manifest of errands."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module

MODULE = Module(
    name="errands",
    title=_("Errands"),
    section="desk",
    jobs=(
        # In one lane: whoever waits for a mail or a notice does not wait for somebody's large file.
        Job("jobs.run", queue="errands", lane="errands"),
        Job("jobs.forget", queue="errands", cron="47 * * * *"),
    ),
)
