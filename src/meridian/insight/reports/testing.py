"""Reports in tests."""

from meridian.insight.reports.models import Report

FACTORIES = {Report: {"narrative": {"en": "# Introduction\n\nThe Secretariat reports."}}}
