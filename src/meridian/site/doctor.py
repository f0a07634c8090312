"""`meridian doctor`: what is wrong with this installation, and how to mend it."""

import shutil
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core import checks

from meridian.engine.audit import rights, roots
from meridian.engine.errands import storage
from meridian.kernel.console import Fault, json_option, print_json
from meridian.site import database, files, manifests
from meridian.site.demo.roles import GUESTS, PASSWORD

OLDEST_PYTHON = (3, 11)
LEAST_FREE_GIGABYTES = 2
LONGEST_WAIT_SECONDS = 600
GOOD, WARNING, FAULT = "good", "warning", "fault"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was found, and the mend when it is not good."""

    name: str
    state: str
    found: str
    mend: str = ""


def examine() -> list[Finding]:
    """Every finding; a question whose ground is missing (no database) says so and hides no other."""
    findings = [_python(), _disk(), _secrets(), _mail(), _errands(), _catalogues(), _static_files()]
    findings += [_declarations(), _manifests()]
    database_finding = _postgres()
    findings.append(database_finding)
    if database_finding.state == GOOD:
        migrations = _migrations()
        findings.append(migrations)
        if migrations.state == GOOD:
            findings += [_rights(), _trail(), _permissions(), _worker(), _demo_accounts(), _backups()]
    return findings


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    state = GOOD if sys.version_info >= OLDEST_PYTHON else FAULT
    return Finding("python", state, version, "" if state == GOOD else "Install Python 3.11 or later.")


def _disk() -> Finding:
    free_gigabytes = shutil.disk_usage(_existing(settings.VAR_FOLDER)).free / 1e9
    found = f"{free_gigabytes:.1f} GB free for {settings.VAR_FOLDER}"
    if free_gigabytes >= LEAST_FREE_GIGABYTES:
        return Finding("disk", GOOD, found)
    return Finding("disk", WARNING, found, f"Free some space: {LEAST_FREE_GIGABYTES} GB is little enough.")


def _existing(folder: Path) -> Path:
    return next(place for place in [folder, *folder.parents] if place.exists())


def _secrets() -> Finding:
    places = [settings.VAR_FOLDER / name for name in ("secret_key", "trail_key", "backup_key")]
    kept = [place for place in places if place.exists()]
    for place in kept:
        if place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return Finding("keys", FAULT, f"others may read {place}", f"chmod 600 {place}")
    found = " and ".join(map(str, kept))
    return Finding("keys", GOOD, f"{found}, for their owner alone" if kept else "from the environment")


def _mail() -> Finding:
    folder = Path(settings.EMAIL_FILE_PATH)
    if settings.EMAIL_HOST:
        return Finding("mail", GOOD, f"sent by {settings.EMAIL_HOST}")
    open_to_others = stat.S_IRWXG | stat.S_IRWXO
    if any(place.stat().st_mode & open_to_others for place in [folder, *folder.glob("*")] if place.exists()):
        return Finding("mail", FAULT, f"others may read {folder}", f"chmod -R go= {folder}")
    return Finding("mail", WARNING, f"written to {folder}, for its owner alone", "Set MERIDIAN_MAIL_URL.")


def _errands() -> Finding:
    count, size_bytes = storage.kept()
    found = f"{count} files, {size_bytes / 1e6:.1f} MB, in {settings.ERRANDS_FOLDER}"
    folder = Path(settings.ERRANDS_FOLDER)
    if folder.exists() and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("errands", FAULT, f"others may read {folder}", f"chmod -R go= {folder}")
    return Finding("errands", GOOD, found)


def _catalogues() -> Finding:
    stale = len(files.stale_catalogues())
    if stale:
        return Finding("catalogues", WARNING, f"{stale} are not compiled", "Run `meridian prepare`.")
    return Finding("catalogues", GOOD, f"{len(files.catalogues())} compiled")


def _static_files() -> Finding:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return Finding("static files", GOOD, f"collected in {settings.STATIC_ROOT}")
    return Finding("static files", FAULT, "not collected", "Run `meridian prepare`.")


def _declarations() -> Finding:
    problems = [problem for problem in checks.run_checks() if problem.is_serious()]
    if problems:
        found = "; ".join(f"{problem.obj}: {problem.msg}" for problem in problems)
        return Finding("declarations", FAULT, found, "Mend the module it names.")
    return Finding("declarations", GOOD, f"{len(settings.INSTALLED_APPS)} parts installed")


def _backups() -> Finding:
    if database.embedded_server() is None:
        return Finding("backups", GOOD, "taken with the tools of your own server")
    folder = settings.VAR_FOLDER / "backup_place"
    if not folder.exists():
        mend = "Run `meridian backup --to FOLDER`, with a folder on another machine."
        return Finding("backups", WARNING, "none is taken", mend)
    place = folder.read_text().strip()
    waiting = [path.stat().st_mtime for path in (settings.VAR_FOLDER / "postgres" / "pieces").glob("*")]
    if waiting and min(waiting) < time.time() - LONGEST_WAIT_SECONDS:
        found = f"{len(waiting)} pieces wait to be put into {place}"
        return Finding(
            "backups", FAULT, found, "Does the worker run? Is the place mounted, and has it space?"
        )
    return Finding("backups", GOOD, f"taken to {place}")


def _manifests() -> Finding:
    # It imports models, which can't be before Django is ready.
    from meridian.site.manifests_in_full import faults_when_asked  # noqa: PLC0415

    found = manifests.read()
    if wrong := list(faults_when_asked(found)):
        return Finding("manifests", FAULT, " ".join(wrong).rstrip("."), "Mend them, or what they name.")
    return Finding("manifests", GOOD, f"{len(found)} name what is there")


def _postgres() -> Finding:
    try:
        database.start()
        version = database.server_version()
    except Fault as fault:
        return Finding("database", FAULT, fault.sentence.rstrip("."), fault.mend)
    kind = "embedded" if database.embedded_server() else "from DATABASE_URL"
    return Finding("database", GOOD, f"PostgreSQL {version // 10_000}.{version % 10_000}, {kind}")


def _migrations() -> Finding:
    pending = database.pending_migrations()
    if pending:
        return Finding("migrations", FAULT, f"{len(pending)} are pending", "Run `meridian migrate`.")
    return Finding("migrations", GOOD, "none is pending")


def _rights() -> Finding:
    excess = rights.excess_rights()
    if excess:
        return Finding(
            "database role",
            WARNING,
            f"whoever serves {excess}, and could rewrite the audit trail",
            "Let DATABASE_URL name a role of its own and MERIDIAN_OWNER_URL the owner"
            " (docs/guide/operators.md).",
        )
    return Finding("database role", GOOD, "may neither change tables nor write the audit trail")


def _trail() -> Finding:
    root = roots.last_root()
    if root is None:
        return Finding("audit trail", GOOD, "no root is signed yet")
    if roots.stands(root):
        return Finding("audit trail", GOOD, f"stands as the root of {root.at} says")
    told = f"the chain is not the one that the root of {root.at} names"
    return Finding("audit trail", FAULT, told, "Run `meridian audit verify`, which says what was changed.")


def _permissions() -> Finding:
    # It imports models, which can't be before Django is ready.
    from meridian.engine.resources import unknown_permissions  # noqa: PLC0415

    unknown = [
        f"{row._meta.verbose_name} {row.pk} “{row}”: {', '.join(texts)}"
        for row, texts in unknown_permissions()
    ]
    if unknown:
        found = f"nothing asks for what these hold: {'; '.join(unknown)}"
        return Finding("permissions", WARNING, found, "Take these out, or write what was meant.")
    return Finding("permissions", GOOD, "all that roles, delegations and tokens hold is asked for somewhere")


def _worker() -> Finding:
    count = database.living_workers()
    if count:
        return Finding("worker", GOOD, f"{count} alive")
    return Finding("worker", WARNING, "none is alive", "Run `meridian up` or `meridian worker`.")


def _demo_accounts() -> Finding:
    names = [guest.username for guest in GUESTS]
    accounts = get_user_model().objects.filter(username__in=names, is_active=True)
    found = list(accounts.order_by("username").values_list("username", "password"))
    # The accounts of the demo share one digest: to prove each again would take a second.
    printed = {digest for digest in {digest for _name, digest in found} if check_password(PASSWORD, digest)}
    open_ones = [name for name, digest in found if digest in printed]
    if not open_ones:
        return Finding("demo accounts", GOOD, "none has the printed password")
    return Finding(
        "demo accounts",
        WARNING,
        f"{', '.join(open_ones)} have the printed password, which opens while `meridian up --demo` runs;"
        " sessions, tokens and passkeys begun under it end with it",
        "Before real people use this house, close them: Accounts, not active.",
    )


def _print(findings: list[Finding]) -> None:
    signs: dict[str, Callable[[], str]] = {
        GOOD: lambda: click.style("good   ", fg="green"),
        WARNING: lambda: click.style("warning", fg="yellow"),
        FAULT: lambda: click.style("fault  ", fg="red"),
    }
    for finding in findings:
        click.echo(f"{signs[finding.state]()}  {finding.name}: {finding.found}. {finding.mend}".rstrip())


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Say what is wrong with this installation and how to mend it."""
    findings = examine()
    if as_json:
        print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        _print(findings)
    if any(finding.state == FAULT for finding in findings):
        context.exit(1)


VERBS = {"doctor": doctor}
