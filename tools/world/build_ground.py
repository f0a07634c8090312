"""Draw sea, graticule and land into the static file that every world map points into.

python tools/world/build_ground.py
"""

from pathlib import Path

import click

from meridian.insight.world.rules.ground import ground_file

TARGET = Path(__file__).parents[2] / "src/meridian/engine/design/static/meridian/world.svg"


def main() -> None:
    """Write the file and say how long it is."""
    TARGET.write_text(ground_file(), encoding="ascii")
    click.echo(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
