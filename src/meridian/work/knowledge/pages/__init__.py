"""The pages of knowledge, at `/knowledge/`: reading, writing, keeping."""

from django.urls import path

from meridian.work.knowledge.pages.keeping import keeping
from meridian.work.knowledge.pages.reading import article, compare, home, solved
from meridian.work.knowledge.pages.writing import grow, new

urlpatterns = [
    path("", home, name="knowledge"),
    path("keeping/", keeping, name="knowledge-keeping"),
    path("write/", new, name="knowledge-new"),
    path("grow/<str:number>/", grow, name="knowledge-grow"),
    path("compare/<int:key>/", compare, name="knowledge-compare"),
    path("read/<str:code>/", article, name="knowledge-article"),
    path("read/<str:code>/solved/", solved, name="knowledge-solved"),
]
