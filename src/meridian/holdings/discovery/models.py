"""What sources tell of things, what is in doubt, and what people decided."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField


class Source(Record):
    """Where facts come from. Of two that contradict each other the one of lesser precedence is heard."""

    class Kind(models.TextChoices):
        AGENT = "agent", _("Agents on the machines")
        FILES = "files", _("Files of reports")
        NETWORK = "network", _("Seen over the network")
        REGISTER = "register", _("Another register")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.AGENT)
    precedence = models.PositiveSmallIntegerField(
        _("precedence"),
        default=50,
        help_text=_("of two sources the one with the smaller number is heard first"),
    )
    most_days = models.PositiveSmallIntegerField(
        _("days until it is old"),
        null=True,
        blank=True,
        help_text=_("counted from the last word about a thing; what is old is heard after all that is not"),
    )

    class Meta:
        verbose_name = _("source of facts")
        verbose_name_plural = _("sources of facts")

    def __str__(self) -> str:
        return str(self.name)


class Sighting(Record):
    """A thing as one source knows it: `native` is its name there, `face` the best number that it showed.

    `claims`, `later` and `lists` are what is kept of all reports (see `rules.joining`); `strong` and `weak`
    the keys by which it is known again; `bodies` the digests of the last files it was read from. Without an
    item it is undecided: nothing is written for it.
    """

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="sightings")
    native = models.CharField(_("name at the source"), max_length=200)
    face = models.CharField(_("number that it showed"), max_length=120, blank=True)
    family = models.CharField(_("broad class"), max_length=20, blank=True)
    item = models.ForeignKey(
        "inventory.Item",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("item"),
        related_name="sightings",
    )
    full_at = models.BigIntegerField(_("seconds of the last full report"), default=-1)
    full_digest = models.CharField(_("digest of the last full report"), max_length=32, blank=True)
    claims = models.JSONField(_("what it told"), default=dict)
    later = models.JSONField(_("what partial reports told since"), default=dict, blank=True)
    lists = models.JSONField(_("what it consists of"), default=dict, blank=True)
    strong = ArrayField(
        models.CharField(max_length=220), verbose_name=_("strong keys"), default=list, blank=True
    )
    weak = ArrayField(models.CharField(max_length=220), verbose_name=_("weak keys"), default=list, blank=True)
    bodies = ArrayField(
        models.CharField(max_length=64), verbose_name=_("files it was read from"), default=list, blank=True
    )
    first_at = models.DateTimeField(_("first heard of"), db_default=models.functions.Now())
    heard_at = models.DateTimeField(_("last heard of"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "native", "face"),
                name="sighting_once",
                violation_error_message=_("The source knows this already."),
            ),
        )
        indexes = (
            GinIndex(fields=("strong",), name="sighting_strong"),
            GinIndex(fields=("weak",), name="sighting_weak"),
            GinIndex(fields=("bodies",), name="sighting_bodies"),
        )

    def __str__(self) -> str:
        return self.native


class Duplicate(Record):
    """A task: one key leads to several things, or one sighting may be any of several."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        DECIDED = "decided", _("Decided")
        GONE = "gone", _("Settled by itself")

    subject = models.CharField(_("what is in doubt"), max_length=400, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    things = ArrayField(models.CharField(max_length=400), verbose_name=_("may be any of"), default=list)
    members = ArrayField(models.CharField(max_length=400), verbose_name=_("sightings"), default=list)
    opened_at = models.DateTimeField(_("opened"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("duplicate to decide")
        verbose_name_plural = _("duplicates to decide")

    def __str__(self) -> str:
        return self.subject


class Tie(Record):
    """Two sightings that somebody said are of one thing, until it is undone."""

    first = models.ForeignKey(Sighting, models.CASCADE, verbose_name=_("sighting"), related_name="+")
    second = models.ForeignKey(Sighting, models.CASCADE, verbose_name=_("and sighting"), related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"


class BlockedKey(Record):
    """A key that identifies nothing here, besides those that never do."""

    key = models.CharField(_("key"), max_length=220, unique=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("blocked key")
        verbose_name_plural = _("blocked keys")

    def __str__(self) -> str:
        return self.key


class Lock(Record):
    """A value that somebody set and that no source changes; what it kept out last is remembered."""

    item = models.ForeignKey("inventory.Item", models.CASCADE, verbose_name=_("item"), related_name="locks")
    attribute = models.CharField(_("attribute"), max_length=40)
    value = models.JSONField(_("value"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    refused = models.JSONField(_("value that was refused last"), null=True, blank=True, editable=False)
    refused_source = models.CharField(_("who told it"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("locked value")
        verbose_name_plural = _("locked values")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "attribute"),
                name="lock_once",
                violation_error_message=_("This attribute of the item is locked already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} · {self.attribute}"


class QuarantinedReport(AppendedRecord):
    """A report that could not be taken in: where it came from, why, and how it begins."""

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="quarantined")
    name = models.CharField(_("file or sender"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    beginning = models.TextField(_("how it begins"), blank=True)
    at = models.DateTimeField(_("put aside"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("quarantined report")
        verbose_name_plural = _("quarantined reports")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "digest"),
                name="quarantined_report_once",
                violation_error_message=_("This report stands in quarantine already."),
            ),
        )

    def __str__(self) -> str:
        return self.name
