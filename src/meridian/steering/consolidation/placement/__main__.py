"""The worker program of placement: `python -m meridian.steering.consolidation.placement`."""

from ..worker import serve
from .serving import answer

if __name__ == "__main__":
    serve(answer)
