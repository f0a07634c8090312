"""The verbs of consolidation, gathered from its four planners; none imports a heavy library."""

import click

from meridian.steering.consolidation.desks.verbs import VERBS as DESK_VERBS
from meridian.steering.consolidation.placement.verbs import VERBS as PLACEMENT_VERBS
from meridian.steering.consolidation.sites.verbs import VERBS as SITE_VERBS
from meridian.steering.consolidation.waves.verbs import VERBS as WAVE_VERBS

VERBS: dict[str, click.Command] = {**SITE_VERBS, **PLACEMENT_VERBS, **WAVE_VERBS, **DESK_VERBS}
