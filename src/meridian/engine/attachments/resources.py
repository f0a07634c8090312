"""What the house knows of attachments."""

from meridian.engine.attachments import commands
from meridian.engine.attachments.models import Attachment, StoredFile
from meridian.engine.attachments.policies import AttachmentPolicy
from meridian.engine.resources import F, Resource


class StoredFileResource(Resource):
    model = StoredFile
    address = "stored-files"
    appended = True
    in_menu = False
    icon = "attach"
    fields = (F("digest", column=True, api="r"), F("size_bytes", column=True, api="r"))


class AttachmentResource(Resource):
    model = Attachment
    address = "attachments"
    policy = AttachmentPolicy
    related = ("file",)
    in_menu = False
    icon = "attach"
    order = ("-id",)
    add = change = None
    fields = (
        F("resource", column=True, form=False, api="r", io=False),
        F("row_id", form=False, api="r", io=False),
        F("file", filter=False, form=False, api="", io=False),
        F("name", column=True, form=False, api="r", io=False),
        F("media_type", form=False, api="r", io=False),
        F("is_internal", form=False, api="r", io=False),
        F("attached_account", filter=False, form=False, api="", io=False),
        F("attached_by", column=True, form=False, api="r", io=False),
        F("attached_at", column=True, form=False, api="r", io=False),
    )
    remove = commands.detach
