"""The databases of the tests and of the house."""

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from house import databases
from house.seeds import owning
from psycopg import sql

from meridian.engine.resources import audited_tables, resources

TRAIL_TABLES = ("audit_entry", "audit_change", "audit_pending", "audit_seal")


@pytest.mark.django_db
def test_each_process_has_its_own_migrated_database(worker_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), to_regclass('django_session') IS NOT NULL")
        name, migrated = cursor.fetchone()
    assert name.endswith(f"_{worker_id}")
    assert migrated


@pytest.mark.parametrize(
    "changed",
    [
        "registers/ledger/migrations/functions.sql",
        "registers/ledger/migrations/rows/first.json",
        "work/servicedesk/resources/items.py",
        "work/servicedesk/models/items.py",
        "work/servicedesk/rules.py",
        "registers/places/resources.py",
        "engine/audit/functions.sql",
        "engine/records/tables.py",
    ],
)
def test_whatever_shapes_the_schema_makes_the_template_anew(tmp_path, changed):
    file = tmp_path / changed
    before = databases.template_name(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text("one")
    made = databases.template_name(tmp_path)
    file.write_text("two")
    assert len({before, made, databases.template_name(tmp_path)}) == 3


def test_what_shapes_no_schema_leaves_the_template_alone(tmp_path):
    before = databases.template_name(tmp_path)
    for name in (
        "work/servicedesk/pages.py",
        "engine/audit/tests/test_trail.py",
        "work/x/migrations/__pycache__/a",
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("anything")
    assert databases.template_name(tmp_path) == before


def test_every_declaration_and_all_that_migrations_take_in_is_watched():
    watched = set(databases.schema_sources())
    for resource in resources():
        assert databases.SOURCE.parent.joinpath(*resource.__module__.split(".")).with_suffix(".py") in watched
    for migration in databases.SOURCE.glob("*/*/migrations/*.py"):
        for taken in _imports(migration):
            place = databases.SOURCE.parent.joinpath(*taken.split("."))
            files = {place.with_suffix(".py"), *place.rglob("*.py")} & set(databases.SOURCE.rglob("*.py"))
            files -= {file for file in files if "tests" in file.parts}
            assert {file for file in files if "kernel" not in file.parts} <= watched, (migration, taken)


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.startswith("meridian.")}


@pytest.mark.django_db(transaction=True)
def test_other_threads_meet_the_same_database():
    names = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            names.append(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert names == [connection.settings_dict["NAME"]]


def test_migrating_gives_the_rights_anew_to_whoever_serves(django_db_setup, tmp_path):
    with databases.restored() as name:
        with databases.administration(name) as owner:
            owner.execute(
                sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(
                    sql.Identifier(settings.SERVICE_ROLE)
                )
            )
        url = databases.served_url(name)
        settled = {
            **os.environ,
            "DATABASE_URL": url,
            "MERIDIAN_OWNER_URL": databases.owner_url(name),
            "MERIDIAN_TRAIL_ROOTS": str(tmp_path),
        }
        program = [sys.executable, "-m", "meridian"]
        refused = subprocess.run(
            [*program, "audit", "verify"],
            env={**settled, "MERIDIAN_OWNER_URL": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Run `meridian migrate` with MERIDIAN_OWNER_URL" in refused.stderr
        assert (
            "up to date"
            in subprocess.run(
                [*program, "migrate"], env=settled, capture_output=True, text=True, check=True
            ).stdout
        )
        subprocess.run([*program, "audit", "verify"], env=settled, capture_output=True, check=True)


@pytest.mark.django_db
def test_no_audited_table_is_emptied_at_once_not_even_by_its_owner():
    unguarded = []
    for name in (*(table.name for table in audited_tables()), *TRAIL_TABLES):
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), owning() as cursor:
            cursor.execute(f"TRUNCATE {name} CASCADE")
        if "never emptied at once" not in str(refused.value):
            unguarded.append((name, str(refused.value)))
    assert unguarded == []
