"""What a number of a workbook is by its format: a date, a number with leading zeros, a plain one."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from meridian.engine.sheets.cells import Cell, Kind

# The formats that every workbook knows by number, as far as they matter here.
PERCENT_FORMATS = {9: "0%", 10: "0.00%"}
DATE_FORMATS = {14: "yyyy-mm-dd", 22: "yyyy-mm-dd hh:mm"} | dict.fromkeys((15, 16, 17), "d-mmm-yy")
DATE_FORMATS |= dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "hh:mm:ss")
# Those that mean a date in East Asia.
DATE_FORMATS |= dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")
KNOWN_FORMATS = PERCENT_FORMATS | DATE_FORMATS
NO_PART_OF_IT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
PADDED = re.compile(r"0{2,}")
WHOLE = re.compile(r"-?\d{1,400}")
SECONDS_PER_DAY = 86_400
LAST_SERIAL = 2_958_466
FEIGNED_LEAP_DAY = 60


def number_cell(raw: str, code: str, *, from_1904: bool) -> Cell:
    """The cell of a stored number whose format is `code`."""
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return Cell(raw, Kind.ERROR)
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return Cell(raw, Kind.ERROR)
    if _is_date(code):
        return _date_cell(number, code, from_1904=from_1904)
    return Cell(_plain(raw.strip(), number, code), Kind.NUMBER, code)


def _plain(raw: str, number: Decimal, code: str) -> str:
    """Fifteen digits are what a workbook keeps; the rest is noise of its binary sums."""
    text = raw if WHOLE.fullmatch(raw) else f"{Decimal(f'{number:.15g}').normalize():f}"
    if text in ("-0", ""):
        text = "0"
    return text.zfill(len(code)) if PADDED.fullmatch(code) and text.isdecimal() else text


def _is_date(code: str) -> bool:
    if not code or code.lower() == "general":
        return False
    bare = NO_PART_OF_IT.sub("", code.split(";", 1)[0])
    return any(letter in "dmyhs" for letter in bare.lower())


def _date_cell(serial: Decimal, code: str, *, from_1904: bool) -> Cell:
    bare = NO_PART_OF_IT.sub("", code).lower()
    days = serial + (1462 if from_1904 else 0)
    if not 0 <= days < LAST_SERIAL or (int(days) == FEIGNED_LEAP_DAY and not from_1904):
        return Cell(f"{serial:f}", Kind.ERROR)
    whole = int(days)
    seconds = int((days - whole) * SECONDS_PER_DAY + Decimal("0.5"))
    # Before its 29 February 1900, which never was, a workbook counts one day less.
    base = datetime.datetime(1899, 12, 30 if whole >= FEIGNED_LEAP_DAY or from_1904 else 31)  # noqa: DTZ001
    try:
        moment = base + datetime.timedelta(days=whole, seconds=seconds)
    except OverflowError:
        return Cell(f"{serial:f}", Kind.ERROR)
    if "y" not in bare and "d" not in bare and whole == 0:
        return Cell(moment.time().isoformat(), Kind.DATE, code)
    text = moment.date().isoformat() if seconds == 0 else moment.isoformat()
    return Cell(text, Kind.DATE, code)
