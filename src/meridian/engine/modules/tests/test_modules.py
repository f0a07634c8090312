"""The manifests that the site has found."""

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from meridian.engine.modules import NO_SECTION, Module, Part
from meridian.engine.modules.registry import jobs, modules, parts_of, sections, take_in, taken_in
from meridian.engine.modules.work import install_jobs


def test_every_module_stands_in_a_section_of_the_menu_once():
    names = [found.name for found in modules()]
    assert len(names) == len(set(names)) > 5
    for found in modules():
        assert found.section in (NO_SECTION, *(section.name for section in sections()))


def test_what_is_declared_knows_where_it_stands():
    part = Part("tile", "parts.tiles")
    module = Module(name="x", title="X", section="desk", parts=(part,))
    assert part.file == module.file == __file__
    assert part.line + 1 == module.line


def test_the_worker_knows_every_job_that_a_manifest_names():
    worker = App(connector=InMemoryConnector())
    install_jobs(worker)
    assert set(jobs()) < set(worker.tasks)
    assert worker.tasks["notices.mail"].retry_strategy.max_attempts == 8
    periodic = {task.task.name for task in worker.periodic_registry.periodic_tasks.values()}
    assert periodic == {name for name, given in jobs().items() if given.declared.cron}
    assert worker.tasks["audit.seal"].queueing_lock == "audit.seal"


def test_parts_come_in_their_order_and_are_imported_when_first_used():
    before = taken_in()
    late = Part("tile", "attic.b", on="x.y", place=2)
    early = Part("tile", "attic.a", on="x.y", place=1)
    try:
        take_in([("no.such.house", Module(name="x", title="X", section="desk", parts=(late, early)))])
        given = parts_of("tile", "x.y")
        assert [found.name for found in given] == ["x.a", "x.b"]
        with pytest.raises(ImportError):
            given[0].function()
    finally:
        take_in(before)
    assert parts_of("tile", "x.y") == []
    assert parts_of("tile", "projects.project")[0].function.__name__ == "project_tiles"
