"""Which of many strings stand in a text, found in one pass over it.

With ``pyahocorasick`` installed (the extra ``fast``) an automaton finds them; without it
the same answers come from a slower search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extract.language.anchors import parted

#: Strings are looked up by as many characters in the search without an automaton.
_GRAM = 2

#: (the string's length, whether a word must begin with it, whether one must end with it, owners' bits)
_Entry = tuple[int, bool, bool, int]


class Scan:
    """Finds the owners of anchors that stand in a text.

    Args:
        anchors: for each owner the strings of which it needs one, as
            :func:`extract.language.anchors.anchors_of` gives them; an owner without any is
            always found.
        automaton: False to search without ``pyahocorasick``.
    """

    def __init__(self, anchors: Iterable[Iterable[str]], *, automaton: bool = True) -> None:
        self.always = 0
        bits: dict[str, int] = defaultdict(int)
        for owner, strings in enumerate(anchors):
            held = list(strings)
            if not held:
                self.always |= 1 << owner
            for string in held:
                bits[string] |= 1 << owner
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for string, owners in bits.items():
            body, left, right = parted(string)
            entries[body].append((len(body), left, right, owners))
        found = {body: tuple(held) for body, held in entries.items()}
        built = _automaton(found) if automaton else None
        self._finds = built.iter if built is not None else _Grams(found).iter

    def owners(self, plain: str) -> int:
        """The owners that may be in a text, as bits.

        Args:
            plain: the text after :func:`extract.language.anchors.plain`.
        """
        mask = self.always
        size = len(plain)
        for last, entries in self._finds(plain):
            for length, left, right, owners in entries:
                if mask | owners == mask:
                    continue
                if right and last + 1 < size and _in_word(plain[last + 1]):
                    continue
                first = last + 1 - length
                if left and first and _in_word(plain[first - 1]):
                    continue
                mask |= owners
        return mask

    def owners_in(self, plain: str, parts: Sequence[tuple[int, int]]) -> list[int]:
        """The owners that may be in each of some parts of a text, as bits.

        Args:
            plain: as for :meth:`owners`.
            parts: characters (first, one past the last) in order, none overlapping another.
        """
        masks = [self.always] * len(parts)
        ends = [end for _, end in parts]
        begin = end = mask = 0
        part = -1
        for last, entries in self._finds(plain):
            if not begin <= last < end:  # the hits of one part come together, or nearly so
                if part >= 0:
                    masks[part] = mask
                part = bisect_right(ends, last)
                if part == len(ends):
                    part, begin, end = -1, 0, 0
                    continue
                begin, end = parts[part]
                mask = masks[part]
            for size, left, right, owners in entries:
                if mask | owners == mask:
                    continue
                first = last + 1 - size
                if first < begin:
                    continue
                if right and last + 1 < end and _in_word(plain[last + 1]):
                    continue
                if left and first > begin and _in_word(plain[first - 1]):
                    continue
                mask |= owners
        if part >= 0:
            masks[part] = mask
        return masks


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _automaton(found: Mapping[str, tuple[_Entry, ...]]) -> Any:
    try:
        import ahocorasick
    except ImportError:
        return None
    automaton = ahocorasick.Automaton()
    for body, entries in found.items():
        automaton.add_word(body, entries)
    if found:
        automaton.make_automaton()
    else:
        automaton.add_word("\0", ())
        automaton.make_automaton()
    return automaton


class _Grams:
    """Looks for the strings that begin as any place of the text does."""

    def __init__(self, found: Mapping[str, tuple[_Entry, ...]]) -> None:
        self._buckets: dict[str, list[tuple[str, tuple[_Entry, ...]]]] = defaultdict(list)
        for body, entries in found.items():
            self._buckets[body[:_GRAM]].append((body, entries))

    def iter(self, text: str) -> Iterator[tuple[int, tuple[_Entry, ...]]]:
        """(last character, what stands there), as the automaton gives them, in no order."""
        grams = {text[i : i + n] for n in range(1, _GRAM + 1) for i in range(len(text))}
        for gram in grams & self._buckets.keys():
            for body, entries in self._buckets[gram]:
                at = text.find(body)
                while at >= 0:
                    yield at + len(body) - 1, entries
                    at = text.find(body, at + 1)
