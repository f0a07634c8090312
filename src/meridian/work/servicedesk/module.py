"""Manifest of the service desk."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module, Offer, Section

MODULE = Module(
    name="servicedesk",
    title=_("Service desk"),
    section="desk",
    leans_on=("items",),
    icon="desk",
    sections=(Section("desk", _("Service desk"), 10),),
    jobs=(Job("jobs.wake", queue="servicedesk", cron="* * * * *"),),
    offers=(Offer("file_reader", "queries.files.reads_after_merge", on="servicedesk.workitem"),),
)
