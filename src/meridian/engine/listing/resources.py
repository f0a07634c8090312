"""What the house knows of saved views."""

from django.db.models import Q

from meridian.engine.listing.models import SavedView
from meridian.engine.policies import own
from meridian.engine.resources import F, Resource


class SavedViewResource(Resource):
    model = SavedView
    address = "saved-views"
    policy = own(owner_may={"view", "export", "save", "change", "remove"}, shared=Q(is_shared=True))
    icon = "saved"
    in_menu = False
    add = None
    fields = (
        F("account", form=False, filter=False, api="r", io=False),
        F("listing", column=True, form=False, api="r"),
        F("name", column=True),
        F("query"),
        F("is_shared", column=True),
    )
