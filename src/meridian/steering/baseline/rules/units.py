"""The units of the published data files of money and benefits."""

CENTS_PER_THOUSAND = 100_000
CENTS_PER_MILLION = 100_000_000
MICROS_PER_PERCENT = 1_000_000
WHOLE_PERCENT = 100
