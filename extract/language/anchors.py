"""What every match of a regex must hold: a set of strings, one of which stands in each match.

The strings are derived from the parsed regex, never written by hand, so that a rule's author
cannot forget one. They are in lower case and hold for text as the pipeline hands it to its
rules (:func:`plain` of it): no white space but single spaces. A scan for the strings then
tells which regexes cannot match, and the others need not be tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import product
from typing import Any, Final

from extract.language.sre import compilable, op, parser

#: Most strings that a run of a regex is spelt out into before a new run is begun.
_MOST: Final = 400
#: Most characters that a class such as ``[ab]`` is spelt out into.
_CLASS: Final = 12
_ASCII_END: Final = 128
#: Beyond so many repeats a group is not spelt out.
_TURNS: Final = 3
#: Other letters that a case-blind regex takes for plain ones.
_ALIKE: Final = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
#: Strings that stand in nearly every letter, and so tell nothing.
_COMMON: Final = frozenset(
    """a an and are as at be been by for had has have he her him his i in is it no not of off on or
    out she that the then this to up was we were will with you your""".split()
)

#: Marks in a string that no letter or digit stands before it, or behind it.
EDGE: Final = "\x01"
_BETWEEN: Final = "\x02"
#: What stands differently before another string.
_SOFT: Final = EDGE + " "

_REPEATS: Final = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_NO_WIDTH: Final = (op.AT, op.ASSERT, op.ASSERT_NOT)


def plain(text: str) -> str:
    """``text`` in the lower case in which anchors are written; same length for plain letters."""
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


@lru_cache(maxsize=2048)
def anchors_of(regex: str, flags: int = 0) -> frozenset[str]:
    """Strings of which every match holds at least one; empty where none can be told.

    Args:
        regex: a regex that is tried on text without white space but single spaces.
        flags: the regex module's, of which only ``VERBOSE`` matters here.

    Raises:
        re.error: what compiling the regex would raise.
    """
    parsed = parser.parse(regex, flags & re.VERBOSE)
    if "(?<" in regex:
        compilable(parsed)
    held = _sequence(parsed).required() or frozenset()
    # Strings that stand in another are few, and counting is quicker than comparing all pairs.
    every = _BETWEEN.join(held)
    inside = [string for string in held if every.count(string) > 1]
    return frozenset(s for s in held if not any(o != s and o in s for o in inside))


def parted(anchor: str) -> tuple[str, bool, bool]:
    """The string of an anchor, and whether a word must begin and end with it."""
    return anchor.strip(EDGE), anchor.startswith(EDGE), anchor.endswith(EDGE)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of one part: all it can be (``exact``), or one of what it must hold."""

    exact: frozenset[str] | None
    held: frozenset[str] | None = None

    def required(self) -> frozenset[str] | None:
        return _better(self.held, _usable(self.exact))


_NOTHING: Final = _Told(frozenset({""}))
_ANYTHING: Final = _Told(None)


def _usable(strings: frozenset[str] | None) -> frozenset[str] | None:
    """The strings without spaces at their ends, None where one is empty."""
    found = frozenset(map(_trimmed, strings or ("",)))
    return None if "" in found else found


