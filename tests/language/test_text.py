"""Characters made plain without moving."""

from __future__ import annotations

import pytest

from extract.language.text import fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("g0od ce1l, n0 papi1lary areas", "good cell, no papillary areas"),
        ("UNFAV0URABLE HIST0L0GY: C0MMENT", "UNFAVOURABLE HISTOLOGY: COMMENT"),
        ("0ne 0f three, ni1 else, rena1", "one of three, nil else, renal"),
        ("80\u201390 \u00b5mol \u2013 \u201cwell\u201d", '80-90 \u00b5mol - "well"'),
    ],
)
def test_slips_of_the_scanner_are_mended(written: str, read: str):
    assert fold(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "pT3a N0 M0, T1N0M0",
        "10mg, 0.5ml, 0mg",
        "c1d1, PS0, Ki67, CD10, CA19-9",
        "IL2, B12, G1, CT1",
    ],
)
def test_codes_and_doses_stay(text: str):
    assert fold(text) == text


@pytest.mark.parametrize("text", ["n0 sm0ke", "\u2611 yes\u00a0no", "C0PD\r\n", "0f 0n 0r"])
def test_no_character_moves(text: str):
    assert len(fold(text)) == len(text)
