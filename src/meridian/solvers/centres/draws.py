"""Random numbers by counting: each is a function of stream and number, so plans compared see the same
contacts.

SplitMix64 (G. Steele, D. Lea, C. Flood 2014) is the mixing function. A stream belongs to one seed, one class
and one purpose; the n-th contact of a class has the same handling time and patience whatever the staffing.
"""

import math

import numpy as np

from meridian.solvers.solving.compiled import inlined_kernel, kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
SECOND_FACTOR = np.uint64(0x94D049BB133111EB)
PURPOSES = 8
ARRIVAL, HANDLING, PATIENCE, CALLBACK, HANDOVER, RETRY, RETRY_DELAY, DAY = range(PURPOSES)
UNIT = 2.0**-53


@inlined_kernel
def mix(value):
    """Scramble 64 bits."""
    value = (value ^ (value >> np.uint64(30))) * FIRST_FACTOR
    value = (value ^ (value >> np.uint64(27))) * SECOND_FACTOR
    return value ^ (value >> np.uint64(31))


@kernel
def stream(seed, index, purpose):
    """The start of the stream of one class and purpose."""
    return mix(mix(np.uint64(seed) * GOLDEN + np.uint64(1)) + np.uint64(index * PURPOSES + purpose) * GOLDEN)


@inlined_kernel
def uniform(start, number):
    """The n-th uniform of a stream, strictly between 0 and 1."""
    bits = mix(start + np.uint64(number) * GOLDEN)
    return (np.float64(bits >> np.uint64(11)) + 0.5) * UNIT


@inlined_kernel
def exponential(start, number):
    """The n-th exponential of mean 1."""
    return -math.log(uniform(start, number))


@kernel
def normal(start, number):
    """The n-th standard normal, by Box and Muller from two draws of the stream."""
    radius = math.sqrt(-2.0 * math.log(uniform(start, 2 * number)))
    return radius * math.cos(2.0 * math.pi * uniform(start, 2 * number + 1))


@kernel
def gamma_factor(start, day, variance):
    """A gamma factor of mean 1 for one day (G. Marsaglia, W. Tsang 2000; shapes below 1 by their boost)."""
    shape = 1.0 / variance
    own = mix(start + np.uint64(day) * GOLDEN)
    boost = 1.0
    if shape < 1.0:
        boost = uniform(own, 1_000_000) ** (1.0 / shape)
    raised = shape + 1.0 if shape < 1.0 else shape
    third = raised - 1.0 / 3.0
    scale = 1.0 / math.sqrt(9.0 * third)
    attempt = 0
    while True:
        step = normal(own, 2 * attempt)
        cube = (1.0 + scale * step) ** 3
        chance = uniform(own, 500_000 + attempt)
        attempt += 1
        if cube > 0 and math.log(chance) < 0.5 * step * step + third * (1.0 - cube + math.log(cube)):
            return boost * third * cube / shape
