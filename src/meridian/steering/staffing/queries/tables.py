"""The printed tables of posts and persons: laid out from rows, in the order of their stages."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meridian.engine.tables.catalogue import Dataset, NotLoaded
from meridian.engine.tables.specification import Axis, TableSpec, Unit
from meridian.engine.tables.table import Column, Table
from meridian.steering.establishment.facade import (
    CATEGORIES,
    PERSONNEL,
    PostState,
    division_of,
    in_rank,
    section_of,
)
from meridian.steering.staffing.models import Establishment, Post, Stage
from meridian.steering.staffing.queries.states import states_on


def establishment_of(dataset: Dataset, paper: str) -> Establishment:
    """The establishment that a paper of the data set told of; `NotLoaded` where there is none."""
    found = Establishment.objects.filter(dataset=dataset.key, code=f"{dataset.key}:{paper}").first()
    if found is None:
        raise NotLoaded(f"The data set {dataset.name} has no {paper} posts or persons; import one that does.")
    return found


def stage_of(establishment: Establishment, place: int) -> Stage:
    """The first, second ... stage of an establishment; `NotLoaded` where there is none."""
    stages = list(establishment.stages.order_by("on"))
    if len(stages) <= place:
        raise NotLoaded(f"{establishment.name} has no stage number {place + 1}.")
    return stages[place]


def stage_states(stage: Stage) -> list[PostState]:
    """The posts that stand on the day of the stage."""
    return list(states_on(Post.objects.filter(establishment=stage.establishment), stage.on).values())


def posts_by_unit(name: str, stage: Stage) -> Table:
    """Posts by unit and grade on the day of a stage, with a subtotal for each division."""
    facts = [(state.unit_code, state.grade, 1) for state in stage_states(stage)]
    return unit_spec(name, stage.name, stage.units, stage.grades).lay_out(facts)


def changes_by_unit(name: str, before: Stage, after: Stage) -> Table:
    """By how many posts each unit and grade grew from one stage to the next."""
    facts = [(state.unit_code, state.grade, 1) for state in stage_states(after)]
    facts += [(state.unit_code, state.grade, -1) for state in stage_states(before)]
    units = _divisions_together((*before.units, *after.units))
    title = _("Changes from %(before)s to %(after)s") % {"before": before.name, "after": after.name}
    return unit_spec(name, title, units, (*before.grades, *after.grades)).lay_out(facts)


def unit_spec(
    name: str,
    title: str,
    units: Sequence[str],
    grades: Sequence[str],
    labels: Mapping[str, str] | None = None,
) -> TableSpec:
    """How a table of units by grade is laid out: divisions get a subtotal."""
    groups = {unit: (division_of(unit),) for unit in units if division_of(unit)}
    divisions = {group: words(group) for (group,) in groups.values()}
    return TableSpec(
        name=name,
        title=title,
        unit=Unit(_("posts")),
        down=Axis(tuple(units), labels or {unit: words(section_of(unit)) for unit in units}, _("Unit")),
        across=Axis(in_rank(grades)),
        groups=groups,
        group_labels={
            group: _("Subtotal, %(division)s") % {"division": label} for group, label in divisions.items()
        },
        total_label=_("Total"),
        total_column_label=_("Total"),
    )


def words(key: str) -> str:
    """A key of the data as words: `field_applications` is "Field applications"."""
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]


def grades_with_change(name: str, before: Stage, after: Stage) -> Table:
    """A row per grade: posts before, the change, posts after."""
    earlier, later = before.name, after.name
    facts = [(state.grade, earlier, 1) for state in stage_states(before)]
    for stage, sign in ((before, -1), (after, 1)):
        facts += [(state.grade, "change", sign) for state in stage_states(stage)]
    spec = TableSpec(
        name=name,
        title=_("Posts by grade"),
        unit=Unit(_("posts")),
        down=Axis(in_rank((*before.grades, *after.grades)), {}, _("Grade")),
        across=Axis((earlier, "change"), {"change": pgettext("difference of two years", "Change")}),
        total_label=_("Total"),
        total_column_label="",
        derived=(Column(later, later, terms=((earlier, 1), ("change", 1))),),
    )
    return spec.lay_out(facts)


def components(name: str, stage: Stage) -> Table:
    """Posts by component and category on the day of a stage."""
    states = stage_states(stage)
    first = stage.establishment.stages.order_by("on").first() or stage
    categories = in_rank((state.category for state in (*stage_states(first), *states)), CATEGORIES)
    spec = TableSpec(
        name=name,
        title=_("Posts by component"),
        unit=Unit(_("posts")),
        down=Axis(tuple(stage.units), {unit: words(unit) for unit in stage.units}, _("Component")),
        across=Axis(categories, category_labels()),
        total_label=_("Total"),
        total_column_label=_("Total"),
    )
    return spec.lay_out((state.unit_code, state.category, 1) for state in states)


def category_labels() -> dict[str, str]:
    """The categories of posts in the reader's language."""
    return {str(key): str(label) for key, label in Post._meta.get_field("category").flatchoices}


def personnel_table(name: str, establishment: Establishment) -> Table:
    """Persons by entity, as they were first listed, and category, the highest first."""
    rows = list(establishment.headcounts.order_by("pk").values_list("entity", "category", "persons"))
    entities = tuple(dict.fromkeys(entity for entity, _category, _persons in rows))
    categories = in_rank((category for _entity, category, _persons in rows), PERSONNEL)
    spec = TableSpec(
        name=name,
        title=_("ICT personnel by entity and category"),
        unit=Unit(_("persons")),
        down=Axis(entities, {entity: words(entity) for entity in entities}, _("Entity")),
        across=Axis(categories, {category: words(category) for category in categories}),
        total_label=_("Total"),
        total_column_label=_("Total"),
    )
    return spec.lay_out(rows)


def _divisions_together(units: Sequence[str]) -> list[str]:
    """The units in the order in which they come, those of a division beside its first."""
    place: dict[str, int] = {}
    for unit in units:
        place.setdefault(division_of(unit) or f"{unit}/", len(place))
    return sorted(dict.fromkeys(units), key=lambda unit: place[division_of(unit) or f"{unit}/"])
