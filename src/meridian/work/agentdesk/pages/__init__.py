"""The pages of the service desk, at `/desk/`."""

from django.urls import path

from meridian.work.agentdesk.pages.actions import change, say
from meridian.work.agentdesk.pages.helping import help_beside
from meridian.work.agentdesk.pages.item import item_page, parts, presence
from meridian.work.agentdesk.pages.opening import new_item
from meridian.work.agentdesk.pages.queue import queue

root_urlpatterns = [
    path("desk/", queue, name="desk-queue"),
    path("desk/new/", new_item, name="desk-new"),
    path("desk/<str:number>/", item_page, name="desk-item"),
    path("desk/<str:number>/help/", help_beside, name="desk-help"),
    path("desk/<str:number>/presence/", presence, name="desk-presence"),
    path("desk/<str:number>/parts/", parts, name="desk-parts"),
    path("desk/<str:number>/say/", say, name="desk-say"),
    path("desk/<str:number>/change/", change, name="desk-change"),
]
