"""Whoever serves pages can't rewrite the trail: PostgreSQL itself refuses, and not our own manners."""

import psycopg
import pytest
from django.db import connection
from house import databases
from house.nouns import region
from house.seeds import owning

from meridian.engine.audit.models import Change
from meridian.engine.audit.rights import READ_ONLY, excess_rights, lacks_rights

pytestmark = pytest.mark.django_db
ATTEMPTS = [
    "TRUNCATE {trail}",
    "DELETE FROM {trail}",
    "ALTER TABLE {trail} DISABLE TRIGGER ALL",
    "ALTER TABLE {trail} RENAME TO elsewhere",
    "DROP TABLE {trail}",
    "CREATE TRIGGER mine BEFORE INSERT ON {trail} EXECUTE FUNCTION audit_refuse()",
    "LOCK TABLE {trail} IN ACCESS EXCLUSIVE MODE",
    "GRANT ALL ON {trail} TO CURRENT_USER; DELETE FROM {trail}",
]
FURTHER_ATTEMPTS = [
    "UPDATE audit_entry SET reason = 'a better one'",
    "UPDATE audit_change SET after = NULL",
    "UPDATE audit_seal SET digest = ''",
    "INSERT INTO audit_entry (command, actor_label, channel, request, reason)"
    " VALUES ('x', 'ghost', 'shell', gen_random_uuid(), '')",
    "INSERT INTO audit_change (entry_id, \"table\", operation) VALUES (1, 'places_region', 'change')",
    "INSERT INTO audit_seal (number, entry_id, digest) VALUES (1, 1, '')",
    "SELECT setval('audit_entry_id_seq', 1)",
    "TRUNCATE places_region CASCADE",
    "ALTER TABLE places_region DISABLE TRIGGER audit_2_changed",
    "DROP TRIGGER audit_2_changed ON places_region",
    "CREATE OR REPLACE FUNCTION audit_changed() RETURNS trigger LANGUAGE sql AS ''",
    "DROP FUNCTION audit_refuse() CASCADE",
    "ALTER FUNCTION audit_changed() SECURITY INVOKER",
    "CREATE TABLE public.mine (id int)",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE mine SUPERUSER",
    "COPY audit_entry TO PROGRAM 'cat'",
    "UPDATE pg_proc SET prosecdef = false",
    "UPDATE django_migrations SET name = 'mine'",
]


@pytest.mark.parametrize(
    "attempt", [*(text.format(trail=table) for text in ATTEMPTS for table in READ_ONLY), *FURTHER_ATTEMPTS]
)
def test_the_role_that_serves_is_refused_by_the_database(attempt):
    owner = connection.settings_dict["USER"]
    with psycopg.connect(databases.served_url()) as session:
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)) as refused:
            session.execute(attempt.replace("{owner}", owner))
        session.rollback()
    assert refused.type is psycopg.errors.InsufficientPrivilege


def test_the_tests_themselves_run_as_the_role_that_serves():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert not lacks_rights()
    assert excess_rights() == ""


def test_an_owner_who_serves_is_told():
    with owning():
        assert excess_rights() == "is a superuser"


def test_a_temporary_table_of_the_same_name_catches_no_record():
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_change", "audit_pending"):
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table}) ON COMMIT DROP")
        row = region("EAST")
        cursor.execute("SELECT count(*) FROM public.audit_change WHERE row_id = %s", [row.pk])
        assert cursor.fetchone() == (1,)
        assert not Change.objects.exists()
