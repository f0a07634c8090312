"""Accounts, the roles that give them rights, and tokens for programs."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.engine.records import Record, Rows
from meridian.engine.records.zones import check_zone
from meridian.engine.resources import check_permissions
from meridian.engine.translation import TranslatedField, check_language
from meridian.registers.access.contracts import PersonKind


class Accounts(BaseUserManager.from_queryset(Rows)):  # type: ignore[misc]
    """Reads accounts by name; writes go through the commands."""


class Account(AbstractBaseUser, Record):
    """What somebody, or a program, signs in with."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        SERVICE = "service", _("Service")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = models.CharField(_("user name"), max_length=150, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PERSON)
    person = models.OneToOneField(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("person"),
        related_name="account",
    )
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=8, default="en", validators=(check_language,))
    zone = models.CharField(_("time zone"), max_length=50, default="UTC", validators=(check_zone,))
    theme = models.CharField(_("appearance"), max_length=8, choices=Theme, default=Theme.SYSTEM)
    first_page = models.CharField(
        _("first page"),
        max_length=12,
        choices=PersonKind,
        blank=True,
        help_text=_("for whom the first page and the menu are, where the roles make several kinds of person"),
    )
    date_joined = models.DateTimeField(_("since"), db_default=models.functions.Now())

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects: ClassVar[Accounts] = Accounts()
    # The rows of what it holds, where they were fetched with it.
    held_now: Any = None

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.UniqueConstraint(
                Upper("username"),
                name="account_username",
                violation_error_message=_("Another account has this name."),
            ),
            models.UniqueConstraint(
                Upper("email"),
                condition=~models.Q(email=""),
                name="account_email",
                violation_error_message=_("Another account has this address."),
            ),
        )

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; a digest that is out of date is made anew, under an entry."""
        return check_password(raw_password, self.password, self._renew_digest)

    def _renew_digest(self, raw_password: str) -> None:
        with trail.entry("access.account.renew_digest", Actor(self.pk, self.person_id, self.username)):
            self.set_password(raw_password)
            self._password = None  # nothing is told of a change that the person did not make
            self.save(update_fields=["password"])


class Role(Record):
    """A named set of permissions, such as `servicedesk.workitem.*`."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(
        _("kind of person"),
        max_length=12,
        choices=PersonKind,
        default=PersonKind.STAFF,
        help_text=_("decides the menu and the first page of whoever holds the role"),
    )
    permissions = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("permissions"),
        default=list,
        validators=(check_permissions,),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return str(self.name)


class Holding(Record):
    """A role held by an account at a unit and all below it, or everywhere, for a time."""

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("account"), related_name="holdings")
    role = models.ForeignKey(Role, models.PROTECT, verbose_name=_("role"), related_name="holdings")
    unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("at unit"),
        related_name="role_holdings",
        help_text=_("and everything below it; empty is everywhere"),
    )
    starts_at = models.DateTimeField(_("from"), db_default=models.functions.Now())
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role holding")
        verbose_name_plural = _("role holdings")

    def __str__(self) -> str:
        return f"{self.account} · {self.role}"


class Token(Record):
    """A program's key to the API. Only its digest is kept; one that was made under `--demo` ends with it."""

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("account"), related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=120), verbose_name=_("scopes"), validators=(check_permissions,)
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    begun_in_demo = models.BooleanField(_("made in the demo"), default=False, editable=False)

    # Only on the row that was just made: what is kept is its digest.
    secret: str

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name
