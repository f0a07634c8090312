"""The pages of the service desk: the agents' at `/desk/`, everybody's at `/portal/`."""

from django.urls import path

from meridian.work.servicedesk.pages.actions import act, change, say
from meridian.work.servicedesk.pages.item import item_page, presence
from meridian.work.servicedesk.pages.opening import bulk, new_item
from meridian.work.servicedesk.pages.portal import answer, ask, follow, home
from meridian.work.servicedesk.pages.queue import queue

root_urlpatterns = [
    path("desk/", queue, name="desk-queue"),
    path("desk/new/", new_item, name="desk-new"),
    path("desk/bulk/", bulk, name="desk-bulk"),
    path("desk/<str:number>/", item_page, name="desk-item"),
    path("desk/<str:number>/presence/", presence, name="desk-presence"),
    path("desk/<str:number>/say/", say, name="desk-say"),
    path("desk/<str:number>/change/", change, name="desk-change"),
    path("desk/<str:number>/<slug:verb>/", act, name="desk-act"),
    path("portal/", home, name="portal-home"),
    path("portal/ask/", ask, name="portal-ask"),
    path("portal/<str:number>/", follow, name="portal-follow"),
    path("portal/<str:number>/answer/", answer, name="portal-answer"),
]
