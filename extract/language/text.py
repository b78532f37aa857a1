"""Characters and tokens: a length-preserving fold, and tokens at every change of kind.

Rules see one kind of dash, quote and space; offsets stay those of the letter. Tokens are
runs of letters, runs of digits, or single marks, so that any match of a rule begins and
ends at a token's edge (``PS1`` is two tokens, ``80-90`` three).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
        **dict.fromkeys("\u2018\u2019\u201a`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\r\x0b\ufeff", " "),
        **dict.fromkeys("\u21d2\u2794\u279c", "\u2192"),
        **dict.fromkeys("\u2022\u00b7\u25cf\u25aa\u25e6\u2023", "*"),
        **dict.fromkeys("\u2611\u2612\u2713\u2714", "x"),
        "\u2610": "o",
        "\u2a7e": "\u2265",
        "\u2a7d": "\u2264",
        **dict.fromkeys("\u223c\u02dc\u2248", "~"),
        **dict.fromkeys("\x0c\x85\u2028\u2029", "\n"),
    }
)

TOKEN = re.compile(r"[^\W\d_]{2,}-[ \t]*\n[ \t]*(?=[a-z])[^\W_]+|[^\W\d_]+|\d+|\S")
_BREAK = re.compile(r"-[ \t]*\n[ \t]*")
#: First halves of compounds: at these a hyphen at the line's end is the word's own.
COMPOUNDS = frozenset(
    """high low non first second third fourth one two three four five six seven eight nine ten half well long short self
    follow post pre anti ex re co multi semi stress dose hand side line cross stage clear dis up down on off in out
    year month week day hour old new end mid late early part time life right left fluoro radio chemo light heavy""".split()
)
#: A nought or a one inside a word is the letter a scanner took it for: "g0od", "H0SPITAL", "ce1l".
_SLIP = re.compile(
    r"[01](?:(?<=[a-z].)(?=[a-z](?!\d))"
    r"|(?<=\b0)(?=(?:f|n|r|ne|nly|ver|ut|thers?|ur|nce|wn|ff|ld|ral|ften|pinion|utcome|rgans?"
    r"|ncolog\w+|perat\w+|btain\w*|bserv\w*|ccas\w*)\b)"
    r"|(?<=\b[nst]0)(?= [a-z]{3,})|(?<=\bwh0)\b|(?<=\bals0)\b|(?<=\bint0)\b|(?<=\btw0)\b"
    r"|(?<=[a-z][a-z]a1)(?!\w)|(?<=\bni1)(?!\w)"
    r"|(?<=[A-Z][A-Z].)(?=[A-Z])|(?<=[A-Z].)(?=[A-Z][A-Z]))"
)
#: The marks that a mail puts before each line it quotes.
_QUOTED = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)*>(?=\s)")


def fold(text: str) -> str:
    """``text`` with dashes, quotes, arrows and spaces made plain; same length.

    Digits that a scanner put inside words become letters again.
    """
    return _SLIP.sub(_letter, text.translate(_FOLD))


def unquote(folded: str) -> str:
    """``folded`` with the ``>`` of quoted lines made blank; same length."""
    return _QUOTED.sub(lambda mark: " " * len(mark.group()), folded) if ">" in folded else folded


def _letter(slip: re.Match[str]) -> str:
    before = slip.string[slip.start() - 1 : slip.start()]
    if slip.group() == "0":
        return "O" if before.isupper() else "o"
    return "I" if before.isupper() else "l"


def tokens(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Character spans of the tokens in ``text[start:end]``; a word broken at a line's end is one."""
    for match in TOKEN.finditer(text, start, end):
        first, last = match.span()
        if last - first > 2 and "\n" in match.group() and _is_compound(match.group()):
            yield from (m.span() for m in _PLAIN.finditer(text, first, last))
        else:
            yield first, last


_PLAIN = re.compile(r"[^\W\d_]+|\d+|\S")


def word(text: str, start: int, end: int) -> str:
    """A token's word: the characters, without the hyphen and break inside a broken word."""
    found = text[start:end]
    return _BREAK.sub("", found) if "\n" in found else found


def _is_compound(broken: str) -> bool:
    return broken.split("-", maxsplit=1)[0].strip().lower() in COMPOUNDS
