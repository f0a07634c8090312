"""Proofs of posts: the post table, what changed between two days, what the model asks for."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.figures import day_text, number_text
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.steering.staffing.models import (
    DriverAmount,
    Establishment,
    Post,
    StaffingNorm,
    StandardCost,
    VacancyRate,
)
from meridian.steering.staffing.pages.choice import refuse_unheld, shown_value
from meridian.steering.staffing.queries.costs import cost_effect, rates_on
from meridian.steering.staffing.queries.gap import gap_report
from meridian.steering.staffing.queries.states import (
    actions_between,
    establishments,
    stage_for,
    stages_of,
    states_on,
)
from meridian.steering.staffing.queries.view import NARROWED_BY, Standing, standing
from meridian.steering.staffing.rules.costs import NoRate


def posts(actor: Actor, arguments: Arguments) -> Proof:
    """How many posts of an establishment stood on a day, or in how many units and grades."""
    titles = {"posts": _("Posts"), "units": _("Units with posts"), "grades": _("Grades of posts")}
    what, establishment = arguments.option("what", titles), _establishment(actor, arguments)
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


def moved(actor: Actor, arguments: Arguments) -> Proof:
    """By how many posts a unit, a division, a grade or all grew between two days."""
    establishment = _establishment(actor, arguments)
    given = ("category", *NARROWED_BY)
    narrowed = {name: arguments.text(name) for name in given if arguments.text(name)}
    since, on = arguments.day("since"), arguments.day("on")
    before, after = (standing(establishment, day, narrowed) for day in (since, on))
    refuse_unheld(narrowed, [before, after])
    facts = {"on": day_text(on), "since": day_text(since)}
    facts |= {"after": number_text(len(after.chosen)), "before": number_text(len(before.chosen))}
    other = set(before.chosen) ^ set(after.chosen)
    how = _("%(after)s posts on %(on)s less %(before)s on %(since)s; the rows stand here on one of the days.")
    words = (shown_value(name, value) for name, value in narrowed.items())
    return Proof(
        " · ".join((_("Change of posts"), establishment.name, *words)),
        len(after.chosen) - len(before.chosen),
        Added(Post.objects.filter(pk__in=other)),
        how=how % facts,
    )


def effect(actor: Actor, arguments: Arguments) -> Proof:
    """What the actions between two days cost in their first year, or later in a full one."""
    titles = {
        "first_year_usd": _("Cost effect in the first year"),
        "delayed_impact_usd": _("Delayed impact in a full year"),
    }
    what, establishment = arguments.option("what", titles), _establishment(actor, arguments)
    since, on = arguments.day("since"), arguments.day("on")
    try:
        found = cost_effect(actions_between(establishment, since, on), rates_on(on))
    except NoRate as fault:
        raise Unseen(_("There is no such figure: a standard cost or a vacancy rate is missing.")) from fault
    how = _("Every action by the standard cost of its grade, the months it counts and the vacancy rate.")
    return Proof(
        f"{titles[what]} · {establishment.name}",
        getattr(found, what),
        Added(actions_between(establishment, since, on)),
        _("USD"),
        2,
        how,
        further=(Added(StandardCost.objects.all()), Added(VacancyRate.objects.all())),
    )


def needed(actor: Actor, arguments: Arguments) -> Proof:
    """How many posts of a role the norms ask for, exactly or whole, or how many there are."""
    titles = {"exact": _("By the norms"), "needed": _("Needed"), "actual": _("Posts")}
    what, establishment = arguments.option("what", titles), _establishment(actor, arguments)
    on = arguments.day("on")
    report = gap_report(establishment, on)
    role = arguments.option("role", report.names)
    gap = next((found for found in report.gaps if found.role == role), None)
    if gap is None:
        raise Unseen(_("There is no such figure: nothing is said of this role."))
    title = f"{titles[what]} · {report.names[role]} · {establishment.name}"
    if what == "actual":
        posts = Post.objects.filter(establishment=establishment, title__role__code=role)
        how = _("The posts that stand on %(day)s.") % {"day": day_text(on)}
        return Proof(title, gap.actual, Added(posts.filter(pk__in=states_on(posts, on))), how=how)
    exact = Decimal(gap.exact.numerator) / gap.exact.denominator
    norms = StaffingNorm.objects.filter(role__code=role)
    drivers = DriverAmount.objects.filter(establishment=establishment, starts_on__lte=on)
    return Proof(
        title,
        exact if what == "exact" else gap.needed,
        Added(norms),
        decimals=2 if what == "exact" else 0,
        how=_("The newest amount of each driver by what one post of the role serves; posts are whole."),
        further=(Added(drivers.filter(driver__in=norms.values("driver"))),),
    )


def _establishment(actor: Actor, arguments: Arguments) -> Establishment:
    key = arguments.key("of")
    found = next((one for one in establishments(actor) if one.pk == key), None)
    if found is None:
        raise Unseen(_("There is no such establishment, or it is not yours to see."))
    return found


def _rows(found: Standing) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=found.chosen)
