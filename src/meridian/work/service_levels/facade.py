"""The door of service levels: clocks of what other modules have, and clocks as they are counted."""

from meridian.work.service_levels.commands.demo import promise_demo
from meridian.work.service_levels.commands.subjects import Subject, clock_of, sign_clock, start_clock
from meridian.work.service_levels.contracts import Kind, Measure, Sign
from meridian.work.service_levels.models import Clock, ClockPolicy, PolicyVersion
from meridian.work.service_levels.queries.book import Book, book_knowing, forget_book
from meridian.work.service_levels.queries.counting import clocks_by_item
from meridian.work.service_levels.rules.clock import Stretch
from meridian.work.service_levels.rules.folding import PAUSED, RUNNING, SLA, Clocked
from meridian.work.service_levels.rules.terms import HOLDS, SILENT, WIDER, weighed

__all__ = [
    "HOLDS",
    "PAUSED",
    "RUNNING",
    "SILENT",
    "SLA",
    "WIDER",
    "Book",
    "Clock",
    "ClockPolicy",
    "Clocked",
    "Kind",
    "Measure",
    "PolicyVersion",
    "Sign",
    "Stretch",
    "Subject",
    "book_knowing",
    "clock_of",
    "clocks_by_item",
    "forget_book",
    "promise_demo",
    "sign_clock",
    "start_clock",
    "weighed",
]
