"""Manifest of notifications: what the desk's work tells people, each kind with its switch."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, NoticeKind, Reaction

AGENT = "servicedesk.workitem.assign"

MODULE = Module(
    name="notifications",
    title=_("Requests and work"),
    section="desk",
    leans_on=("items", "servicedesk"),
    notices=(
        NoticeKind("opened", _("A request is opened for me"), by_letter=True),
        NoticeKind("answered", _("The desk answers my request"), by_letter=True),
        NoticeKind("asked", _("The desk waits for my answer"), by_letter=True),
        NoticeKind("solved", _("My request is solved"), by_letter=True),
        NoticeKind("ended", _("My request is closed or cancelled"), by_letter=True),
        NoticeKind("promised", _("My request is due at another time"), by_letter=True),
        NoticeKind("followed", _("Something happens to what I follow"), by_letter=True),
        NoticeKind("mentioned", _("Somebody names me")),
        NoticeKind("assigned", _("Work is given to me"), permission=AGENT),
        NoticeKind("replied", _("A requester answers on my work"), permission=AGENT),
        NoticeKind("reopened", _("What I solved is not fixed"), permission=AGENT),
        NoticeKind("woken", _("My work waits no longer"), permission=AGENT),
        NoticeKind("team", _("Something arrives for my team"), by_mail=False, permission=AGENT),
        NoticeKind("errand", _("A file or an import that I asked for has ended"), by_mail=False),
    ),
    reactions=(
        Reaction("errands.ErrandEnded", "reactions.tell_of_errand"),
        Reaction("servicedesk.ItemOpened", "reactions.tell_of_opening", when="reactions.asked_for_another"),
        Reaction("servicedesk.ItemAssigned", "reactions.tell_of_assignment"),
        Reaction("servicedesk.ItemReplied", "reactions.tell_of_reply"),
        Reaction("servicedesk.ItemNoted", "reactions.tell_of_note"),
        Reaction("servicedesk.ItemHeld", "reactions.tell_of_question", when="reactions.waits_for_requester"),
        Reaction("servicedesk.ItemResumed", "reactions.tell_of_waking", when="reactions.woke_by_itself"),
        Reaction("servicedesk.ItemResolved", "reactions.tell_of_solution"),
        Reaction("servicedesk.ItemReopened", "reactions.tell_of_reopening"),
        Reaction("servicedesk.ItemEnded", "reactions.tell_of_end"),
        Reaction("servicedesk.ItemDueMoved", "reactions.tell_of_promise"),
    ),
)
