"""Articles, what is written of them in each language, and how they are used."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField, check_language
from meridian.work.knowledge.contracts import Way

# What a cell of a workbook holds (32,767) with room for what it writes otherwise.
MOST_CHARACTERS = 30_000


class Article(Record):
    """One thing that is known: for whom, who answers for it, and until when.

    `title` holds the title of the approved revision of each language; while nothing is approved, that of
    the first draft.
    """

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        DESK = "desk", _("the desk only")

    class State(models.TextChoices):
        DRAFT = "draft", _("not published yet")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    title = TranslatedField(_("title"), max_length=200, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    source_language = models.CharField(
        _("written first in"), max_length=8, default="en", validators=(check_language,)
    )
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("owner"), related_name="knowledge_articles"
    )
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="+",
    )
    review_due = models.DateField(_("to be reviewed by"), null=True, blank=True)
    expires_on = models.DateField(
        _("expires on"),
        null=True,
        blank=True,
        help_text=_("From this day on it is suggested to nobody; empty: it holds until it is retired"),
    )
    grown_from = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("grown from"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return str(self.title)


class Revision(Record):
    """What an article says in one language, written once and then approved or not.

    `number` counts in the language. A translation is `based_on` the revision of the source language that
    was current when it was written.
    """

    class Significance(models.IntegerChoices):
        SMALL = 10, _("small: a slip of the pen; translations stay true")
        MEDIUM = 20, _("medium: translations should follow")
        LARGE = 30, _("large: whoever reads an older translation is misled")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        APPROVED = "approved", _("approved")
        RETIRED = "retired", _("retired")

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="revisions")
    language = models.CharField(_("language"), max_length=8, validators=(check_language,))
    number = models.PositiveIntegerField(_("revision"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=MOST_CHARACTERS)
    significance = models.PositiveSmallIntegerField(
        _("significance"), choices=Significance, default=Significance.LARGE
    )
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("based on"),
        related_name="translations",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    author = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("written by"),
        related_name="+",
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("decided by"),
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    given_back = models.CharField(_("given back because"), max_length=500, blank=True, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "language", "number"),
                name="revision_once",
                violation_error_message=_("The article has this revision in this language already."),
            ),
            models.UniqueConstraint(
                fields=("article", "language"),
                condition=models.Q(state="approved"),
                name="revision_approved_once",
                violation_error_message=_("Another revision in this language is approved."),
            ),
            models.UniqueConstraint(
                fields=("article", "language"),
                condition=models.Q(state__in=("draft", "review")),
                name="revision_open_once",
                violation_error_message=_("Another revision in this language is being written."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.language} {self.number})"


class Use(AppendedRecord):
    """A revision was shown, read or used; or something was `asked`, whatever was found.

    `asking` ties together what one person did while asking for one thing.
    """

    WAYS = (
        (Way.ASKED.value, _("asked")),
        (Way.SHOWN.value, _("shown")),
        (Way.READ.value, _("read")),
        (Way.SOLVED.value, _("solved it")),
        (Way.TEXT.value, _("text put into a reply")),
        (Way.LINK.value, _("link put into a reply")),
    )

    asking = models.UUIDField(_("asking"), null=True, blank=True)
    way = models.CharField(_("way"), max_length=10, choices=WAYS)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, verbose_name=_("revision"), related_name="uses"
    )
    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("item"),
        related_name="+",
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, verbose_name=_("person"), related_name="+"
    )
    words = models.CharField(_("words"), max_length=200, blank=True)
    found = models.PositiveSmallIntegerField(_("found"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("use of knowledge")
        verbose_name_plural = _("uses of knowledge")
        indexes = (
            models.Index(fields=("asking", "way"), name="use_asking"),
            models.Index(fields=("way", "-at"), name="use_way"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("asking", "revision", "way"),
                condition=models.Q(asking__isnull=False, revision__isnull=False),
                name="use_once",
                violation_error_message=_("This was counted already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.words or self.revision_id}"
