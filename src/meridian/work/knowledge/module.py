"""Manifest of knowledge."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, MenuPage, Module, NoticeKind, Offer, Part, ProofOf, System

KEEPING = "knowledge.revision.approve"

MODULE = Module(
    name="knowledge",
    title=_("Knowledge"),
    section="desk",
    icon="document",
    place=52,
    pages=(
        MenuPage(_("Knowledge"), "knowledge", "document", menu_of={"staff": 30, "agent": 60}),
        MenuPage(_("Keeping knowledge"), "knowledge-keeping", "edit"),
    ),
    parts=(
        Part("asking_help", "parts.while_asking", on="servicedesk.workitem", place=30),
        Part("answering_help", "parts.while_answering", on="servicedesk.workitem", place=30),
        Part("action", "parts.grow_it", on="servicedesk.workitem", permission="knowledge.article.grow"),
        Part("action", "parts.read_it", on="knowledge.article"),
        Part("action", "parts.compare_it", on="knowledge.revision"),
        *(
            Part("first_page", "parts.to_keep", on=kind, place=45, permission=KEEPING)
            for kind in ("agent", "chief")
        ),
    ),
    leans_on=("servicedesk",),
    notices=(NoticeKind("due", _("An article that I own wants a look"), permission="knowledge.article.add"),),
    jobs=(Job("jobs.tell_owners", cron="7 5 * * *"),),
    offers=(Offer("demo", "commands.demo.tell", place=70),),
    proofs=(
        ProofOf("proofs.deflection", takes=("what", "days"), permission=KEEPING),
        ProofOf("proofs.gap", takes=("words", "days"), permission=KEEPING),
    ),
    systems=(
        System(
            "Self-service and knowledge",
            pages=("knowledge", "knowledge-keeping"),
            commands=("knowledge bundle",),
        ),
    ),
)
