"""The numbers and bullets that Word draws before list items; they stand in no text run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: A bullet as text, whatever glyph of a symbol font Word draws for it.
BULLET = "•"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
#: Spaces by which each level of a list is indented.
_INDENT = 3


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """Counts the items of every list of a document, in reading order.

    Attributes:
        levels: for each list, its levels.
        shared: for each list, the definition whose count it goes on with.
        styles: for each paragraph style, the list and level it brings.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, numbering: Any, styles: Any) -> Numbering:
        """From the roots of a document's numbering and styles; either may be None."""
        made = cls()
        if numbering is not None:
            made._read_lists(numbering)
        if styles is not None:
            made._read_styles(styles)
        return made

    def _read_lists(self, root: Any) -> None:
        abstract = {
            each.get(f"{W}abstractNumId"): _levels(each) for each in root.iter(f"{W}abstractNum")
        }
        for each in root.iter(f"{W}num"):
            name, of = each.get(f"{W}numId"), _value(each.find(f"{W}abstractNumId"))
            levels = dict(abstract.get(of, {}))
            restarts = False
            for change in each.iter(f"{W}lvlOverride"):
                level = _integer(change.get(f"{W}ilvl"), 0)
                restarts = True
                levels.update(_levels(change))
                start = change.find(f"{W}startOverride")
                if start is not None:
                    old = levels.get(level, _Level())
                    levels[level] = _Level(old.form, old.text, _integer(_value(start), 1))
            self.levels[name] = levels
            self.shared[name] = name if restarts else f"abstract {of}"

    def _read_styles(self, root: Any) -> None:
        parents: dict[str, str] = {}
        for each in root.iter(f"{W}style"):
            name = each.get(f"{W}styleId")
            based = each.find(f"{W}basedOn")
            if based is not None:
                parents[name] = _value(based)
            found = _number(each.find(f"{W}pPr"))
            if found:
                self.styles[name] = found
        for name in parents:
            above, steps = name, 0
            while above in parents and above not in self.styles and steps < 20:
                above, steps = parents[above], steps + 1
            if above in self.styles:
                self.styles.setdefault(name, self.styles[above])

    def marker(self, properties: Any) -> str:
        """What is drawn before a paragraph with these properties, blanks included."""
        found = _number(properties) or self._of_style(properties)
        if not found or found[0] not in self.levels:
            return ""
        name, level = found
        levels = self.levels[name]
        counts = self._counts.setdefault(self.shared[name], {})
        counts[level] = counts.get(level, levels.get(level, _Level()).start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        own = levels.get(level, _Level())
        if own.form == "none" and not own.text:
            return ""
        drawn = BULLET if own.form == "bullet" else self._drawn(own, levels, counts)
        return f"{' ' * (_INDENT * level)}{drawn} " if drawn else ""

    def _of_style(self, properties: Any) -> tuple[str, int] | None:
        if properties is None:
            return None
        number = properties.find(f"{W}numPr")
        if number is not None and _value(number.find(f"{W}numId")) == "0":
            return None
        style = properties.find(f"{W}pStyle")
        return self.styles.get(_value(style)) if style is not None else None

    @staticmethod
    def _drawn(own: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            its = levels.get(level, _Level())
            return _formed(counts.get(level, its.start), its.form)

        return re.sub(r"%(\d)", number, own.text).strip()


def _levels(root: Any) -> dict[int, _Level]:
    found = {}
    for each in root.iter(f"{W}lvl"):
        found[_integer(each.get(f"{W}ilvl"), 0)] = _Level(
            _value(each.find(f"{W}numFmt")) or "decimal",
            _value(each.find(f"{W}lvlText")),
            _integer(_value(each.find(f"{W}start")), 1),
        )
    return found


def _number(properties: Any) -> tuple[str, int] | None:
    """The list and level that a paragraph's or a style's properties name."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    name = _value(number.find(f"{W}numId")) if number is not None else ""
    if number is None or not name or name == "0":
        return None
    return name, _integer(_value(number.find(f"{W}ilvl")), 0)


def _value(element: Any) -> str:
    return (element.get(f"{W}val") or "") if element is not None else ""


def _integer(text: str | None, default: int) -> int:
    """A number from a file that may hold anything; far too large ones are no numbers."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def _formed(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 5 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and number < 40:
        drawn = ""
        for value, sign in _ROMAN:
            drawn += sign * (number // value)
            number %= value
        return drawn.upper() if form == "upperRoman" else drawn
    return f"{number:02}" if form == "decimalZero" else str(number)
