"""How often a password may be tried: counted in the database, so that it holds over every process.

Nobody's account can be closed by a stranger: who signed in once from a browser is counted by that
browser alone, and a passkey or the link by mail never pass here. What is counted hangs on the words
that were typed, whether an account has them or not, so that no answer tells that it exists.
"""

import secrets
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from meridian.engine.inputs import allowances
from meridian.engine.inputs.allowances import Allowance
from meridian.registers.access.models import Account
from meridian.registers.access.network import network_of

DEVICE_COOKIE = "meridian_device"
DEVICE_SECONDS = 400 * 24 * 3600
MOST_ACCOUNTS_OF_A_DEVICE = 4
SALT = "meridian.device"
TABLE = "access_attempt"


AT_A_DEVICE = Allowance(10, 60)
AT_A_NETWORK = Allowance(5, 60)
# One gateway may stand for an office of thousands: this bounds who tries one password on many accounts.
OF_A_NETWORK = Allowance(100, 1)
# From everywhere together: a hundred at once, then a hundred a day.
OF_AN_ACCOUNT = Allowance(100, 864)


def take(request: HttpRequest, typed: str) -> list[str] | None:
    """Count a try before it is made; the keys it was counted under, or None when it may not be made.

    It is counted first, so that a hundred tries at once are a hundred.
    """
    return allowances.take(TABLE, _asked(request, typed))


def give_back(keys: list[str]) -> None:
    """The try was right: it does not count."""
    allowances.give_back(TABLE, keys)


def forgive(request: HttpRequest, account: Account) -> None:
    """Forget what was counted against an account, and against it here: its owner has proven to be it."""
    keys = [key for typed in _logins(account) for key in _asked(request, typed) if not key.startswith("net:")]
    allowances.drop(TABLE, keys)


def forget_drained() -> int:
    """Remove what allows everything again; how much there was."""
    return allowances.forget(TABLE)


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
