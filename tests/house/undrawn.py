"""Commands that no resource draws as add, change, remove or a verb: the one place that says why.

A command that a person carries out on a row is a verb of its resource: one line, and button, form, palette
and REST follow. What stands here is asked by a page in a way of its own, or done by no person at all.
"""

ITSELF = "the house does it by itself, from a job, a reaction or another command"
OWN_PAGE = "a page or box made for it asks in its own way"
LOADED = "files and published tables are loaded by the shell or an import, as a whole"
KEPT = "what somebody sees is kept as they see it, by using the page"
MADE = "it makes a row out of another's or from several, and the page there asks"

NOT_DRAWN = {
    "access.account.choose_password": OWN_PAGE,
    "access.account.prefer": OWN_PAGE,
    "announcements.announcement.remind": ITSELF,
    "announcements.announcement.spread": ITSELF,
    "approvals.approval.ask": MADE,
    "approvals.approval.void": ITSELF,
    "approvals.step.remind": ITSELF,
    "attachments.attachment.add": OWN_PAGE,
    "budgets.budgetline.change_many": OWN_PAGE,
    "catalogue.order.go_on": ITSELF,
    "catalogue.order.put": OWN_PAGE,
    "catalogue.orderline.end": ITSELF,
    "catalogue.version.draft": OWN_PAGE,
    "channels.outboundmail.begin_attempt": ITSELF,
    "channels.outboundmail.note_refusal": ITSELF,
    "channels.outboundmail.note_sent": ITSELF,
    "channels.outboundmail.write": ITSELF,
    "channels.webhookdelivery.begin": ITSELF,
    "channels.webhookdelivery.end": ITSELF,
    "channels.webhookdelivery.queue": ITSELF,
    "changes.change.settle": ITSELF,
    "cost_centres.costcentre.open_demo": ITSELF,
    "errands.errand.ask": OWN_PAGE,
    "knowledge.article.grow": MADE,
    "knowledge.use.note": ITSELF,
    "ledger.book.open": LOADED,
    "ledger.dimensionvalue.name": LOADED,
    "ledger.entry.load": LOADED,
    "ledger.entry.post": LOADED,
    "listing.listchoice.keep": KEPT,
    "listing.savedview.save": KEPT,
    "majors.majorincident.escalate": ITSELF,
    "notices.choice.choose": OWN_PAGE,
    "notices.notice.mark_mailed": ITSELF,
    "notices.notice.read": KEPT,
    "notices.notice.tell": ITSELF,
    "plans.check.add": ITSELF,
    "plans.solution.add": ITSELF,
    "plans.solverun.record": ITSELF,
    "portfolio.selection.choose": MADE,
    "problems.candidate.find": ITSELF,
    "reports.load.add": LOADED,
    "servicedesk.workitem.ask": OWN_PAGE,
    "servicedesk.workitem.promise": ITSELF,
    "shifts.rotation.set_members": OWN_PAGE,
    "shifts.shift.rebuild": ITSELF,
    "staffing.establishment.add_loaded": LOADED,
    "surveys.invitation.invite": ITSELF,
    "surveys.invitation.mark_sent": ITSELF,
}
