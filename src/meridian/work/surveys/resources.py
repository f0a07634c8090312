"""What the house knows of surveys."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource, Verb
from meridian.work.surveys import commands
from meridian.work.surveys.models import (
    Answer,
    CallBack,
    Campaign,
    Invitation,
    Question,
    QuestionSet,
    Reason,
)
from meridian.work.surveys.policies import AnswerPolicy, CallBackPolicy, InvitationPolicy


class QuestionSetResource(Resource):
    model = QuestionSet
    address = "question-sets"
    policy = everywhere()
    key = "code"
    order = ("code",)
    icon = "reply"
    fields = (
        F("code", column=True, search="A"),
        F("title", column=True, search="A"),
        F("introduction"),
        F("occasion", column=True),
        F("chance", column=True),
        F("open_days", column=True),
        F("in_use", column=True),
    )


class QuestionResource(Resource):
    model = Question
    address = "questions"
    policy = everywhere()
    order = ("question_set", "place", "id")
    related = ("question_set", "service")
    inside = "question_set"
    in_menu = False
    fields = (
        F("question_set", column=True),
        F("code", column=True),
        F("place", column=True),
        F("text", column=True),
        F("service", column=True),
    )


class ReasonResource(Resource):
    model = Reason
    address = "reasons"
    policy = everywhere()
    order = ("question_set", "id")
    related = ("question_set",)
    inside = "question_set"
    in_menu = False
    fields = (F("question_set", column=True), F("code", column=True), F("name", column=True))


class CampaignResource(Resource):
    model = Campaign
    address = "campaigns"
    policy = everywhere()
    key = "code"
    order = ("-ends_on",)
    related = ("question_set", "previous")
    icon = "people"
    state = "state"
    tones = {"draft": "still", "open": "accent", "closed": "good"}
    fields = (
        F("code", column=True, search="A"),
        F("title", column=True, search="A"),
        F("question_set", column=True),
        F("state", column=True),
        F("chance", column=True),
        F("target_percent"),
        F("ends_on", column=True),
        F("previous"),
    )
    verbs = (
        Verb(
            commands.open_campaign,
            _("Open"),
            "next",
            when=Q(state=Campaign.State.DRAFT),
            confirm=_("The sample is drawn and asked. That can't be taken back."),
        ),
        Verb(
            commands.close_campaign,
            _("Close"),
            "lock",
            when=Q(state=Campaign.State.OPEN),
            confirm=_("Nobody can answer any more after this."),
        ),
    )


class InvitationResource(Resource):
    model = Invitation
    address = "invitations"
    policy = InvitationPolicy
    order = ("-made_at", "-id")
    related = ("question_set", "campaign", "item", "person")
    titled = ("question_set", "item", "campaign")
    icon = "reply"
    add = None
    change = None
    remove = None
    fields = (
        F("question_set", column=True),
        F("campaign", column=True),
        F("item", column=True, filter=False),
        F("person", column=True, filter=False),
        F("language"),
        F("chance", column=True),
        F("made_at", column=True),
        F("sent_at"),
        F("expires_at", column=True),
    )
    verbs = (Verb(commands.answer, _("Answer"), "reply"),)
    pages = {"answer": "pages.answering.answer_page"}


class AnswerResource(Resource):
    model = Answer
    address = "answers"
    policy = AnswerPolicy
    order = ("-answered_at", "-id")
    related = ("invitation",)
    titled = ("invitation",)
    icon = "reply"
    add = None
    change = None
    remove = None
    fields = (
        F("invitation", column=True, filter=False),
        F("scores", column=True),
        F("reasons", column=True),
        F("text", column=True),
        F("language", column=True, filter=True),
        F("answered_at", column=True),
        F("changed_at"),
    )


class CallBackResource(Resource):
    model = CallBack
    address = "call-backs"
    policy = CallBackPolicy
    order = ("-opened_at", "-id")
    related = ("answer", "task")
    titled = ("task",)
    icon = "reply"
    add = None
    change = None
    remove = None
    in_menu = False
    fields = (F("task", column=True, filter=False), F("answer", filter=False), F("opened_at", column=True))
