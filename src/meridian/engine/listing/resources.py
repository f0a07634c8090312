"""What the house knows of saved views."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.listing import commands
from meridian.engine.listing.models import ListChoice, SavedView
from meridian.engine.listing.policies import SavedViewPolicy
from meridian.engine.policies import own
from meridian.engine.resources import F, Resource, Verb


class SavedViewResource(Resource):
    model = SavedView
    address = "saved-views"
    policy = SavedViewPolicy
    icon = "saved"
    in_menu = False
    add = None
    change = commands.change_view
    fields = (
        F("account", form=False, filter=False, api="r", io=False),
        F("listing", column=True, form=False, api="r"),
        F("name", column=True),
        F("query"),
        F("is_shared", column=True, form=False, api="r"),
    )
    verbs = (
        Verb(commands.share_view, _("Share with everybody"), "link", when=Q(is_shared=False)),
        Verb(commands.unshare_view, _("Stop sharing"), "lock", when=Q(is_shared=True)),
    )


class ListChoiceResource(Resource):
    model = ListChoice
    address = "choices-of-columns"
    policy = own(owner_may={"view", "export", "keep", "remove"})
    icon = "settings"
    in_menu = False
    add = change = None
    fields = (
        F("account", form=False, filter=False, api="r", io=False),
        F("listing", column=True, form=False, api="r"),
        F("columns", form=False, api="r"),
        F("sort", form=False, api="r"),
    )
    remove = commands.remove_choice
