"""The verbs of consolidation; none imports a heavy library."""

import click

from meridian.steering.consolidation.sites.verbs import VERBS as SITE_VERBS
from meridian.steering.consolidation.waves.verbs import VERBS as WAVE_VERBS

VERBS: dict[str, click.Command] = {**SITE_VERBS, **WAVE_VERBS}
