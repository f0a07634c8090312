"""A bundle: what everybody of a site may read, as files that open from a disk and print."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.storage import path_of
from meridian.engine.figures import day_text
from meridian.engine.guide.rules import marked_up
from meridian.engine.policies import Actor
from meridian.engine.translation import SOURCE_LANGUAGE, language_codes
from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.queries.articles import Reading, current, readings
from meridian.work.knowledge.queries.showing import direction_of, gist, is_code, name_of, pictures_of

STYLE, INDEX = "style.css", "index.html"


def languages_of(site: Any) -> list[str]:
    """The languages in which people at a site read: those of its duty station, and English."""
    spoken = {*site.duty_station.languages, SOURCE_LANGUAGE}
    return [code for code in language_codes() if code in spoken]


def files_of(actor: Actor, site: Any) -> dict[str, bytes]:
    """The files of a site's bundle by their paths; the same as long as nothing is written anew."""
    languages = languages_of(site)
    rows = Article.objects.permitted(actor).filter(current(), audience=Article.Audience.EVERYBODY)
    articles = list(rows.select_related("category").order_by("category", "code"))
    pictures = {article.pk: pictures_of(article) for article in articles}
    files: dict[str, bytes] = {STYLE: render_to_string("knowledge/bundle.css").encode()}
    names = [(code, name_of(code), direction_of(code)) for code in languages]
    files[INDEX] = _page("knowledge/bundle_start.html", "en", site=site, languages=names, root="")
    for language in languages:
        with override(language):
            found = readings(actor, articles, language)
            shown = [found[article.pk] for article in articles if article.pk in found]
            files |= _of_language(site, language, shown, pictures)
    for beside in pictures.values():
        files |= {_picture(file): path_of(file.file.digest).read_bytes() for file in beside.values()}
    return files


def page_of_gone(path: str) -> bytes:
    """What takes the place of a withdrawn article's page at a site to which only differences travel: a file
    that lies there already is taken away by nobody, but it is written over."""
    language, _slash, name = path.partition("/")
    with override(language):
        return _page("knowledge/bundle_gone.html", language, code=name.removesuffix(".html"))


def is_article(path: str) -> bool:
    """Whether a path of a bundle is the page of an article."""
    language, slash, name = path.partition("/")
    return bool(slash) and language in language_codes() and is_code(name.removesuffix(".html"))


def _of_language(
    site: Any, language: str, shown: list[Reading], pictures: dict[int, dict[str, Attachment]]
) -> dict[str, bytes]:
    known = {one.article.code for one in shown}
    groups: dict[str, list[dict[str, str]]] = {}
    for one in shown:
        groups.setdefault(str(one.article.category or ""), []).append(_entry(one))
    newest = max((one.revision.approved_at for one in shown if one.revision.approved_at), default=None)
    as_of = day_text(newest.date()) if newest else ""
    made = {
        f"{language}/{INDEX}": _page(
            "knowledge/bundle_index.html", language, site=site, groups=groups, as_of=as_of
        )
    }
    for one in shown:
        address = _address_in(pictures[one.article.pk], known)
        made[f"{language}/{one.article.code}.html"] = _page(
            "knowledge/bundle_article.html", language, **_article(one, language, address)
        )
    return made


def _entry(one: Reading) -> dict[str, str]:
    return {
        "code": one.article.code,
        "title": one.revision.title,
        "gist": gist(one.revision),
        "language": one.revision.language,
    }


def _article(one: Reading, language: str, address: Callable[[str], str]) -> dict[str, Any]:
    source = one.source if one.stale and one.source else None
    return {
        "article": one.article,
        "revision": one.revision,
        "body": marked_up(one.revision.text, address),
        "text_direction": direction_of(one.revision.language),
        "untranslated": one.revision.language != language,
        "text_language": name_of(one.revision.language),
        "is_misleading": one.stale >= Revision.Significance.LARGE,
        "source": source,
        "source_body": marked_up(source.text, address) if source else "",
        "source_direction": direction_of(source.language) if source else "",
    }


def _page(template: str, language: str, **context: Any) -> bytes:
    given = {"root": "../", "language": language, "direction": direction_of(language), **context}
    return render_to_string(template, given).encode()


def _address_in(pictures: dict[str, Attachment], known: Iterable[str]) -> Callable[[str], str]:
    def address(target: str) -> str:
        if target in pictures:
            return f"../{_picture(pictures[target])}"
        return f"{target}.html" if is_code(target) and target in known else ""

    return address


def _picture(file: Attachment) -> str:
    return f"pictures/{file.file.digest[:24]}.{file.media_type.partition('/')[2]}"
