"""Proofs of the post table: the posts behind its tiles, cells and tallies."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.figures import day_text
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.steering.staffing.models import Post
from meridian.steering.staffing.pages.choice import refuse_unheld, shown_value
from meridian.steering.staffing.queries.states import establishments, stage_for, stages_of
from meridian.steering.staffing.queries.view import NARROWED_BY, Standing, standing


def posts(actor: Actor, arguments: Arguments) -> Proof:
    """How many posts of an establishment stood on a day, or in how many units and grades."""
    titles = {"posts": _("Posts"), "units": _("Units with posts"), "grades": _("Grades of posts")}
    what, key = arguments.option("what", titles), arguments.key("of")
    establishment = next((one for one in establishments(actor) if one.pk == key), None)
    if establishment is None:
        raise Unseen(_("There is no such establishment, or it is not yours to see."))
    narrowed = {name: arguments.text(name) for name in ("category", *NARROWED_BY) if arguments.text(name)}
    found = standing(establishment, arguments.day("on"), narrowed)
    refuse_unheld(narrowed, [found])
    how = _("Each post as it stood on %(day)s; the rows show it as it is now.") % {"day": day_text(found.on)}
    if what != "posts":
        how = f"{how} {_('Several posts are in one unit or grade.')}"
    words = (shown_value(name, value) for name, value in narrowed.items())
    return Proof(
        " · ".join((titles[what], establishment.name, *words)),
        {"posts": len(found.chosen), "units": len(found.units), "grades": len(found.grades)}[what],
        Added(_rows(found)),
        how=how,
        decided=stage_for(stages_of(establishment), found.on),
    )


def _rows(found: Standing) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=found.chosen)
