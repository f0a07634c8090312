"""The worker program of placement: `python -m meridian.steering.placement`."""

from meridian.engine.solving.worker import serve
from meridian.steering.placement.serving import answer

if __name__ == "__main__":
    serve(answer)
