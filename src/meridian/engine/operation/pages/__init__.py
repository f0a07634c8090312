"""The operator's pages, and those of errands."""

from django.urls import path

from meridian.engine.operation.pages.errands import of_errands
from meridian.engine.operation.pages.jobs import jobs

root_urlpatterns = [path("operation/jobs/", jobs, name="operation-jobs"), *of_errands]
