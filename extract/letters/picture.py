"""Pictures of letters: PNG, JPEG, TIFF with one page or many, and others that are scans."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.layout import write_pages
from extract.letters.model import Letter, Source
from extract.letters.ocr import available, recognise
from extract.letters.options import ReadOptions
from extract.letters.pulse import alive

_MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"BM",
    b"GIF87a",
    b"GIF89a",
)
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
#: The most dots of a picture that is unpacked.
_DOTS = 60_000_000


class Picture:
    """The reader for pictures.

    Args:
        options: limits, and whether pictures are recognised.
    """

    name = "image"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """Pictures begin with marks of their own."""
        if head.startswith(b"BM"):  # two letters say little
            return 0.7 if len(head) > 18 and head[6:10] == b"\0\0\0\0" else 0.0
        return 0.9 if head.startswith(_MAGIC) else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter in the picture."""
        if not self.options.ocr or not available():
            yield source.problem(Code.NEEDS_OCR)
            return
        from PIL import Image, UnidentifiedImageError

        Image.MAX_IMAGE_PIXELS = None  # the limit here is our own, and an error
        try:
            with Image.open(io.BytesIO(source.data()), formats=_FORMATS) as image:
                yield self._letter(source, image)
        except ExtractError:
            raise
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
            yield source.problem(Code.DAMAGED)

    def _letter(self, source: Source, image: Any) -> Letter | Problem:
        from PIL import ImageOps

        count = getattr(image, "n_frames", 1)
        if count > self.options.max_scans:
            return source.problem(Code.TOO_MANY_PAGES, f"The file has {count:,} pages.")
        pages = []
        for index in range(count):
            alive()
            image.seek(index)
            if image.width * image.height > _DOTS:
                return source.problem(Code.BOMB, "The picture has more dots than a page.")
            upright = ImageOps.exif_transpose(image)
            pages.append(recognise(source, _proportioned(upright.convert("L")), index + 1))
        sheet = write_pages(pages)
        return source.letter(
            sheet.text(), format=self.name, places=sheet.places, scanned=sheet.scanned
        )


def _proportioned(image: Any) -> Any:
    """A picture with as many dots an inch across as down: faxes have half of them down."""
    dots = image.info.get("dpi") or (1, 1)
    across, down = float(dots[0] or 1), float(dots[1] or 1)
    ratio = across / down if down else 1.0
    if 1.5 < ratio < 2.5 and image.width * image.height * ratio < _DOTS:
        return image.resize((image.width, round(image.height * ratio)))
    return image
