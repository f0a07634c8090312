"""For whom a browser keeps what could not be sent: a name that says nothing, so that nobody else sends it."""

from django.utils.crypto import salted_hmac

from meridian.engine.policies import Actor


def keeper(actor: Actor) -> str:
    """The account's name in a browser's store; empty for who isn't signed in."""
    if actor.account_id is None:
        return ""
    return salted_hmac("meridian.offline", str(actor.account_id), algorithm="sha256").hexdigest()[:32]
