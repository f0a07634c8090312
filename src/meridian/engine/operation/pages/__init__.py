"""The operator's pages."""

from django.urls import path

from meridian.engine.operation.pages.jobs import jobs

root_urlpatterns = [path("operation/jobs/", jobs, name="operation-jobs")]
