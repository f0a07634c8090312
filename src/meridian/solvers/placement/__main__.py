"""The worker program of placement: `python -m meridian.solvers.placement`."""

from meridian.solvers.placement.serving import answer
from meridian.solvers.solving.worker import serve

if __name__ == "__main__":
    serve(answer)
