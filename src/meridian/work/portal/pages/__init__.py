"""The pages of everybody, at `/portal/`."""

from django.urls import path

from meridian.work.portal.pages.asking import ask, help_beside
from meridian.work.portal.pages.requests import answer, follow, home

root_urlpatterns = [
    path("portal/", home, name="portal-home"),
    path("portal/ask/", ask, name="portal-ask"),
    path("portal/ask/help/", help_beside, name="portal-ask-help"),
    path("portal/<str:number>/", follow, name="portal-follow"),
    path("portal/<str:number>/answer/", answer, name="portal-answer"),
]
