"""When Django is ready, every module's declarations and reactions are taken in."""

from django.apps import AppConfig

from meridian.site import discovery


class SiteConfig(AppConfig):
    name = "meridian.site"
    label = "site"

    def ready(self) -> None:
        discovery.import_rooms("resources")
        discovery.import_rooms("reactions")
