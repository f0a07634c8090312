"""`meridian up`: the web, the worker and the embedded database, until somebody stops them."""

import contextlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import Any

import click

from meridian.engine.postgres.server import Server
from meridian.kernel.console import Fault
from meridian.site import database, discovery, files
from meridian.site.programs import Program, stop_all
from meridian.site.web import HIGHEST_PORT, web_words

READY_SECONDS = 120
WATCH_SECONDS = 0.5
DATABASE_WATCH_ROUNDS = 10


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, HIGHEST_PORT))
@click.option("--demo", is_flag=True, help="Load the demo organisation into an empty house first.")
@click.pass_context
def up(context: click.Context, host: str, port: int, demo: bool) -> None:
    """Run Meridian: web, worker and embedded database. Ctrl-C stops all of it."""
    _refuse_taken(host, port)
    context.obj.prepare_database(may_migrate=demo)
    files.prepare()
    if demo:
        os.environ["MERIDIAN_DEMO"] = "1"
        _load_demo(context)
    database.close_connection()
    with _stopping_on_signals():
        programs: list[Program] = []
        try:
            programs += [_start_web(host, port), _start_worker()]
            _wait_until_ready(host, port, programs)
            _welcome(host, port)
            _watch(programs)
        except _Stop:
            click.echo("Stopping.")
        finally:
            stop_all(programs)
            _stop_database()


class _Stop(BaseException):
    """Somebody asked for the end."""


@contextlib.contextmanager
def _stopping_on_signals() -> Any:
    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise _Stop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Fault(f"Port {port} is for root alone.", "Choose one above 1023 with --port.") from error
        except OSError as error:
            raise Fault(
                f"Port {port} on {host} is taken or not of this machine.",
                f"Stop the program that uses it, or run `meridian up --port {_neighbour(port)}`.",
            ) from error


def _neighbour(port: int) -> int:
    return port + 1 if port < HIGHEST_PORT else port - 1


def _load_demo(context: click.Context) -> None:
    root = context.find_root().command
    demo = root.get_command(context, "demo") if isinstance(root, click.Group) else None
    load = demo.get_command(context, "load") if isinstance(demo, click.Group) else None
    if load is None:
        raise Fault("This house has no demo organisation.", "Run `meridian up` without --demo.")
    with load.make_context("load", ["--if-empty"], parent=context.find_root()) as inner:
        load.invoke(inner)


def _start_web(host: str, port: int) -> Program:
    return Program("web server", web_words(host, port))


def _start_worker() -> Program:
    return Program("worker", [sys.executable, "-m", "meridian", "worker"], revived=True)


def _wait_until_ready(host: str, port: int, programs: list[Program]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _look_at(programs)
        try:
            with urllib.request.urlopen(_address(host, port), timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise Fault(
        f"The web server did not answer within {READY_SECONDS} seconds.", "Look at the messages above."
    )


def _welcome(host: str, port: int) -> None:
    click.secho(f"\nMeridian runs at {_address(host, port)}", bold=True)
    for _module, room in discovery.import_rooms("cli"):
        if hasattr(room, "welcome"):
            click.echo(room.welcome())
    click.echo("Ctrl-C stops it.")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def _watch(programs: list[Program]) -> None:
    """Return never: raise when the web server ends by itself; revive the worker and the embedded database."""
    server = database.embedded_server()
    while True:
        for _round in range(DATABASE_WATCH_ROUNDS):
            _look_at(programs)
            time.sleep(WATCH_SECONDS)
        if server and server.start():
            click.echo("The embedded database had ended and was started again.", err=True)


def _look_at(programs: list[Program]) -> None:
    for program in programs:
        program.watch()


def _stop_database() -> None:
    """Stop the embedded database unless another command still uses it."""
    server: Server | None = database.embedded_server()
    if server and server.is_running() and server.client_count() == 0:
        server.stop()


VERBS = {"up": up}
