"""The pages of projects; the project's own stands at the address of the generated one."""

from django.urls import path

from meridian.work.projects.pages.actions import decide, freeze, step
from meridian.work.projects.pages.project import project_page

urlpatterns = [
    path("projects/<int:key>/", project_page, name="project-page"),
    path("projects/<int:key>/freeze/", freeze, name="project-freeze"),
    path("projects/<int:key>/step/<slug:verb>/", step, name="project-step"),
    path("change-requests/<int:key>/decide/", decide, name="project-change-decide"),
]
