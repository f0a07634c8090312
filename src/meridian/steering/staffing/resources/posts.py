"""Establishments, stages, posts, their actions, and headcounts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit
from meridian.engine.resources import F, Panel, Resource, Verb
from meridian.steering.staffing import commands
from meridian.steering.staffing.models import Establishment, Headcount, Post, PostAction, Stage

PART_OF_ESTABLISHMENT = by_unit("establishment__unit")


class EstablishmentResource(Resource):
    model = Establishment
    address = "establishments"
    policy = by_unit()
    key = "code"
    order = ("name",)
    related = ("unit",)
    icon = "organisation"
    fields = (
        F("code", column=True, search="B"),
        F("name", column=True, search="A"),
        F("unit", column=True),
        F("dataset", column=True),
    )


class StageResource(Resource):
    model = Stage
    address = "stages-of-post-tables"
    policy = PART_OF_ESTABLISHMENT
    order = ("on",)
    related = ("establishment",)
    icon = "calendar"
    in_menu = False
    fields = (
        F("establishment", column=True),
        F("name", column=True),
        F("on", column=True),
        F("units"),
        F("grades"),
    )


class PostResource(Resource):
    model = Post
    address = "posts"
    policy = PART_OF_ESTABLISHMENT
    key = "number"
    order = ("number",)
    related = ("establishment", "title")
    icon = "user"
    state = "standing"
    tones = {"standing": "good", "abolished": "still", "transferred": "still"}
    fields = (
        F("number", column=True, search="A"),
        F("establishment"),
        F("title", column=True),
        F("unit_code", column=True, search="B"),
        F("grade", column=True, filter=True),
        F("category"),
        F("fund", column=True),
        F("duty_station", column=True),
        F("tenure"),
        F("standing", column=True),
        F("starts_on"),
        F("ends_on"),
    )
    panels = (
        Panel(_("Post"), ("number", "establishment", "title", "starts_on", "ends_on")),
        Panel(
            _("After its last action"),
            ("unit_code", "grade", "category", "fund", "duty_station", "tenure"),
        ),
    )
    add, change, remove = commands.establish_post, commands.change_post, commands.remove_post
    verbs = (Verb(commands.act_on_post, _("Act on this post"), "history", when=Q(standing="standing")),)
    pages = {"detail": "pages.post.PostPage", "act": "pages.post.act"}


class PostActionResource(Resource):
    model = PostAction
    address = "post-actions"
    policy = by_unit("post__establishment__unit")
    order = ("-effective_on",)
    related = ("post",)
    titled = ("post", "kind", "effective_on")
    icon = "history"
    add = change = None
    fields = (
        F("post", column=True, filter=False),
        F("sequence"),
        F("kind", column=True),
        F("effective_on", column=True),
        F("reason", column=True),
        F("from_unit_code"),
        F("from_grade", column=True),
        F("from_category", filter=False),
        F("from_fund", filter=False),
        F("from_duty_station"),
        F("from_tenure", filter=False),
        F("to_unit_code"),
        F("to_grade", column=True),
        F("to_category", filter=False),
        F("to_fund", filter=False),
        F("to_duty_station"),
        F("to_tenure", filter=False),
    )
    remove = commands.withdraw_action


class HeadcountResource(Resource):
    model = Headcount
    address = "headcounts"
    policy = PART_OF_ESTABLISHMENT
    related = ("establishment",)
    icon = "people"
    fields = (
        F("establishment"),
        F("entity", column=True, filter=True),
        F("category", column=True, filter=True),
        F("persons", column=True),
        F("on", column=True),
    )
