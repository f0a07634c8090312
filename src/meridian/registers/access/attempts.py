"""How often a password may be tried: counted in the database, so that it holds over every process.

Nobody's account can be closed by a stranger: who signed in once from a browser is counted by that
browser alone, and a passkey or the link by mail never pass here. What is counted hangs on the words
that were typed, whether an account has them or not, so that no answer tells that it exists.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from meridian.registers.access.models import Account
from meridian.registers.access.network import network_of

DEVICE_COOKIE = "meridian_device"
DEVICE_SECONDS = 400 * 24 * 3600
MOST_ACCOUNTS_OF_A_DEVICE = 4
SALT = "meridian.device"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many wrong tries at once; after them one more every `seconds`."""

    most: int
    seconds: float


AT_A_DEVICE = Allowance(10, 60)
AT_A_NETWORK = Allowance(5, 60)
# One gateway may stand for an office of thousands: this bounds who tries one password on many accounts.
OF_A_NETWORK = Allowance(100, 1)
# From everywhere together: a hundred at once, then a hundred a day.
OF_AN_ACCOUNT = Allowance(100, 864)

TAKE = """
INSERT INTO access_attempt AS known (key, level, most, seconds, counted_at)
SELECT key, 1, most, seconds, %(now)s
FROM unnest(%(keys)s::text[], %(most)s::int[], %(seconds)s::float8[]) AS asked (key, most, seconds)
ORDER BY key
ON CONFLICT (key) DO UPDATE SET most = excluded.most, seconds = excluded.seconds,
  counted_at = excluded.counted_at,
  level = 1 + greatest(0, known.level - extract(epoch FROM excluded.counted_at - known.counted_at)
                          / known.seconds)
WHERE 1 + greatest(0, known.level - extract(epoch FROM excluded.counted_at - known.counted_at)
                      / known.seconds) <= excluded.most
RETURNING key
"""
GIVE_BACK = "UPDATE access_attempt SET level = greatest(0, level - 1) WHERE key = ANY(%s)"
FORGIVE = "DELETE FROM access_attempt WHERE key = ANY(%s)"
FORGET = "DELETE FROM access_attempt WHERE counted_at + make_interval(secs => level * seconds) < %s"


def take(request: HttpRequest, typed: str) -> list[str] | None:
    """Count a try before it is made; the keys it was counted under, or None when it may not be made.

    It is counted first, so that a hundred tries at once are a hundred.
    """
    asked = _asked(request, typed)
    keys = list(asked)
    with connection.cursor() as cursor:
        known: dict[str, Any] = {
            "keys": keys,
            "most": [asked[key].most for key in keys],
            "seconds": [asked[key].seconds for key in keys],
            "now": timezone.now(),
        }
        cursor.execute(TAKE, known)
        taken = [key for (key,) in cursor.fetchall()]
    if len(taken) == len(keys):
        return taken
    give_back(taken)
    return None


def give_back(keys: list[str]) -> None:
    """The try was right: it does not count."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [keys])


def forgive(request: HttpRequest, account: Account) -> None:
    """Forget what was counted against an account, and against it here: its owner has proven to be it."""
    keys = [key for typed in _logins(account) for key in _asked(request, typed) if not key.startswith("net:")]
    with connection.cursor() as cursor:
        cursor.execute(FORGIVE, [keys])


def forget_drained() -> int:
    """Remove what allows everything again; how much there was."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [timezone.now()])
        return int(cursor.rowcount)


def remember_device(request: HttpRequest, answer: HttpResponseBase, account: Account) -> None:
    """Let this browser be known as one from which the account's owner has signed in."""
    device = _device(request)
    logins = [_digest(typed) for typed in _logins(account)]
    others = [known for known in device.get("logins", []) if not set(known) & set(logins)]
    said = {
        "id": device.get("id") or secrets.token_urlsafe(12),
        "logins": [logins, *others][:MOST_ACCOUNTS_OF_A_DEVICE],
    }
    answer.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(said, salt=SALT),
        max_age=DEVICE_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
        path="/account/",
    )


def _asked(request: HttpRequest, typed: str) -> dict[str, Allowance]:
    """What a try is counted under: the known browser alone, or place and account."""
    login, device = _digest(typed), _device(request)
    if any(login in logins for logins in device.get("logins", [])):
        return {f"device:{device['id']}:{login}": AT_A_DEVICE}
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    return {
        f"account:{login}": OF_AN_ACCOUNT,
        f"here:{login}:{network}": AT_A_NETWORK,
        f"net:{network}": OF_A_NETWORK,
    }


def _device(request: HttpRequest) -> dict[str, Any]:
    try:
        return dict(signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=SALT, max_age=DEVICE_SECONDS))
    except (signing.BadSignature, TypeError, ValueError):
        return {}


def _logins(account: Account) -> list[str]:
    """What the account's owner may type."""
    return [word for word in (account.username, account.email) if word]


def _digest(typed: str) -> str:
    return salted_hmac(SALT, typed.strip().casefold(), algorithm="sha256").hexdigest()[:24]
