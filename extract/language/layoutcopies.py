"""Where a letter quotes an older one: copied blocks, brackets, lines marked with ``>``."""

from __future__ import annotations

from extract.language.layoutlines import COPY_TITLE, QUOTE_OPEN, SALUTATION, Line


class Copies:
    """Follows the lines of a letter into what it copies and out again.

    Attributes:
        inside: whether the line last seen is copied.
    """

    def __init__(self) -> None:
        self.inside = False
        self._closes = ""

    def open(self, line: Line, after_blank: bool) -> None:
        """See a line before it is placed; ``after_blank`` tells of an empty line above it."""
        match = QUOTE_OPEN.search(line.text)
        if line.quoted:
            self.inside, self._closes = True, ""
        elif match:
            self.inside = True
            self._closes = "]" if match.group().startswith("[") else ""
            if COPY_TITLE.fullmatch(line.text):
                self._closes = "[end"  # the bracket holds the block's title, not the block
        elif self.inside and self._closes != "]":
            self.inside = not (after_blank or SALUTATION.match(line.text))

    def close(self, line: Line) -> None:
        """See it afterwards: a bracket that closes ends the copy behind its line."""
        if self.inside and self._closes and self._closes in line.text:
            self.inside = False
