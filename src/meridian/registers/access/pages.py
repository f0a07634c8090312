"""Signing in and out, and the account's own pages."""

from django.urls import include, path

root_urlpatterns = [path("account/", include("allauth.urls"))]
