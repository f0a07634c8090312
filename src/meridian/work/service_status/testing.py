"""What the house's tests must know to make these rows."""

from typing import Any

from meridian.engine.records import reference
from meridian.work.service_status.models import Subscription

Service = reference("services.Service")


def _subscription(make: Any, _number: int, **given: Any) -> Subscription:
    """One to a service, which gives it a name."""
    account = given.get("account") or make(Subscription._meta.get_field("account").related_model)
    return Subscription.objects.create(account=account, service=given.get("service") or make(Service))


FACTORIES = {Subscription: _subscription}
