"""Python's own parser of regular expressions and its words; it comes without types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Final

op: Final[Any] = import_module("re._constants")
parser: Final[Any] = import_module("re._parser")

#: Parts that hold others, and where in their value those stand.
_GROUPS: Final = {
    op.SUBPATTERN: -1,
    op.ASSERT: 1,
    op.ASSERT_NOT: 1,
    op.MAX_REPEAT: 2,
    op.MIN_REPEAT: 2,
    op.POSSESSIVE_REPEAT: 2,
}

Node = tuple[Any, Any]


def compilable(parsed: Iterable[Node]) -> None:
    """See that a parsed regex can be compiled: of what can be parsed, only some look-behinds cannot.

    Raises:
        re.error: as compiling it would.
    """
    for kind, value in walk(parsed):
        if kind in (op.ASSERT, op.ASSERT_NOT) and value[0] < 0:
            least, most = value[1].getwidth()
            if least != most:
                raise re.error("look-behind requires fixed-width pattern")


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every part of a parsed regex, those within others after them."""
    for kind, value in nodes:
        yield kind, value
        for inner in inside(kind, value):
            yield from walk(inner)


def inside(kind: Any, value: Any) -> list[Any]:
    """The sequences of parts that a part holds."""
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.GROUPREF_EXISTS:
        return [held for held in value[1:] if held is not None]
    return [value[_GROUPS[kind]]] if kind in _GROUPS else []
