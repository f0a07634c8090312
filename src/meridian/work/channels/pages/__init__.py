"""The pages of mail: how the doors stand, what waits for a person, what somebody was written."""

from django.urls import path

from meridian.work.channels.pages.doors import doors_page
from meridian.work.channels.pages.heard import heard
from meridian.work.channels.pages.waiting import cleaned, waiting

root_urlpatterns = [
    path("mail/", doors_page, name="mail-doors"),
    path("mail/waiting/", waiting, name="mail-waiting"),
    path("mail/heard/", heard, name="mail-heard"),
    path("mail/<int:key>/as-page/", cleaned, name="mail-as-page"),
]
