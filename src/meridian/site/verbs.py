"""Small commands of the site: the database, the worker and the shell."""

import platform
from importlib import metadata

import click
from django.core.management import call_command

from meridian.engine.console import needs_database
from meridian.engine.postgres.binaries import locate
from meridian.engine.postgres.server import Server
from meridian.kernel.console import Fault, json_option, print_json
from meridian.site import database, files


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    count = database.migrate()
    click.echo(f"Applied {count} migrations." if count else "The database is up to date.")


@click.command()
def prepare() -> None:
    """Compile the catalogues and collect the static files."""
    files.prepare()


@click.command()
@json_option
def version(as_json: bool) -> None:
    """Say which Meridian this is, and on what it runs."""
    told = {
        "meridian": metadata.version("meridian"),
        "python": platform.python_version(),
        "django": metadata.version("django"),
        "postgresql": str(locate().major_version),
    }
    if as_json:
        print_json(told)
    else:
        click.echo(f"Meridian {told['meridian']}")
        click.echo(f"Python {told['python']}, Django {told['django']}, PostgreSQL {told['postgresql']}")


@click.command()
@needs_database
def shell() -> None:
    """Open a Python shell inside the house."""
    call_command("shell")


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs that run at one time.")
@needs_database
def worker(concurrency: int) -> None:
    """Run background jobs until stopped."""
    # Models, which jobs import, can't be imported before Django is ready.
    from procrastinate.contrib.django import app  # noqa: PLC0415

    from meridian.engine.modules.work import install_jobs  # noqa: PLC0415

    install_jobs(app)
    call_command("procrastinate", "worker", f"--concurrency={concurrency}", "--shutdown-graceful-timeout=20")


def _embedded() -> Server:
    server = database.embedded_server()
    if server is None:
        raise Fault("DATABASE_URL names a server of your own.", "Start and stop it with its own tools.")
    return server


@click.command()
def start() -> None:
    """Start the embedded database."""
    started = _embedded().start()
    click.echo("The embedded database started." if started else "The embedded database runs already.")


@click.command()
def stop() -> None:
    """Stop the embedded database."""
    stopped = _embedded().stop()
    click.echo("The embedded database stopped." if stopped else "The embedded database was not running.")


@click.command()
@json_option
def status(as_json: bool) -> None:
    """Say whether the embedded database runs, and where its data is."""
    server = _embedded()
    running = server.is_running()
    answer = {
        "running": running,
        "folder": str(server.base),
        "sessions": server.client_count() if running else 0,
    }
    if as_json:
        print_json(answer)
    elif running:
        click.echo(f"The embedded database runs in {server.base} with {answer['sessions']} sessions.")
    else:
        click.echo(f"The embedded database in {server.base} is not running.")


VERBS = {
    "version": version,
    "migrate": migrate,
    "prepare": prepare,
    "shell": shell,
    "worker": worker,
    "database start": start,
    "database stop": stop,
    "database status": status,
}
