"""The Django app that carries templates, static files and template tags of the design system."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates under `design/`, static files under `meridian/`, tags in library `design`."""

    name = "meridian.engine.design"
    label = "design"
