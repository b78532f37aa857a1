"""What every extracted text has in common: composed letters, no invisible characters.

Plain text is left as it is: its offsets are those of the file. Formats that draw or mark
up their text hold characters that nobody sees, and these would split words.
"""

from __future__ import annotations

import re
import unicodedata

from extract.errors import Code

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
#: Blanks of all widths that look like one.
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
                                      "\u2008\u2009\u200a\u202f\u205f\u3000", " "))  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[\t\n -~]*")
#: Characters that show what follows in the other direction, so that it reads otherwise.
_OVERRIDE = re.compile("[\u202d\u202e]")


def tidy(text: str) -> str:
    """``text`` with composed letters, ligatures spelt out and invisible characters left out."""
    if _PLAIN.fullmatch(text):
        return text
    if _SURROGATE.search(text):  # two halves that belong together
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    text = _BREAKS.sub("\n", text).translate(_LIGATURES).translate(_BLANKS)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fault(text: str, max_chars: int) -> Code | None:
    """Why a text cannot be a letter; None where nothing speaks against it."""
    if len(text) > max_chars:
        return Code.TOO_LONG
    if text.isascii():
        return Code.NUL_BYTES if "\0" in text else None
    if "\0" in text:
        return Code.NUL_BYTES
    if _SURROGATE.search(text):
        return Code.SURROGATES
    return Code.BIDI if _OVERRIDE.search(text) else None


def unsafe_name(name: str) -> bool:
    """Whether a file's name holds characters that hide what it says."""
    return bool(_OVERRIDE.search(name) or re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", name))
