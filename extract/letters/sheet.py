"""A letter's text as it is put together, with where each piece stands in the original."""

from __future__ import annotations

from extract.letters.clean import tidy
from extract.letters.model import Box, Place


class Sheet:
    """Text being written: pieces, blanks and line ends, and their places."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._line = ""  # what stands on the line so far
        self._blank = True  # whether the line above is blank, or there is none
        self.places: list[Place] = []
        self.scanned: list[tuple[int, int]] = []

    @property
    def line(self) -> str:
        """What stands on the open line."""
        return self._line

    def add(
        self,
        text: str,
        *,
        page: int | None = None,
        box: Box | None = None,
        where: str = "",
        scanned: bool = False,
    ) -> None:
        """Write ``text``, tidied, with its place in the original."""
        text = tidy(text)
        if not text:
            return
        start = self._length
        self._put(text)
        if page is not None or box is not None or where:
            self._place(Place(start, self._length, page, box, where))
        if scanned:
            if self.scanned and start - self.scanned[-1][1] <= 2:
                start = self.scanned.pop()[0]
            self.scanned.append((start, self._length))

    def _place(self, place: Place) -> None:
        last = self.places[-1] if self.places else None
        same = last is not None and place.box is None and last.box is None
        if last and same and (last.page, last.where) == (place.page, place.where):
            self.places[-1] = Place(last.start, place.end, place.page, None, place.where)
        else:
            self.places.append(place)

    def blank(self, count: int = 1) -> None:
        """Write spaces."""
        self._put(" " * count)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        head, newline, tail = text.rpartition("\n")
        if newline:
            self._blank = not (self._line + head).rpartition("\n")[2].strip()
            self._line = tail
        else:
            self._line += text

    def end_line(self) -> None:
        """End the line, if anything stands on it."""
        if self._line:
            self._put("\n")

    def new_line(self) -> None:
        """End the line, even an empty one."""
        self._put("\n")

    def gap(self) -> None:
        """End the line and leave one blank line, unless there is one."""
        self.end_line()
        if not self._blank and self._length:
            self._put("\n")

    def text(self) -> str:
        """Everything written."""
        return "".join(self._pieces)
