"""The number series of the kinds of work item."""

from meridian.engine.numbering import Series
from meridian.work.servicedesk.contracts import Kind

SERIES = {Kind.INCIDENT.value: Series("INC"), Kind.REQUEST.value: Series("REQ")}
