"""Bytes become text, or are seen not to be text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.letters.plain import decode

LETTER = "Clinic 4 March 2011\r\n– “PS 1”, 50 mg/m², £5, café\r\n"

#: Text as people write it: no control characters.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200
)
WESTERN = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=200)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LETTER.encode(), "utf-8"),
        (codecs.BOM_UTF8 + LETTER.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + LETTER.encode("utf-32-le"), "utf-32-le"),
        (LETTER.encode("utf-16-le"), "utf-16-le"),
        (LETTER.encode("utf-16-be"), "utf-16-be"),
        (LETTER.encode("cp1252"), "cp1252"),
    ],
)
def test_each_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    assert decode(data) == (LETTER, encoding)


@pytest.mark.parametrize(
    "data",
    [
        b"PS 1\0\0\0 ECOG",
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        b"\x01\x02\x03\x04 hello \x05\x06",
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
        codecs.BOM_UTF16_LE + b"a\0b",
        codecs.BOM_UTF16_LE + "\ud800".encode("utf-16-le", "surrogatepass"),
    ],
)
def test_what_is_no_text_is_not_read_as_text(data: bytes) -> None:
    assert decode(data) is None


def test_the_five_bytes_that_cp1252_leaves_out_do_not_stop_it() -> None:
    text, encoding = decode(b"caf\xe9 \x81 " + b"well " * 40) or ("", "")
    assert encoding == "cp1252"
    assert text.startswith("café \x81 well")


@given(TEXTS)
def test_utf_8_comes_back(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded[0] == text.removeprefix("\ufeff")


@given(TEXTS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_mark_is_believed_and_dropped(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


@given(WESTERN)
def test_cp1252_comes_back_unless_it_is_also_utf_8(text: str) -> None:
    data = text.encode("cp1252")
    decoded = decode(data)
    try:
        expected = data.decode()
    except UnicodeDecodeError:
        expected = text
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decoded is None or decoded[0] == expected


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_decode_or_do_not_but_never_raise(data: bytes, whole: bool) -> None:
    decoded = decode(data, whole=whole)
    if decoded is not None:
        assert "\0" not in decoded[0]
        decoded[0].encode()


@given(TEXTS, st.integers(0, 400))
def test_a_beginning_cut_anywhere_is_still_text(text: str, size: int) -> None:
    assert decode(text.encode()[:size], whole=False) is not None
