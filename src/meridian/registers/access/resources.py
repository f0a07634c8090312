"""What the house knows of accounts and rights."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource, Verb
from meridian.registers.access import commands
from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.access.policies import AccountPolicy, HoldingPolicy, TokenPolicy


class AccountResource(Resource):
    model = Account
    address = "accounts"
    policy = AccountPolicy
    key = "username"
    order = ("username",)
    related = ("person",)
    icon = "key"
    menu_of = {"operator": 30}
    remove = None
    fields = (
        F("username", column=True, search="A"),
        F("email", column=True, search="B"),
        F("kind", column=True),
        F("person", column=True, filter=False),
        F("is_active", column=True),
        F("language"),
        F("zone"),
        F("theme", filter=False),
        F("first_page", filter=False, form=False, api="r", io=False),
        F("date_joined", form=False, api="r", io=False),
        F("last_login", column=True, form=False, api="r", io=False, audit=False),
        F("password", form=False, api="", io=False, audit=False),
    )
    add, change = commands.add_account, commands.change_account


class RoleResource(Resource):
    model = Role
    address = "roles"
    policy = everywhere(everyone={"view"})
    key = "code"
    order = ("code",)
    icon = "lock"
    menu_of = {"operator": 40}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("permissions", column=True),
    )
    add, change, remove = commands.add_role, commands.change_role, commands.remove_role


class HoldingResource(Resource):
    model = Holding
    address = "role-holdings"
    policy = HoldingPolicy
    known_by = ("account", "role", "unit", "starts_at")
    related = ("account", "role", "unit")
    titled = ("account", "role")
    icon = "check"
    menu_of = {"operator": 50}
    fields = (
        F("account", column=True, filter=False),
        F("role", column=True),
        F("unit", column=True),
        F("starts_at", column=True),
        F("ends_at", column=True),
    )
    add, change, remove = commands.add_holding, commands.change_holding, commands.remove_holding


class TokenResource(Resource):
    model = Token
    address = "api-tokens"
    policy = TokenPolicy
    related = ("account",)
    icon = "item"
    in_menu = False
    change = remove = None
    fields = (
        F("account", filter=False, form=False, api="r", io=False),
        F("name", column=True),
        F("digest", form=False, api="", io=False, audit=False),
        F("scopes", column=True),
        F("expires_at", column=True),
        F("revoked_at", column=True, form=False, api="r", io=False),
        F("begun_in_demo", filter=False, form=False, api="r", io=False),
    )
    pages = {"form": "pages.TokenFormPage"}
    add = commands.add_token
    verbs = (
        Verb(commands.revoke_token, _("Revoke"), "lock", when=Q(revoked_at=None), danger=True, bulk=True),
    )
