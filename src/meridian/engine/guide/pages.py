"""The guide: an index, a page for each kind of person, their pictures."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from meridian.engine.guide.rules import guided
from meridian.engine.pages.entry import SIGNED_IN, needs

INDEX = "README"
PICTURES = "pictures/"


@needs(SIGNED_IN)
@require_safe
def page(request: HttpRequest, name: str = INDEX) -> HttpResponse:
    """A page of the guide; those who ask for none get the index."""
    if name not in _pages():
        raise Http404
    text = (settings.GUIDE_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    found = guided(text, _address)
    context = {"title": found.title, "body": SafeString(found.body), "is_index": name == INDEX}
    return render(request, "guide/page.html", context)


@needs(SIGNED_IN)
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the guide."""
    if name not in _pictures():
        raise Http404
    content = (settings.GUIDE_FOLDER / PICTURES / f"{name}.webp").read_bytes()
    return HttpResponse(content, content_type="image/webp")


def _pages() -> set[str]:
    return {place.stem for place in settings.GUIDE_FOLDER.glob("*.md")}


def _pictures() -> set[str]:
    return {place.stem for place in settings.GUIDE_FOLDER.glob(f"{PICTURES}*.webp")}


def _address(target: str) -> str:
    """Where a link of the folder leads in the house; nothing for what is no part of the guide."""
    name = target.removeprefix(PICTURES).partition(".")[0]
    if target == f"{PICTURES}{name}.webp" and name in _pictures():
        return reverse("guide-picture", args=(name,))
    if target.partition("#")[0] == f"{name}.md" and name in _pages():
        return reverse("guide") if name == INDEX else reverse("guide-page", args=(name,))
    return ""


root_urlpatterns = [
    path("guide/", page, name="guide"),
    path("guide/<slug:name>/", page, name="guide-page"),
    path("guide/pictures/<slug:name>.webp", picture, name="guide-picture"),
]
