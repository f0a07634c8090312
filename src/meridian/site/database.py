"""Makes the database ready: started when it is ours, new enough, and migrated."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from meridian.engine.audit import roots
from meridian.engine.audit.rights import lacks_rights
from meridian.engine.postgres.server import Server
from meridian.kernel.console import Fault
from meridian.site import environment, faults
from meridian.site.apps import install_all_triggers

MIGRATION_LOCK = 4_711_001
HEARTBEAT_SECONDS = 60


def embedded_server() -> Server | None:
    """The embedded server, or None when DATABASE_URL names another."""
    return Server(settings.VAR_FOLDER / "postgres") if environment.database_is_embedded() else None


def start() -> bool:
    """Start the embedded server when it is in use and asleep; True when this call started it."""
    server = embedded_server()
    return server.start() if server else False


def server_version() -> int:
    """The version as PostgreSQL numbers it (180006); a fault when there is no answer or it is too old."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            version = int(cursor.fetchone()[0])
    except OperationalError as error:
        raise faults.unreachable(error) from error
    if version < faults.OLDEST_DATABASE_VERSION:
        raise faults.too_old(version)
    return version


@contextmanager
def as_owner() -> Iterator[None]:
    """A session as the owner of the tables, who alone may change them; whoever serves may not."""
    served = connection.settings_dict
    connection.close()
    connection.settings_dict = {**served, **settings.DATABASE_OWNER}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = served


def pending_migrations() -> list[str]:
    """The names of the migrations that this database still lacks, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def living_workers() -> int:
    """How many workers told within the last minute that they live."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [HEARTBEAT_SECONDS],
        )
        return int(cursor.fetchone()[0])


def prepare(*, may_migrate: bool = False) -> None:
    """Start, check and where lawful migrate the database.

    The embedded database and an empty one are always brought up to date; somebody's server
    with data only where the caller was asked for it (`may_migrate`), else it is a fault.
    """
    start()
    server_version()
    unread = lacks_rights()
    pending = [] if unread else pending_migrations()
    if not unread and not pending:
        return
    if may_migrate or environment.database_is_embedded() or _is_empty():
        migrate()
    elif unread:
        raise Fault(
            "Whoever serves may not read every table of the database.",
            "Run `meridian migrate` with MERIDIAN_OWNER_URL, which gives the rights anew.",
        )
    else:
        raise Fault(
            f"The database lacks {len(pending)} migrations, the first of them {pending[0]}.",
            "Make a backup, then run `meridian migrate`.",
        )


def migrate() -> int:
    """Apply every pending migration, one process at a time; how many there were.

    Triggers and rights are brought to the declared state even when none is pending: a restored
    copy, or a role made since, has none.
    """
    start()
    server_version()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            pending = pending_migrations()
            if pending and _is_empty():
                roots.set_aside()
            if pending:
                _apply(len(pending))
            else:
                install_all_triggers()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    return len(pending)


def _is_empty() -> bool:
    return not connection.introspection.table_names()


def _apply(count: int) -> None:
    with click.progressbar(length=count, label="Preparing the database", file=sys.stderr) as bar:

        class Command(django_migrate.Command):
            def migration_progress_callback(
                self, action: str, migration: Any = None, fake: bool = False
            ) -> None:
                if action == "apply_success":
                    bar.update(1)

        call_command(Command(), verbosity=0, interactive=False)


def close_connection() -> None:
    """Give back this process's own session."""
    connection.close()
