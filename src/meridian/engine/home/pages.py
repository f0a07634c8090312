"""Where somebody begins: their first page, and the way to every register."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from meridian.engine.figures import day_text
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.listing.words import not_words
from meridian.engine.modules.registry import kinds_of_person
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import SIGNED_IN, needs
from meridian.engine.pages.menu import Section, all_registers
from meridian.engine.pages.slots import first_page_of
from meridian.engine.policies.request import Request


@needs(SIGNED_IN)
def first_page(request: Request) -> HttpResponse:
    """What to do next and how things stand, for the kind of person that the reader is."""
    titles = kinds_of_person()
    actor = request.actor
    context = {
        "kind": titles.get(actor.kind, ""),
        "kinds": [
            {"name": name, "title": titles[name], "current": name == actor.kind} for name in actor.kinds
        ],
        "choose_url": settings.FIRST_PAGE_URL,
        "day": day_text(timezone.localdate()),
        "parts": first_page_of(request, actor.kind),
    }
    return render(request, "home/first_page.html", context)


@needs(SIGNED_IN)
@takes("q")
def registers(request: Request) -> HttpResponse:
    """Every page and list that the reader may open, by section; `?q=` narrows them by words."""
    words = request.GET.get("q", "").strip()
    if fault := not_words(words):
        raise NotUnderstood({"q": fault})
    sections = [found for section in all_registers(request.actor) if (found := _holding(section, words))]
    # htmx names its target as "section#registers".
    part = "list" if request.headers.get("HX-Target", "").endswith("#registers") else "page"
    return render(request, f"home/registers_{part}.html", {"sections": sections, "words": words})


def _holding(section: Section, words: str) -> Section | None:
    """The section with those entries alone in which every word stands; None without any."""
    wanted = words.casefold().split()
    entries = tuple(
        entry
        for entry in section.entries
        if all(word in f"{entry.title} {entry.module} {section.title}".casefold() for word in wanted)
    )
    return Section(section.title, entries) if entries else None


root_urlpatterns = [
    path("", first_page, name="home"),
    path("registers/", registers, name="all-registers"),
]
