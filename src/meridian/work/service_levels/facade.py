"""The door of service levels: clocks of what other modules have, and what is due."""

from meridian.work.service_levels.commands.subjects import Subject, clock_of, sign_clock, start_clock
from meridian.work.service_levels.contracts import Kind, Measure, Sign

__all__ = ["Kind", "Measure", "Sign", "Subject", "clock_of", "sign_clock", "start_clock"]
