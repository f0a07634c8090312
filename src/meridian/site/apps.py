"""When Django is ready, every module's manifest and declarations are taken in."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate  # noqa: TID251

from meridian.engine.modules.registry import take_in
from meridian.site import discovery, manifests


class SiteConfig(AppConfig):
    name = "meridian.site"
    label = "site"

    def ready(self) -> None:
        # Models can't be imported before Django is ready, and this file is read before that.
        from meridian.engine.resources import Resource, registry  # noqa: PLC0415

        take_in((folder.path, manifest) for folder, manifest in manifests.read())
        # Commands are known by their names from the start, whoever asks first.
        discovery.import_rooms("commands")
        registry.take_in(discovery.classes_in("resources", Resource))
        install_after_migrations()


def install_after_migrations(*, wanted: bool = True) -> None:
    """Let every migration end with the triggers and rights. Without `wanted` none does any more."""
    told = post_migrate.connect if wanted else post_migrate.disconnect
    told(install_all_triggers, sender=apps.get_app_config("audit"), dispatch_uid="meridian-triggers")


def install_all_triggers(**_facts: Any) -> None:
    """Triggers and rights. The one use of a signal: Django offers no other hook after a migration."""
    # Models can't be imported before Django is ready, and this file is read before that.
    from meridian.engine.audit.rights import grant_rights  # noqa: PLC0415
    from meridian.engine.audit.triggers import install_triggers  # noqa: PLC0415
    from meridian.engine.resources import audited_tables  # noqa: PLC0415
    from meridian.engine.search import index  # noqa: PLC0415
    from meridian.holdings.configuration.facade import install_triggers as keep_entries  # noqa: PLC0415

    install_triggers(audited_tables())
    index.install_triggers()
    keep_entries()
    grant_rights(settings.SERVICE_ROLE)
