"""The pages of hand-over."""

from django.urls import path

from meridian.work.handover.pages.board import begin, board
from meridian.work.handover.pages.working import work

root_urlpatterns = [
    path("handover/", board, name="handover"),
    path("handover/begin/", begin, name="handover-begin"),
    path("handover/sheets/<int:key>/fill/", work, name="handover-work"),
]
