"""Manifest of staffing."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer, ProofOf, System

NARROWED = ("of", "on", "category", "unit_code", "grade", "fund", "duty_station")

MODULE = Module(
    name="staffing",
    title=_("Posts and staffing"),
    section="steering",
    leans_on=("establishment",),
    icon="people",
    pages=(
        MenuPage(_("Post table"), "staffing-table", "people", menu_of={"budget": 40}),
        MenuPage(
            _("Staffing gap"), "staffing-gap", "split", menu_of={"budget": 50, "cio": 50, "planner": 40}
        ),
        MenuPage(_("Titles and roles"), "staffing-mapping", "link"),
    ),
    offers=(
        Offer("loader", "offers.load_posts", place=40),
        Offer(
            "table",
            "offers.posts_approved",
            name="posts-approved",
            title=_("Approved posts by unit and grade"),
        ),
        Offer(
            "table",
            "offers.posts_2011",
            name="posts-2011",
            title=_("Posts proposed for 2011 by unit and grade"),
        ),
        Offer(
            "table",
            "offers.post_changes_2011",
            name="post-changes-2011",
            title=_("Changes of posts from the approved to the proposed stage"),
        ),
        Offer(
            "table",
            "offers.programme_posts",
            name="programme-posts",
            title=_("Posts of the programme by grade, 2019 and 2020"),
        ),
        Offer(
            "table",
            "offers.component_posts",
            name="component-posts",
            title=_("Posts of the programme by component, 2020"),
        ),
        Offer("table", "offers.personnel", name="personnel", title=_("ICT personnel by entity and category")),
    ),
    systems=(
        System(
            "Posts and organisation charts",
            pages=("staffing-table", "staffing-chart"),
            proof="tests/test_papers.py",
        ),
    ),
    proofs=(
        ProofOf("proofs.moved", takes=("since", *NARROWED), permission="staffing.post.view"),
        ProofOf("proofs.effect", takes=("what", "of", "on", "since"), permission="staffing.post.view"),
        ProofOf("proofs.needed", takes=("what", "of", "on", "role"), permission="staffing.post.view"),
        ProofOf("proofs.posts", takes=("what", *NARROWED), permission="staffing.post.view"),
    ),
)
