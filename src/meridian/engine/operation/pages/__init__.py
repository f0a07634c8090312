"""The operator's pages."""

from django.urls import path

from meridian.engine.operation.pages.jobs import jobs
from meridian.engine.operation.pages.trail import ChangeList, ChangePage, EntryList, EntryPage
from meridian.engine.operation.resources import ChangeResource, EntryResource

root_urlpatterns = [
    path("operation/jobs/", jobs, name="operation-jobs"),
    path("audit/audit-entries/", EntryList(EntryResource)),
    path("audit/audit-entries/<int:key>/", EntryPage(EntryResource)),
    path("audit/audit-entries/<int:key>/history/", EntryPage(EntryResource), {"tab": "history"}),
    path("audit/changes/", ChangeList(ChangeResource)),
    path("audit/changes/<int:key>/", ChangePage(ChangeResource)),
    path("audit/changes/<int:key>/history/", ChangePage(ChangeResource), {"tab": "history"}),
]
