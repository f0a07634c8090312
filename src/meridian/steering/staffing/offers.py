"""The tables that staffing offers, and the papers it takes in."""

from pathlib import Path

from meridian.engine.policies import Actor
from meridian.engine.tables.catalogue import Dataset
from meridian.engine.tables.table import Table
from meridian.registers.organisation.facade import ensure_root
from meridian.steering.establishment.facade import read_papers, read_programme
from meridian.steering.staffing.commands import load_establishment
from meridian.steering.staffing.queries import tables
from meridian.steering.staffing.queries.loaded import counts_of


def load_posts(directory: Path, dataset: Dataset, actor: Actor) -> dict[str, int]:
    """Posts, their actions and headcounts of a folder; what is loaded already stays as it is."""
    programme = read_programme(directory)
    papers = [*read_papers(directory), *([programme] if programme else [])]
    if papers and not counts_of(dataset.key):
        root = ensure_root(actor=actor)
        for paper in papers:
            load_establishment(actor=actor, paper=paper, unit_id=root, dataset=dataset.key)
    return counts_of(dataset.key)


def posts_approved(dataset: Dataset) -> Table:
    office = tables.establishment_of(dataset, "office")
    return tables.posts_by_unit("posts-approved", tables.stage_of(office, 0))


def posts_2011(dataset: Dataset) -> Table:
    office = tables.establishment_of(dataset, "office")
    return tables.posts_by_unit("posts-2011", tables.stage_of(office, 1))


def post_changes_2011(dataset: Dataset) -> Table:
    office = tables.establishment_of(dataset, "office")
    return tables.changes_by_unit("post-changes-2011", tables.stage_of(office, 0), tables.stage_of(office, 1))


def programme_posts(dataset: Dataset) -> Table:
    programme = tables.establishment_of(dataset, "programme")
    first, second = tables.stage_of(programme, 0), tables.stage_of(programme, 1)
    return tables.grades_with_change("programme-posts", first, second)


def component_posts(dataset: Dataset) -> Table:
    programme = tables.establishment_of(dataset, "programme")
    return tables.components("component-posts", tables.stage_of(programme, 1))


def personnel(dataset: Dataset) -> Table:
    return tables.personnel_table("personnel", tables.establishment_of(dataset, "personnel"))
