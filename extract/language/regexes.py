"""What can be told of a regex without knowing its letters: its anchors and its cost.

Rules are written by people who are no programmers, and one bad regex can hold up an
archive. Nested repeats are found in the parsed regex, and every regex is timed on strings
that are made to be hard for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

from extract.language.sre import Node, op, parser, walk

#: Letters a rule must at least require, for a scan to find where it can match.
_ANCHOR = 2
#: Seconds of processor time a search may take in a string of :data:`_LONGEST` characters.
_SLOW = 0.2
_LONGEST = 3000
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
_FILLERS = (" ", "a", "0", "a ", "0/")


def anchored(regex: str) -> bool:
    """Whether every match must hold some letters that the regex spells out."""
    return _letters(parser.parse(regex)) >= _ANCHOR


def _letters(nodes: Iterable[Node]) -> int:
    """How many letters or digits every match of the sequence must hold."""
    return sum(_letters_of(kind, value) for kind, value in nodes)


def _letters_of(kind: Any, value: Any) -> int:
    if kind is op.LITERAL:
        return int(chr(value).isalnum())
    if kind is op.SUBPATTERN:
        return _letters(value[-1])
    if kind is op.BRANCH:
        return min(_letters(branch) for branch in value[1])
    if kind in _REPEATS or kind is op.POSSESSIVE_REPEAT:
        return int(value[0]) * _letters(value[2])
    if kind is op.ATOMIC_GROUP:
        return _letters(value)
    return 0


def nested_repeats(regex: str) -> bool:
    r"""Whether a repeat without end holds another with nothing to tell their turns apart.

    ``(a+)+`` and ``(?:\s*\w+)*`` do; ``(?: and \w+)*`` does not, since each turn must
    begin with the same words.
    """
    return any(
        _turns_alike(body)
        for kind, value in walk(parser.parse(regex))
        if kind in _REPEATS and value[1] is op.MAXREPEAT
        for body in _bodies(value[2])
    )


def _bodies(nodes: Any) -> Iterator[list[Node]]:
    """The ways through the body of a repeat, groups opened."""
    items = list(nodes)
    if len(items) == 1:
        kind, value = items[0]
        if kind is op.SUBPATTERN:
            yield from _bodies(value[-1])
            return
        if kind is op.BRANCH:
            for branch in value[1]:
                yield from _bodies(branch)
            return
    yield items


def _turns_alike(body: list[Node]) -> bool:
    endless = [item for item in body if item[0] in _REPEATS and item[1][1] is op.MAXREPEAT]
    fixed = [item for item in body if item not in endless and _least(item) > 0]
    return bool(endless) and not fixed


def _least(item: Node) -> int:
    """The fewest characters that one item matches."""
    return int(parser.SubPattern(parser.State(), [item]).getwidth()[0])


def slow_on(pattern: re.Pattern[str], samples: Iterable[str] = ()) -> int:
    """The length of a string on which a search takes too long; 0 where none does.

    Args:
        pattern: the regex.
        samples: texts that it matches, which are the hardest to repeat and break off.
    """
    for seed in (*_FILLERS, *(sample[:-1] for sample in samples if len(sample) > 1)):
        length = 12
        while length <= _LONGEST:
            text = (seed * (length // len(seed) + 1))[:length] + "\x00"
            # Twice, so that a busy machine is not taken for a slow regex.
            if _seconds(pattern, text) > _SLOW and _seconds(pattern, text) > _SLOW:
                return length
            length = length * 11 // 10 + 1
    return 0


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    pattern.search(text)
    return time.process_time() - start
