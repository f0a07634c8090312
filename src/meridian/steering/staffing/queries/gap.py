"""How many posts the standard roles need at an establishment, and how many it has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from meridian.engine.listing.cut import Cut, cut
from meridian.steering.staffing.models import Establishment, JobTitle, Post, Role, StaffingNorm
from meridian.steering.staffing.queries.states import states_on
from meridian.steering.staffing.rules.likeness import suggestions
from meridian.steering.staffing.rules.needs import Norm, RoleGap, exact_needs, gaps

MOST_TITLES = 60


@dataclass(frozen=True, slots=True)
class GapReport:
    """The gap of each role, the names of the roles by code, and posts whose role isn't known."""

    gaps: list[RoleGap]
    names: dict[str, str]
    unmapped: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A title with the roles that may be meant (role, likeness 0 to 1), nearest first."""

    title: JobTitle
    posts: int
    roles: list[tuple[Role, float]]


def gap_report(establishment: Establishment, on: date) -> GapReport:
    """The model against the posts that stand on a day."""
    amounts = establishment.driver_amounts.filter(starts_on__lte=on).order_by("starts_on")
    drivers: dict[str, Decimal] = dict(amounts.values_list("driver", "amount"))
    norms = [
        Norm(found.role.code, found.driver, found.per_post, found.minimum_posts)
        for found in StaffingNorm.objects.select_related("role").order_by("role__code", "driver")
    ]
    posts = Post.objects.filter(establishment=establishment)
    roles = dict(posts.values_list("pk", "title__role__code"))
    found = [roles[key] for key in states_on(posts, on)]
    actual = Counter(role for role in found if role)
    unmapped = len(found) - actual.total()
    names = {role.code: str(role) for role in Role.objects.all()}
    return GapReport(gaps(exact_needs(norms, drivers), actual), names, unmapped)


def title_proposals() -> Cut[Proposal]:
    """Titles without a role, those of most posts first, each with up to three suggestions."""
    roles = {role.pk: role for role in Role.objects.order_by("code")}
    examples: dict[int, list[str]] = {key: [*role.name.values()] for key, role in roles.items()}
    for name, role in JobTitle.objects.exclude(role=None).order_by("pk").values_list("name", "role_id"):
        examples[role].append(name)
    counts = Counter(Post.objects.exclude(title=None).values_list("title_id", flat=True))
    titles = sorted(JobTitle.objects.filter(role=None), key=lambda title: (-counts[title.pk], title.name))
    first = cut(titles, MOST_TITLES).shown
    texts = [f"{title.name} {title.duties}" for title in first]
    keyed = {str(key): texts_of for key, texts_of in examples.items()}
    proposals = [
        Proposal(title, counts[title.pk], [(roles[int(key)], likeness) for key, likeness in found])
        for title, found in zip(first, suggestions(texts, keyed), strict=True)
    ]
    return Cut(proposals, len(titles))
