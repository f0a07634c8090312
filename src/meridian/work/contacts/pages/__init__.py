"""The pages of contacts: who calls, the contact itself, and how many were helped at once."""

from django.urls import path

from meridian.work.contacts.pages.calling import call, callers
from meridian.work.contacts.pages.figures import figures

root_urlpatterns = [
    path("contacts/who/", callers, name="contacts-who"),
    path("contacts/call/<int:key>/", call, name="contacts-call"),
    path("contacts/figures/", figures, name="contacts-figures"),
]
