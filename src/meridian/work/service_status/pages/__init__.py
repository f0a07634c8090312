"""The pages of the status of services, and their addresses."""

from django.urls import path

from meridian.work.service_status.pages.board import follow, service_status, status
from meridian.work.service_status.pages.feeds import atom, json_feed

root_urlpatterns = [
    path("status/", status, name="service-status"),
    path("status/follow/", follow, name="service-status-follow"),
    path("status/feed.atom", atom, name="service-status-atom"),
    path("status/feed.json", json_feed, name="service-status-json"),
    path("status/<str:code>/", service_status, name="service-status-service"),
]
