"""A case-blind regex as one for lower-case text, which Python's engine tries far faster.

The lower-case regex is used on ASCII text only, and only where the parsed forms of both
show that it matches the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from extract.language.sre import op, parser

_ASCII: Final = "".join(map(chr, range(128)))
_LOWER: Final = frozenset(char for char in _ASCII if not char.isupper())


def lowered(regex: str) -> str | None:
    """The regex for lower-case ASCII text; None where it cannot be told to be the same."""
    made = _lower(regex)
    try:
        first, second = parser.parse(regex, re.IGNORECASE), parser.parse(made)
    except re.error:
        return None
    if first.state.groupdict != second.state.groupdict:
        return None
    return made if _alike(first, second) else None


def _lower(regex: str) -> str:
    made, escaped = [], False
    for char in regex:
        made.append(char if escaped else char.lower())
        escaped = char == "\\" and not escaped
    # A group's name is no letter of the text.
    return "".join(made).replace("(?p<", "(?P<").replace("(?p=", "(?P=")


def _alike(first: Iterable[Any], second: Iterable[Any]) -> bool:
    a, b = list(first), list(second)
    return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))


def _same(first: tuple[Any, Any], second: tuple[Any, Any]) -> bool:
    (kind, a), (other, b) = first, second
    if kind is op.LITERAL and other is op.LITERAL:
        return chr(a).lower() == chr(b)
    if kind is not other:
        return False
    if kind is op.NOT_LITERAL:
        return chr(a).lower() == chr(b)
    if kind is op.IN:
        return _same_class(a, b)
    if kind is op.BRANCH:
        return len(a[1]) == len(b[1]) and all(map(_alike, a[1], b[1]))
    if kind is op.SUBPATTERN:
        return bool(a[0] == b[0] and not a[1] and not a[2]) and _alike(a[3], b[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return bool(a[:2] == b[:2]) and _alike(a[2], b[2])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return bool(a[0] == b[0]) and _alike(a[1], b[1])
    if kind is op.ATOMIC_GROUP:
        return _alike(a, b)
    return bool(kind in (op.AT, op.ANY, op.GROUPREF) and a == b)


def _same_class(first: list[Any], second: list[Any]) -> bool:
    if _negated(first) != _negated(second):
        return False
    either_case = {char.lower() for char in _named(first)}
    return either_case & _LOWER == _named(second) & _LOWER


def _negated(items: list[Any]) -> bool:
    return bool(items) and items[0][0] is op.NEGATE


def _named(items: list[Any]) -> frozenset[str]:
    """The ASCII characters that a class names, whatever it is negated to."""
    return frozenset().union(*(_names(kind, value) for kind, value in items))


def _names(kind: Any, value: Any) -> frozenset[str]:
    if kind is op.LITERAL:
        return frozenset({chr(value)})
    if kind is op.RANGE:
        return frozenset(_ASCII[value[0] : value[1] + 1])
    return _CATEGORIES[value] if kind is op.CATEGORY else frozenset()


_CATEGORIES: Final = {
    category: frozenset(re.findall(escape, _ASCII))
    for category, escape in {
        op.CATEGORY_DIGIT: r"\d",
        op.CATEGORY_NOT_DIGIT: r"\D",
        op.CATEGORY_SPACE: r"\s",
        op.CATEGORY_NOT_SPACE: r"\S",
        op.CATEGORY_WORD: r"\w",
        op.CATEGORY_NOT_WORD: r"\W",
    }.items()
}
