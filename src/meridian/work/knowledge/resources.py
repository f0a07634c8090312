"""What the house knows of knowledge."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.knowledge import commands
from meridian.work.knowledge.models import Article, Revision, Use
from meridian.work.knowledge.policies import ArticlePolicy, RevisionPolicy, UsePolicy


class ArticleResource(Resource):
    model = Article
    address = "articles"
    policy = ArticlePolicy
    key = "code"
    order = ("code",)
    related = ("owner", "category")
    icon = "document"
    state = "state"
    tones = {"draft": "still", "published": "good", "retired": "watch"}
    abilities = ("attachments",)
    fields = (
        F("code", column=True, search="A"),
        F("title", column=True),
        F("state", column=True),
        F("audience", column=True),
        F("owner", column=True),
        F("category", column=True),
        F("source_language", filter=True),
        F("review_due", column=True),
        F("expires_on", column=True),
        F("grown_from", filter=False),
    )
    add = commands.add_article
    remove = None
    verbs = (
        Verb(
            commands.write,
            _("Write"),
            "edit",
            when=~Q(state=Article.State.RETIRED),
            fields=(
                Ask("language", _("Language"), initial=lambda row: row.source_language),
                Ask("title", _("Title")),
                Ask("text", _("Text"), long=True),
                Ask("significance", _("How much changes"), choices=tuple(Revision.Significance.choices)),
                Ask("note", _("What changed")),
            ),
        ),
        Verb(commands.confirm, _("Still true"), "check", when=Q(state=Article.State.PUBLISHED)),
        Verb(commands.retire, _("Retire"), "close", when=~Q(state=Article.State.RETIRED), danger=True),
    )
    pages = {"write": "pages.writing.write_page"}


class RevisionResource(Resource):
    model = Revision
    address = "revisions"
    policy = RevisionPolicy
    order = ("article", "language", "-number")
    related = ("article", "author", "decided_by", "based_on")
    titled = ("title", "language", "number")
    icon = "document"
    state = "state"
    tones = {"draft": "still", "review": "accent", "approved": "good", "retired": "watch"}
    dated = "written_at"
    found_as = "article"
    found_for = ("state", {"draft": "queue", "review": "queue", "retired": "queue"})
    fields = (
        F("article", column=True),
        F("language", column=True, filter=True),
        F("number", column=True),
        F("title", column=True, search="A"),
        F("text", search="C"),
        F("state", column=True),
        F("significance", column=True),
        F("note"),
        F("based_on", filter=False),
        F("author", column=True),
        F("written_at", column=True),
        F("decided_by"),
        F("approved_at"),
        F("given_back"),
    )
    panels = (
        Panel("", ("article", "language", "title", "text", "note", "significance")),
        Panel(_("Course"), ("based_on", "author", "written_at", "decided_by", "approved_at", "given_back")),
    )
    add = None
    change = None
    remove = commands.throw_away
    verbs = (
        Verb(commands.send, _("Send to be reviewed"), "next", when=Q(state=Revision.State.DRAFT)),
        Verb(commands.approve, _("Approve"), "check", when=Q(state=Revision.State.REVIEW)),
        Verb(
            commands.give_back,
            _("Give back"),
            "reply",
            when=Q(state=Revision.State.REVIEW),
            fields=(Ask("because", _("What is to be mended"), long=True),),
        ),
    )


class UseResource(Resource):
    model = Use
    address = "uses"
    policy = UsePolicy
    order = ("-at", "-id")
    related = ("revision", "item", "person")
    titled = ("way", "words")
    icon = "history"
    appended = True
    fields = (
        F("at", column=True, api="r"),
        F("way", column=True, api="r"),
        F("words", column=True, api="r"),
        F("found", column=True, filter=True, api="r"),
        F("revision", column=True, api="r"),
        F("item", column=True, filter=False, api="r"),
        F("person", api="r"),
        F("language", column=True, filter=True, api="r"),
        F("asking", filter=True, api="r"),
    )
