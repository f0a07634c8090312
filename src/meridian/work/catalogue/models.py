"""What can be ordered, in versions, and what was ordered."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField
from meridian.work.catalogue.contracts import Group, OrderState, TaskState, VersionState


class Item(Record):
    """Something that can be ordered; what it is stands in its versions, of which one is published."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    group = models.CharField(_("group"), max_length=16, choices=Group, default=Group.WORKPLACE)
    icon = models.CharField(_("icon"), max_length=20, default="item")
    service = models.ForeignKey(
        "services.Service",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("part of the service"),
        related_name="catalogue_items",
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("kept by"), related_name="catalogue_items"
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("owner"), related_name="catalogue_items"
    )

    class Meta:
        verbose_name = _("item of the catalogue")
        verbose_name_plural = _("items of the catalogue")

    def __str__(self) -> str:
        return self.code


class Version(Record):
    """What an item is from its publishing until a later version or its withdrawal; an order pins one.

    `questions`, `approvals` and `plan` are as `rules` says; `audience` are codes of units, none for
    everybody; `language_note` says why languages are missing that readers would need.
    """

    item = models.ForeignKey(Item, models.CASCADE, verbose_name=_("item"), related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=VersionState, default=VersionState.DRAFT)
    name = TranslatedField(_("name"), max_length=120)
    summary = TranslatedField(_("in a sentence"), max_length=300)
    description = TranslatedField(_("description"), is_long=True, blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    approvals = models.JSONField(_("steps of approval"), default=list, blank=True)
    plan = models.JSONField(_("tasks"), default=list, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=18, decimal_places=6, default=0, validators=(MinValueValidator(0),)
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    price_unit = TranslatedField(_("price is for"), max_length=60, blank=True)
    is_chargeable = models.BooleanField(_("charged to the cost centre"), default=False)
    level_hours = models.PositiveIntegerField(_("open hours to fulfil"), default=40)
    audience = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("for units"),
        default=list,
        blank=True,
        help_text=_("codes of units, with all below them; empty is everybody"),
    )
    language_note = models.CharField(
        _("why languages are missing"),
        max_length=300,
        blank=True,
        help_text=_("needed to publish what isn't written in all six languages"),
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("version of an item")
        verbose_name_plural = _("versions of items")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "number"),
                name="catalogue_version_number",
                violation_error_message=_("The item has a version of this number already."),
            ),
            models.UniqueConstraint(
                fields=("item",),
                name="catalogue_published_once",
                condition=models.Q(state=VersionState.PUBLISHED),
                violation_error_message=_("Another version of the item is published."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Order(Record):
    """What somebody orders together, for one person each line, on one cost centre."""

    number = models.CharField(_("number"), max_length=20, blank=True)
    orderer = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("ordered by"), related_name="orders"
    )
    cost_centre = models.ForeignKey(
        "cost_centres.CostCentre",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("cost centre"),
        related_name="orders",
    )
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.BASKET)
    placed_at = models.DateTimeField(_("ordered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("what somebody ordered", "order")
        verbose_name_plural = _("orders")
        constraints = (
            models.UniqueConstraint(
                fields=("orderer",),
                name="one_basket",
                condition=models.Q(state=OrderState.BASKET),
                violation_error_message=_("You have a basket already."),
            ),
            models.UniqueConstraint(
                fields=("number",),
                name="order_number",
                condition=~models.Q(number=""),
                violation_error_message=_("Another order has this number."),
            ),
        )

    def __str__(self) -> str:
        return self.number or str(self.get_state_display())


class OrderLine(Record):
    """So much of an item, in the version that was filled in, for somebody."""

    order = models.ForeignKey(
        Order,
        models.CASCADE,
        verbose_name=pgettext_lazy("what somebody ordered", "order"),
        related_name="lines",
    )
    item_version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("item"), related_name="lines")
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=(MinValueValidator(1), MaxValueValidator(999))
    )
    beneficiary = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("for"), related_name="ordered_for"
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    price = models.DecimalField(_("price"), max_digits=18, decimal_places=6, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    request = models.OneToOneField(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        verbose_name=_("service request"),
        related_name="order_line",
    )
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.BASKET)
    fulfilled_at = models.DateTimeField(_("fulfilled"), null=True)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.item_version.name}"


class Task(Record):
    """A piece of work of a team that a line needs; it begins when those before it have ended."""

    line = models.ForeignKey(OrderLine, models.CASCADE, verbose_name=_("line"), related_name="tasks")
    key = models.CharField(_("key"), max_length=40)
    name = TranslatedField(_("task"), max_length=200)
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        verbose_name=_("team"),
        related_name="fulfilment_tasks",
    )
    after = ArrayField(models.CharField(max_length=40), verbose_name=_("after"), default=list)
    hours = models.PositiveIntegerField(_("open hours"), default=8)
    state = models.CharField(_("state"), max_length=9, choices=TaskState, default=TaskState.COMING)
    begun_at = models.DateTimeField(_("begun"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("ended by"), related_name="+"
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = (
            models.Index(
                fields=("team", "due_at"), name="task_to_do", condition=models.Q(state=TaskState.WAITING)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("line", "key"),
                name="task_once",
                violation_error_message=_("The line has this task already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class UsageFact(AppendedRecord):
    """What was delivered, of what, at which price, on which cost centre, in which month: for charging.

    Written once when a chargeable line is fulfilled; `period` is the first day of the month.
    """

    line = models.OneToOneField(OrderLine, models.PROTECT, verbose_name=_("line"), related_name="usage_fact")
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("item"), related_name="usage_facts")
    quantity = models.PositiveIntegerField(_("quantity"))
    price = models.DecimalField(_("price of one"), max_digits=18, decimal_places=6)
    currency = models.CharField(_("currency"), max_length=3)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, verbose_name=_("unit"), related_name="usage_facts"
    )
    cost_centre = models.ForeignKey(
        "cost_centres.CostCentre",
        models.PROTECT,
        verbose_name=_("cost centre"),
        related_name="usage_facts",
    )
    period = models.DateField(_("month"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("usage fact")
        verbose_name_plural = _("usage facts")

    def __str__(self) -> str:
        return f"{self.item} · {self.quantity}"
