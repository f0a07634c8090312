"""What the house knows of saved views."""

from meridian.engine.listing import commands
from meridian.engine.listing.models import SavedView
from meridian.engine.listing.policies import SavedViewPolicy
from meridian.engine.resources import F, Resource


class SavedViewResource(Resource):
    model = SavedView
    address = "saved-views"
    policy = SavedViewPolicy
    icon = "saved"
    in_menu = False
    fields = (
        F("account", form=False, filter=False, api="r", io=False),
        F("listing", column=True, form=False, api="r"),
        F("name", column=True),
        F("query"),
        F("is_shared", column=True),
    )
    change, remove = commands.change_saved_view, commands.remove_saved_view
