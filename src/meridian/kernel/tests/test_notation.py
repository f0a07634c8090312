"""What is printed is read back unchanged in every language, and nothing has two readings."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.notation import (
    NEUTRAL,
    Reader,
    Unread,
    notation_of,
    print_amount,
    print_day,
    print_instant,
    print_number,
    print_percent,
    print_time,
)

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")
languages = st.sampled_from((NEUTRAL, *LANGUAGES))
figures = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15
) | st.integers(-(10**12), 10**12).map(Decimal)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
amounts = st.integers(-(10**14), 10**14).map(lambda cents: Decimal(cents).scaleb(-2))
signs = st.text("0123456789٠١٢٣١۱１.,٫٬'’ \u00a0\u202f-−–()+%٪$USEDe/:年月日مصT\u200e\u200fnov", max_size=24)


@given(languages, figures, st.booleans())
def test_a_printed_number_is_read_back(language, value, grouped):
    text = print_number(value, language, grouped=grouped)
    assert Reader(language).number(text) == value
    assert Reader(language).number(text, 6) == value


@given(languages, amounts)
def test_a_printed_amount_is_read_back(language, value):
    assert Reader(language).amount(print_amount(value, language)) == value


@given(languages, figures)
def test_a_printed_percentage_is_read_back(language, value):
    assert Reader(language).percent(print_percent(value, language), 6) == value


@given(languages, days)
def test_a_printed_day_is_read_back(language, day):
    assert Reader(language).day(print_day(day, language)) == day
    assert Reader(language).day(day.isoformat()) == day


@given(
    languages,
    st.datetimes(datetime.combine(date(1900, 1, 1), time()), datetime.combine(date(2199, 12, 31), time())),
)
def test_a_printed_instant_and_its_time_are_read_back(language, at):
    at = at.replace(second=0, microsecond=0)
    reader = Reader(language)
    assert reader.instant(print_instant(at, language)) == at
    assert reader.instant(at.isoformat()) == at
    assert reader.time(print_time(at)) == at.time()


@given(languages, signs | st.text(max_size=12), st.sampled_from((None, 0, 2, 6)))
def test_every_text_has_one_reading_or_is_refused_in_words(language, text, decimals):
    options = {"decimals": decimals} if decimals is not None else {}
    for read in (Reader.number, Reader.amount, Reader.percent, Reader.figure):
        found = outcome(read, language, text, **options)
        assert found == outcome(read, language, f" {text} ", **options)
        if decimals is not None and isinstance(found, Decimal):
            assert found == round(found, decimals)
    for read in (Reader.day, Reader.time, Reader.instant):
        assert outcome(read, language, text) == outcome(read, language, f"{text} ")


def outcome(read, language, text, **options):
    """What is read, or the sentence of the refusal."""
    try:
        return read(Reader(language), text, **options)
    except Unread as fault:
        return str(fault) or "a refusal without words"


@given(languages, languages, amounts)
def test_an_amount_of_another_language_is_read_right_or_refused(language, other, value):
    try:
        assert Reader(language).amount(print_amount(value, other, 2)) == value
    except Unread:
        assert notation_of(language).point != notation_of(other).point or NEUTRAL in (language, other)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "1\u202f234,50", "1234.50"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "2,5", "2.5"),
        ("en", "2,5", "2.5"),
        ("en", "1 234,50", "1234.50"),
        ("en", "1.234.567,50", "1234567.50"),
        ("en", "1,234", "1234"),
        ("es", "1,234,567", "1234567"),
        ("en", "1'234’567.50", "1234567.50"),
        ("en", "US$ 5", "5"),
        ("fr", "-5 $US", "-5"),
        ("en", "–1000", "-1000"),
        ("en", "1000-", "-1000"),
        ("en", "(1,000)", "-1000"),
        ("en", "($1,000)", "-1000"),
        ("en", "1E+03", "1000"),
        ("ar", "١٬٢٣٤٫٥٠", "1234.50"),
        ("ar", "٢٫٥", "2.5"),
        ("zh-hans", "１，２３４．５", "1234.5"),
        ("ru", "–", "0"),
        ("en", "0,500", "0.5"),
        ("en", ".5", "0.5"),
    ],
)
def test_an_amount_with_one_reading(language, text, value):
    assert Reader(language).amount(text) == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "1,234", "could be 1234 or 1,234"),
        ("fr", "1.234", "could be 1234 or 1,234"),
        ("en", "1.234", "could be 1234 or 1.234"),
        (NEUTRAL, "1,234", "could be 1234 or 1.234"),
        ("en", "12,34,567", "parted by threes, as in 1,234,567.5"),
        ("en", "1 23", "parted by threes"),
        ("en", "1,234 567", "parted by threes"),
        ("en", "1٢3", "two scripts"),
        ("en", "12²", "is no number"),
        ("en", "1.005", "could be 1005 or 1.005"),
        ("en", "1.0051", "more decimals than the 2"),
        ("en", "EUR 5", "currency that does not belong here (EUR)"),
        ("en", "5 %", "is a percentage"),
        ("en", "(-5)", "is no number"),
        ("en", "--5", "is no number"),
        ("en", "1E+99", "too large"),
        ("en", "9" * 400, "too large"),
        ("en", "#REF!", "is no number"),
        ("en", "NaN", "is no number"),
        ("en", " ", "Nothing is written"),
    ],
)
def test_an_amount_with_no_reading_or_two_is_refused(language, text, words):
    with pytest.raises(Unread) as caught:
        Reader(language).amount(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "27 November 2026", "2026-11-27"),
        ("en", "Nov. 27, 2026", "2026-11-27"),
        ("en", "27/11/2026", "2026-11-27"),
        ("en", "4/4/2026", "2026-04-04"),
        ("fr", "03/04/2026", "2026-04-03"),
        ("es", "3 de abril de 2026", "2026-04-03"),
        ("ru", "3 апреля 2026 г.", "2026-04-03"),
        ("zh-hans", "2026年4月3日", "2026-04-03"),
        ("ar", "٣ أبريل ٢٠٢٦", "2026-04-03"),
        (NEUTRAL, "2026-04-03", "2026-04-03"),
    ],
)
def test_a_day_with_one_reading(language, text, day):
    assert Reader(language).day(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "03/04/2026", "could be 3 April 2026 or 4 March 2026"),
        (NEUTRAL, "03/04/2026", "could be 2026-04-03 or 2026-03-04"),
        ("fr", "03/04/26", "year with four figures"),
        ("en", "9999-12-31", "between 1900 and 2199"),
        ("en", "1 January 0001", "between 1900 and 2199"),
        ("fr", "31/02/2026", "no such day"),
        ("en", "2026-02-30", "no such day"),
        ("en", "tomorrow", "is no date: write it as 27 November 2026"),
        ("en", "46000", "is no date"),
    ],
)
def test_a_day_with_no_reading_or_two_is_refused(language, text, words):
    with pytest.raises(Unread) as caught:
        Reader(language).day(text)
    assert words in str(caught.value)


def test_times_are_read_with_their_half_of_the_day():
    reader = Reader("en")
    assert reader.time("2:30 p.m.") == reader.time("14:30") == Reader("fr").time("14 h 30") == time(14, 30)
    assert Reader("ar").time("١٢:٣٠ ص") == time(0, 30)
    assert reader.instant("27 Nov 2026, 2:30 pm") == datetime.fromisoformat("2026-11-27T14:30")
    for text in ("25:00", "13:00 pm", "14", "noon"):
        with pytest.raises(Unread):
            reader.time(text)


def test_one_file_is_not_read_by_the_rules_of_two_languages():
    reader = Reader("en")
    assert reader.amount("1 234,50") == Decimal("1234.50")
    with pytest.raises(Unread, match="can't both be right"):
        reader.amount("12,500")
    days = Reader("en")
    assert days.day("27/11/2026") == date(2026, 11, 27)
    with pytest.raises(Unread, match="can't both be right"):
        days.day("11/27/2026")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decimal_point_is_that_of_cldr(language):
    found = notation_of(language)
    assert Locale.parse(found.locale).number_symbols["latn"]["decimal"] == found.point
