"""Items of every class: what a thing is, where it is, whose it is, and what is known of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class ItemClass(Record):
    """A class of items, below a wider one: what is said of the wider one holds for it too."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("wider class"),
        related_name="narrower",
    )

    class Meta:
        verbose_name = _("class of items")
        verbose_name_plural = _("classes of items")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="item_class_not_its_own_parent",
                violation_error_message=_("A class is not below itself."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class ClassAttribute(Record):
    """Something that may be known of items of a class and of all narrower ones, and of which type it is."""

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Whole number")
        TEXTS = "texts", _("Several texts")
        YES_NO = "yes_no", _("Yes or no")
        DAY = "day", _("Day")

    item_class = models.ForeignKey(
        ItemClass, models.CASCADE, verbose_name=_("class of items"), related_name="attributes"
    )
    code = models.CharField(_("code"), max_length=40)
    name = TranslatedField(_("name"))
    type = models.CharField(_("type"), max_length=8, choices=Type, default=Type.TEXT)
    unit = models.CharField(_("unit of measure"), max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=50)

    class Meta:
        verbose_name = _("attribute of a class")
        verbose_name_plural = _("attributes of classes")
        constraints = (
            models.UniqueConstraint(
                fields=("item_class", "code"),
                name="class_attribute_once",
                violation_error_message=_("The class has an attribute of this code already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class ItemLife(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ORDERED = "ordered", _("Ordered")
    IN_STOCK = "in_stock", _("In stock")
    IN_SERVICE = "in_service", _("In service")
    IN_REPAIR = "in_repair", _("In repair")
    LOST = "lost", _("Lost")
    RETIRED = "retired", _("Retired")
    DISPOSED = "disposed", _("Disposed of")


class Tier(models.IntegerChoices):
    VITAL = 1, _("1 · vital")
    IMPORTANT = 2, _("2 · important")
    ORDINARY = 3, _("3 · ordinary")


class Item(Record):
    """A thing that we have, of whatever class.

    `identity` is the key by which discovery knows it, empty for what nobody has discovered; `attributes`
    hold what is known beyond the columns, each of a type that the class declares; `consists_of` tells of each
    list of parts (processors, disks, software) who told it, how many rows, and the digest of them.
    """

    code = models.CharField(_("inventory number"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    item_class = models.ForeignKey(
        ItemClass, models.PROTECT, verbose_name=_("class of items"), related_name="items"
    )
    state = models.CharField(_("state"), max_length=10, choices=ItemLife, default=ItemLife.IN_SERVICE)
    maker = models.CharField(_("maker"), max_length=200, blank=True)
    model_name = models.CharField(_("model"), max_length=200, blank=True)
    serial_number = models.CharField(_("serial number"), max_length=200, blank=True)
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("site"), related_name="items"
    )
    facility = models.ForeignKey(
        "facilities.Facility",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("facility"),
        related_name="items",
    )
    unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("unit"),
        related_name="items",
    )
    holder = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("in the custody of"),
        related_name="items",
    )
    cost_centre = models.ForeignKey(
        "cost_centres.CostCentre",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("cost centre"),
        related_name="items",
    )
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    tier = models.PositiveSmallIntegerField(_("service tier"), choices=Tier, null=True, blank=True)
    identity = models.CharField(
        _("key of discovery"), max_length=400, null=True, blank=True, unique=True, editable=False
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True, editable=False)
    consists_of = models.JSONField(_("consists of"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        indexes = (models.Index(fields=("serial_number",), name="item_serial_number"),)

    def __str__(self) -> str:
        return self.name or self.code