def _trimmed(string: str) -> str:
    """Spaces at the ends become edges; edges that are none of a word's are left out."""
    body = string.strip(EDGE + " ")
    if not body:
        return ""
    left = EDGE if string[0] != body[0] and _in_word(body[0]) else ""
    right = EDGE if string[-1] != body[-1] and _in_word(body[-1]) else ""
    return left + body + right


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _better(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    """The set that fewer letters hold."""
    if a is None or b is None:
        return b if a is None else a
    return min((a, b), key=lambda strings: (sum(map(_share, strings)), len(strings)))


def _share(string: str) -> float:
    """About what share of letters hold the string."""
    body, *edges = parted(string)
    if body in _COMMON:
        return 1.0
    return float(min(1.0, 0.5 ** (2 * len(body) + sum(edges) - 4) + 0.001))


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> _Told:
    """Parts in a row: neighbours that are spelt out make longer strings."""
    run: frozenset[str] = frozenset({""})
    held: frozenset[str] | None = None
    whole = True
    for part in _parts(nodes):
        if part is _NOTHING:
            continue
        held = _better(held, part.held)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(_join(a, b) for a, b in product(run, part.exact))
            continue
        whole = False
        held = _better(held, _usable(run))
        run = part.exact if part.exact is not None else frozenset({""})
    if whole:
        return _Told(run, held)
    return _Told(None, _better(held, _usable(run)))


def _parts(nodes: Iterable[tuple[Any, Any]]) -> Iterator[_Told]:
    """What is known of each part; letters in a row are one part."""
    letters = ""
    for kind, value in nodes:
        if kind is op.LITERAL and value < _ASCII_END:
            letters = _join(letters, " " if chr(value).isspace() else chr(value).lower())
            continue
        if letters:
            yield _Told(frozenset({letters}))
            letters = ""
        yield _part(kind, value)
    if letters:
        yield _Told(frozenset({letters}))


def _join(a: str, b: str) -> str:
    """Two strings in a row; two spaces in a row never stand in the text."""
    if not a or not b or (a[-1] not in _SOFT and b[0] != EDGE):
        return a + b
    if a and b and b != EDGE:
        a = a.rstrip(EDGE) or a
    if b and a.strip(EDGE) and b != EDGE:
        b = b.lstrip(EDGE)
    return a + b.lstrip(" ") if a.endswith(" ") else a + b


def _part(kind: Any, value: Any) -> _Told:
    if kind in _NO_WIDTH:
        return _Told(frozenset({EDGE})) if _is_edge(kind, value) else _NOTHING
    if kind is op.LITERAL:
        return _character(chr(value))
    if kind is op.IN:
        return _class(value)
    if kind is op.SUBPATTERN:
        return _sequence(value[-1])
    if kind is op.ATOMIC_GROUP:
        return _sequence(value)
    if kind is op.BRANCH:
        return _branch([_sequence(branch) for branch in value[1]])
    if kind in _REPEATS:
        return _repeat(int(value[0]), value[1], _sequence(value[2]))
    return _ANYTHING


def _is_edge(kind: Any, value: Any) -> bool:
    """Whether something without width keeps letters and digits away, as a word's edge does."""
    if kind is op.AT:
        return bool(value is op.AT_BOUNDARY)
    if kind is not op.ASSERT_NOT or len(value[1]) != 1:
        return False
    what, items = value[1][0]
    return what is op.IN and (op.CATEGORY, op.CATEGORY_WORD) in items and items[0][0] != op.NEGATE


def _character(char: str) -> _Told:
    if char.isspace():
        return _Told(frozenset({" "}))
    return _Told(frozenset({char.lower()})) if char.isascii() else _ANYTHING


def _class(items: list[tuple[Any, Any]]) -> _Told:
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            told = _character(chr(value)).exact
        elif kind is op.RANGE and value[1] - value[0] < _CLASS:
            told = _union(_character(chr(c)).exact for c in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            told = frozenset({" "})
        else:
            return _ANYTHING
        if told is None:
            return _ANYTHING
        found |= told
    return _Told(frozenset(found)) if len(found) <= _CLASS else _ANYTHING


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    held = list(sets)
    known = [s for s in held if s is not None]
    return frozenset().union(*known) if len(known) == len(held) else None


def _branch(branches: list[_Told]) -> _Told:
    exact = _union(b.exact for b in branches)
    if exact is not None and len(exact) <= _MOST:
        return _Told(exact)
    return _Told(None, _union(b.required() for b in branches))


def _repeat(least: int, most: Any, body: _Told) -> _Told:
    if body.exact == frozenset({" "}):  # however many: one space stands there
        return _Told(frozenset({" "} if least else {"", " "}))
    if body.exact is not None and most is not op.MAXREPEAT and int(most) <= _TURNS:
        turns = [_turns(body.exact, n) for n in range(least, int(most) + 1)]
        exact = _union(turns)
        if exact is not None and len(exact) <= _MOST:
            return _Told(exact)
    return _Told(None, body.required() if least else None)


def _turns(exact: frozenset[str], number: int) -> frozenset[str] | None:
    if len(exact) ** number > _MOST:
        return None
    start = frozenset({""})
    return reduce(
        lambda run, _: frozenset(_join(a, b) for a, b in product(run, exact)), range(number), start
    )
