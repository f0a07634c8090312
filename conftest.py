"""What every test of the house stands on: settings, the database server and each process's database."""

import functools
import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import django
import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation
from house import browser, databases, seeds, serving, shares
from playwright.sync_api import Browser, Page
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_django.plugin import DjangoDbBlocker

from meridian.engine.postgres import server as embedded
from meridian.site import files
from meridian.site.apps import install_after_migrations

# What a test starts is compiled once for all of them, apart from the sources, whatever the machine says.
sys.dont_write_bytecode = False
sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(databases.BYTECODE))
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["MERIDIAN_VAR"] = str(databases.VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "meridian.site.settings"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("MERIDIAN_OWNER_URL", None)
if given := os.environ.get("MERIDIAN_TEST_DATABASE_URL"):
    os.environ["MERIDIAN_OWNER_URL"] = given
    os.environ["DATABASE_URL"] = databases.url_of_service(given)
django.setup()

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@contextmanager
def _awake() -> Iterator[psycopg.Connection]:
    """A session outside the databases of the tests, which also keeps the server from being stopped."""
    if given:
        conninfo = make_conninfo("", **{**conninfo_to_dict(given), "dbname": "postgres"})
    else:
        server = embedded.Server(databases.VAR / "postgres", FORGETFUL)
        conninfo = make_conninfo("", host=str(server.socket_folder), user=embedded.USER, dbname="postgres")
    with databases.one_at_a_time():
        if not given:
            server.start()
        session = psycopg.connect(conninfo, autocommit=True)
        embedded.create_service_role(session, embedded.SERVICE_USER)
    try:
        yield session
    finally:
        session.close()


def pytest_report_header() -> list[str]:
    """Say before the first test what is among them."""
    return [_journeys(), shares.told()]


def _journeys() -> str:
    if browser.program():
        return f"browser journeys: with {browser.program()}"
    return "browser journeys: LEFT OUT, for there is no Chromium (apt-get install chromium fonts-noto-cjk)"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the journeys out where there is no browser, and what another seed asks of every resource."""
    absent = shares.left_out(config, items)
    if not browser.program():
        absent |= {item for item in items if item.get_closest_marker("browser")}
    config.hook.pytest_deselected(items=list(absent))
    items[:] = [item for item in items if item not in absent]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays: the collector of rubbish need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def own_language_and_zone() -> None:
    """In which language and zone the last page of another test was shown is nothing to this one."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """The browser of this process; tests that use it carry the mark `browser`."""
    # The browser's event loop lives in the thread in which the tests use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with browser.running() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def served_house(django_db_setup: None) -> Iterator[str]:
    """The address of the house, served as it is in earnest: with its compressed, renamed files."""
    with serving.served() as address:
        yield address


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database for one test that fills it with very many rows: taken back, they would slow all others."""
    with (
        django_db_blocker.unblock(),
        databases.restored() as name,
        databases.lived_in(name, tmp_path / "trail"),
    ):
        yield


@pytest.fixture
def seeded(transactional_db: None) -> None:
    """A database that other processes see, with the rows that migrations bring along."""
    seeds.restore()


@pytest.fixture
def visitor(
    chromium: Browser, served_house: str, seeded: None
) -> Callable[..., AbstractContextManager[Page]]:
    """`with visitor(locale="ar") as page:` gives a new visitor's page on the served house."""
    return functools.partial(browser.watched_page, chromium, served_house)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Make the files that pages need, once and before other processes look for them."""
    if not hasattr(session.config, "workerinput"):
        files.prepare()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Put the embedded server to sleep unless another run uses it."""
    server = embedded.Server(databases.VAR / "postgres", FORGETFUL)
    if hasattr(config, "workerinput") or given or not server.is_running():
        return
    with databases.one_at_a_time():
        if server.client_count() == 0:
            server.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """Give this process its own database, a copy of the migrated template."""
    template, copy = databases.template_name(), databases.copy_name(worker_id)
    with django_db_blocker.unblock(), _awake() as administration:
        with databases.one_at_a_time():
            if not databases.exists(administration, template):
                _build(administration, template)
            databases.create(administration, copy, template)
        connection.settings_dict["NAME"] = copy
        settings.TRAIL_FOLDER = databases.VAR / "trail" / copy
        databases.become(settings.SERVICE_ROLE)
        # Of the class: the browser's event loop has a connection of its own.
        type(connection.ops).execute_sql_flush = lambda _self, statements: seeds.empty_tables(statements)
        # Emptying the tables would install the triggers anew, which only their owner may.
        install_after_migrations(wanted=False)
        seeds.taken()
        yield
        connection.close()
        databases.drop(administration, copy)
        shutil.rmtree(settings.TRAIL_FOLDER, ignore_errors=True)


def _build(administration: psycopg.Connection, template: str) -> None:
    """Migrate a new template and drop what earlier runs left."""
    databases.sweep(administration, template)
    databases.create(administration, "building")
    connection.settings_dict["NAME"] = "building"
    databases.become("")
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    databases.rename(administration, "building", template)
