"""What holds of every text: offsets, order, the rule on years, the fast anchors, linear time."""

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.values import (
    DateContext,
    EdtfDate,
    Kind,
    find_ranges,
    is_birth_date,
    scan_dates,
    scan_durations,
    scan_numbers,
    scan_percentages,
)
from extract.values.cardinals import fold
from extract.values.dateheads import ANCHOR, ANCHOR_OFFSET, HAS_OFFSET, HEAD_DIGIT, HEAD_WORD

PIECES = (
    "3 12 31 03 10 09 2010 2009 1998 20100303 / . - – ' ’ st th rd nd of the The on in since "
    "from to until and between last next this early mid late end week weeks months year years "
    "ago earlier about over March march Mar MAR May may June Sept Dec october Monday Mon Sun "
    "Thursday spring autumn winter fall Christmas Easter Boxing Day New Year today yesterday "
    "tomorrow morning six two a few couple fortnight /52 /12 /7 first ninth twenty -first "
    "thousand ten nineteen l2 O3 1O 2O1O ll l6th w/c commencing dose doses mg BP PS CT DOB "
    "time ' , : ; ( ) | İ 11/14 4/2 27/10 09/08 12/03/10 Dr Mrs be have % ml hrs IL-2 PSA "
    "month that"
).split()
WORDY = st.lists(
    st.tuples(
        st.sampled_from(PIECES), st.sampled_from(["", " ", " ", " ", "  ", "\n", "\t", "\xa0"])
    ),
    max_size=14,
).map(lambda parts: "".join(piece + gap for piece, gap in parts))
TEXTS = WORDY | st.text(max_size=80)
ANCHORS = st.dates(date(1975, 1, 1), date(2035, 12, 31)).map(EdtfDate.of) | st.builds(
    EdtfDate.month, st.integers(1975, 2035), st.integers(1, 12)
)


@given(TEXTS)
@settings(max_examples=400)
def test_offsets_slice_the_text_in_order_without_overlap(text):
    end = 0
    for raw in scan_dates(text):
        assert end <= raw.start < raw.end <= len(text)
        assert text[raw.start : raw.end].strip() == text[raw.start : raw.end]
        end = raw.end


@given(TEXTS, ANCHORS, st.sampled_from(["dmy", "mdy"]), st.booleans())
@settings(max_examples=400)
@example("29 February", EdtfDate.parse("2100-03-01"), "dmy", False)
def test_resolving_never_fails_and_writes_what_parses(text, anchor, order, future):
    ctx = DateContext(anchor, order)
    raws = scan_dates(text)
    for raw in [*raws, *(end for pair in find_ranges(text, raws) for end in pair)]:
        is_birth_date(text, raw)
        for found in (raw.resolve(ctx, future), *raw.readings(ctx, future)):
            if found is not None:
                assert str(EdtfDate.parse(str(found))) == str(found)
        raw.resolve(DateContext(None, order), future)


@given(TEXTS, ANCHORS)
@settings(max_examples=400)
def test_what_has_no_year_is_never_after_the_letter(text, anchor):
    for raw in scan_dates(text):
        decided = raw.weekday is not None and raw.kind is not Kind.WEEKDAY
        settled = raw.has_year or raw.kind is Kind.NUMERIC_MY or raw.year_shift is not None
        if settled or decided or raw.forward or raw.direction == 0 or raw.partner:
            continue
        found = raw.resolve(DateContext(anchor))
        if found is not None:
            assert found.earliest <= anchor.latest
            if raw.kind is not Kind.MONTH_ONLY or raw.month:
                assert found.latest <= anchor.latest


@given(TEXTS, ANCHORS)
def test_a_plan_without_year_is_never_before_the_letter(text, anchor):
    kinds = {Kind.DAY_MONTH, Kind.MONTH_ONLY, Kind.DAY_ONLY, Kind.WEEKDAY}
    for raw in scan_dates(text):
        if raw.kind not in kinds or raw.direction is not None or raw.year_shift is not None:
            continue
        if raw.partner or (raw.weekday is not None and raw.kind is not Kind.WEEKDAY):
            continue
        found = raw.resolve(DateContext(anchor), future=True)
        if found is not None:
            assert found.latest >= anchor.earliest


@given(TEXTS)
@settings(max_examples=600)
@example("mon2010")
@example("3 to 10 March, twenty-first of May")
def test_the_anchors_pass_no_date_by(text):
    """The cheap regex must stop wherever a date begins (see dateheads)."""
    low = fold(text)
    anchors = ANCHOR_OFFSET if HAS_OFFSET.search(low) else ANCHOR
    for at, letter in enumerate(low):
        match = (HEAD_DIGIT if letter.isdigit() else HEAD_WORD).match(low, at)
        if match is None or at == 0 or low[at - 1].isalnum():
            continue
        assert anchors.match(low, at - 1), match


LONG_LINES = {
    "dates": "seen 12/03/10 and 3 March 2010, ",
    "digits": "1",
    "numbers": "12 ",
    "spaces": " ",
    "slashes": "1/",
    "months": "may march ",
    "counts": "six or seven weeks ago about ",
    "of": "first of ",
    "weekday": "Mon, ",
    "slips": "lO",
    "early": "early to ",
    "percent": "over 80 to 90 % ",
    "gap": "weeks" + " " * 300,
    "ago": "a week " + " " * 300 + "ago ",
    "letters": "a",
    "ranges": "2008-2010-",
    "halves": "a year and a half and ",
}


@pytest.mark.parametrize("piece", LONG_LINES.values(), ids=LONG_LINES.keys())
@pytest.mark.parametrize(
    "scan", [scan_dates, scan_durations, scan_percentages, scan_numbers], ids=lambda f: f.__name__
)
def test_a_line_of_200_kb_is_read_in_linear_time(piece, scan):
    def seconds(size):
        text = (piece * (size // len(piece) + 1))[:size]
        began = time.process_time()
        scan(text)
        return time.process_time() - began

    small = min(seconds(20_000) for _ in range(2))
    # Ten times the text: far from the hundredfold of anything quadratic. A busy machine may
    # spoil one measurement, not three.
    assert any(seconds(200_000) < 35 * small + 0.3 for _ in range(3))


def test_ranges_are_found_in_linear_time():
    text = "12/03/10 - 14/03/10, " * 10_000
    began = time.process_time()
    assert len(find_ranges(text, scan_dates(text))) == 10_000
    assert time.process_time() - began < 10
