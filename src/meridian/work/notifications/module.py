"""Manifest of notifications: what the desk's work tells people, each kind with its switch."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, NoticeKind

AGENT = "servicedesk.workitem.assign"

MODULE = Module(
    name="notifications",
    title=_("Requests and work"),
    section="desk",
    leans_on=("servicedesk",),
    notices=(
        NoticeKind("opened", _("A request is opened for me")),
        NoticeKind("answered", _("The desk answers my request")),
        NoticeKind("asked", _("The desk waits for my answer")),
        NoticeKind("solved", _("My request is solved")),
        NoticeKind("ended", _("My request is closed or cancelled")),
        NoticeKind("promised", _("My request is due at another time")),
        NoticeKind("followed", _("Something happens to what I follow")),
        NoticeKind("mentioned", _("Somebody names me")),
        NoticeKind("assigned", _("Work is given to me"), permission=AGENT),
        NoticeKind("replied", _("A requester answers on my work"), permission=AGENT),
        NoticeKind("reopened", _("What I solved is not fixed"), permission=AGENT),
        NoticeKind("woken", _("My work waits no longer"), permission=AGENT),
        NoticeKind("team", _("Something arrives for my team"), by_mail=False, permission=AGENT),
    ),
)
