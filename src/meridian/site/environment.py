"""What the settings take from the environment and from `var/`: folders, secrets, the database."""

import os
import re
import secrets
import tempfile
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from meridian.engine.postgres import server
from meridian.kernel.console import Fault

# A visitor is answered within half a minute; who waits for another's lock learns of it within seconds.
BOUNDS_OF_THE_WEB = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


def project_folder() -> Path:
    """The folder of the source tree, or the current one when Meridian is installed as a package."""
    source_tree = Path(__file__).resolve().parents[3]
    return source_tree if (source_tree / "pyproject.toml").is_file() else Path.cwd()


def var_folder() -> Path:
    """Where everything that changes lies: `var/` of the project, or MERIDIAN_VAR."""
    chosen = os.environ.get("MERIDIAN_VAR")
    return Path(chosen).resolve() if chosen else project_folder() / "var"


def secret_key(var: Path) -> str:
    """MERIDIAN_SECRET_KEY, or the key in `var/secret_key`, made on first use for its owner's eyes only."""
    return os.environ.get("MERIDIAN_SECRET_KEY") or _kept(var / "secret_key", secrets.token_urlsafe(64))


def trail_key(var: Path) -> str:
    """MERIDIAN_TRAIL_KEY, or the key in `var/trail_key`, which signs the roots of the audit trail."""
    key = os.environ.get("MERIDIAN_TRAIL_KEY") or _kept(var / "trail_key", secrets.token_hex(32))
    if not re.fullmatch("[0-9a-f]{64}", key):
        raise Fault("MERIDIAN_TRAIL_KEY is no key.", "It has 64 hexadecimal digits: openssl rand -hex 32.")
    return key


def _kept(place: Path, new_secret: str) -> str:
    """The secret in a file, which is made with a new one where there is none."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=place.parent, prefix=f"{place.name}.")
        with os.fdopen(handle, "w") as file:
            file.write(new_secret)
        _place_once(Path(new), place)
    return place.read_text().strip()


def _place_once(new: Path, place: Path) -> None:
    """Give `new` the name `place` unless another process was first."""
    try:
        os.link(new, place)
    except FileExistsError:
        return
    finally:
        new.unlink()


def database_is_embedded() -> bool:
    """Whether no DATABASE_URL names a server."""
    return not os.environ.get("DATABASE_URL")


def database(var: Path) -> dict[str, Any]:
    """Django's settings of the one database."""
    if database_is_embedded():
        parts = {
            "host": str(server.socket_folder(var / "postgres")),
            "user": server.SERVICE_USER,
            "dbname": server.DATABASE,
        }
    else:
        parts = _parse("DATABASE_URL")
    options: dict[str, Any] = {
        name: value
        for name, value in parts.items()
        if name not in {"host", "port", "user", "password", "dbname"}
    }
    if os.environ.get("MERIDIAN_BOUNDED_STATEMENTS") == "1":
        options["options"] = f"{options.get('options', '')} {BOUNDS_OF_THE_WEB}".strip()
    pool_size = int(os.environ.get("MERIDIAN_POOL_CONNECTIONS", "0"))
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "NAME": parts.get("dbname", ""),
        "OPTIONS": {"connect_timeout": 10, **options},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
    }


def database_owner(served: dict[str, Any]) -> dict[str, Any]:
    """What differs from `served` for whoever migrates: the owner of the tables.

    The embedded server's own user, or the one of MERIDIAN_OWNER_URL; without it whoever serves.
    """
    options = {name: value for name, value in served["OPTIONS"].items() if name != "pool"}
    if database_is_embedded():
        return {"USER": server.USER, "OPTIONS": options}
    if not os.environ.get("MERIDIAN_OWNER_URL"):
        return {"OPTIONS": options}
    parts = _parse("MERIDIAN_OWNER_URL")
    if parts["dbname"] != served["NAME"]:
        raise Fault(
            "MERIDIAN_OWNER_URL names another database than DATABASE_URL.", "Only the user may differ."
        )
    if not served["USER"]:
        raise Fault(
            "DATABASE_URL names no user to give rights to.", "Write it as postgresql://user@host/name."
        )
    kept = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {"OPTIONS": options, **{name: parts.get(part, "") for name, part in kept.items()}}


def _parse(variable: str) -> dict[str, str]:
    url = os.environ[variable]
    mend = "It looks like postgresql://user:password@host:5432/name."
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise Fault(f"{variable} does not begin with postgresql://.", mend)
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise Fault(f"{variable} cannot be read.", mend) from error
    if not parts.get("port", "5432").isdigit():
        raise Fault(f"The port in {variable} is no number.", mend)
    if not parts.get("dbname"):
        raise Fault(f"{variable} names no database.", mend)
    return parts


def is_demo() -> bool:
    """Whether this house was started with `--demo`, so that its printed password opens."""
    return os.environ.get("MERIDIAN_DEMO") == "1"


def words_of(variable: str) -> frozenset[str]:
    """The words between the commas of a variable, in lower case."""
    return frozenset(word.strip().lower() for word in os.environ.get(variable, "").split(",") if word.strip())


def trusted_proxies() -> list[str]:
    """The networks whose word counts about who asks: MERIDIAN_TRUSTED_PROXIES, or this machine alone."""
    said = os.environ.get("MERIDIAN_TRUSTED_PROXIES", "127.0.0.0/8,::1")
    networks = [text.strip() for text in said.split(",") if text.strip()]
    for text in networks:
        try:
            ip_network(text)
        except ValueError as error:
            raise Fault(
                f"MERIDIAN_TRUSTED_PROXIES names {text}, which is no network.",
                "Networks look like 10.1.2.3, 10.1.0.0/16 or 2001:db8::/48, with commas between them.",
            ) from error
    return networks


def identity_providers() -> dict[str, dict[str, object]]:
    """The OpenID Connect provider that people may sign in with, from the environment.

    MERIDIAN_OIDC_URL, MERIDIAN_OIDC_CLIENT, MERIDIAN_OIDC_SECRET and MERIDIAN_OIDC_NAME;
    without the first there is none.
    """
    url = os.environ.get("MERIDIAN_OIDC_URL", "")
    if not url:
        return {}
    client = {
        "provider_id": "organisation",
        "name": os.environ.get("MERIDIAN_OIDC_NAME", "Single sign-on"),
        "client_id": os.environ.get("MERIDIAN_OIDC_CLIENT", ""),
        "secret": os.environ.get("MERIDIAN_OIDC_SECRET", ""),
        "settings": {"server_url": url},
    }
    return {"openid_connect": {"APPS": [client], "OAUTH_PKCE_ENABLED": True}}
