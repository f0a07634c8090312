"""Manifest of projects."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module

MODULE = Module(name="projects", title=_("Projects"), section="steering", icon="project")
