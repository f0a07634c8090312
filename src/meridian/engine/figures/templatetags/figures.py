"""Filters that print figures, days and times in the language of the page."""

import datetime
from decimal import Decimal

from django import template

from meridian.engine import figures

register = template.Library()

ABSENT = "–"


@register.filter
def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A number; a dash when there is none."""
    return ABSENT if value is None or value == "" else figures.number_text(value, decimals)


@register.filter
def amount(value: Decimal | int | None, decimals: int | None = None) -> str:
    """An amount: brackets below zero, a dash for nil and for none."""
    return ABSENT if value is None or value == "" else figures.amount_text(value, decimals)


@register.filter
def percent(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A percentage with its sign."""
    return ABSENT if value is None or value == "" else figures.percent_text(value, decimals)


@register.filter
def day(value: datetime.date | None) -> str:
    """A day, written out."""
    return figures.day_text(value) if value else ABSENT


@register.filter
def instant(value: datetime.datetime | None) -> str:
    """A day and a time in the reader's zone."""
    return figures.instant_text(value) if value else ABSENT


@register.filter
def iso(value: datetime.date | None) -> str:
    """A day or an instant for machines: in `datetime` attributes and day inputs."""
    return value.isoformat() if value else ""
