"""What an article says, as it is shown: its links and pictures lead into the house."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from meridian.engine.attachments.models import Attachment
from meridian.engine.guide.rules import marked_up, plain_words
from meridian.work.knowledge.models import Article, Revision

LABEL = "knowledge.article"
GIST_CHARACTERS = 180
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def pictures_of(article: Article) -> dict[str, Attachment]:
    """The pictures beside an article by their names; the newest of one name counts."""
    rows = Attachment.objects.filter(
        resource=LABEL, row_id=article.pk, is_internal=False, media_type__in=PICTURES
    )
    return {file.name: file for file in rows.select_related("file").order_by("pk")}


def shown_text(revision: Revision) -> SafeString:
    """The text of a revision as HTML; nothing in it was written as HTML by a person."""
    pictures = pictures_of(revision.article) if "![" in revision.text else {}
    return SafeString(marked_up(revision.text, _address_in(pictures)))


def _address_in(pictures: dict[str, Attachment]) -> Callable[[str], str]:
    def address(target: str) -> str:
        if target in pictures:
            return reverse("file", args=(pictures[target].pk,))
        return reverse("knowledge-article", args=(target,)) if is_code(target) else ""

    return address


def is_code(target: str) -> bool:
    """Whether a link names another article, as in `[the other way](KB0012)`."""
    return target.startswith("KB") and target[2:].isdecimal() and target.isascii()


def gist(revision: Revision) -> str:
    """What a revision says, in a sentence or two."""
    words = plain_words(revision.text)
    if len(words) <= GIST_CHARACTERS:
        return words
    return words[:GIST_CHARACTERS].rpartition(" ")[0].rstrip(",;:") + " …"


def name_of(language: str) -> str:
    """A language in itself."""
    return str(get_language_info(language)["name_local"])


def direction_of(language: str) -> str:
    return "rtl" if get_language_info(language)["bidi"] else "ltr"
