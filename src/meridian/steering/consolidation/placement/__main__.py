"""The worker program of placement: `python -m meridian.steering.consolidation.placement`."""

from meridian.steering.consolidation.placement.serving import answer
from meridian.steering.consolidation.worker import serve

if __name__ == "__main__":
    serve(answer)
