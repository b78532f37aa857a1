"""How files that mean harm, or are broken, are made."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

from tests.letters.writers import archives, office

MEGABYTE = 1_000_000


def letter(number: int) -> str:
    """A good letter, like no other."""
    return (
        "Department of Medical Oncology\n"
        f"Clinic date: {number % 28 + 1} March {2000 + number % 20}\n\n"
        f"Diagnosis: metastatic clear cell renal cell carcinoma, seen {number} times.\n"
        f"On examination he is well. ECOG performance status {number % 3}.\n"
    )


def overlapping() -> bytes:
    """A ZIP archive of many files that are all the same bytes, each claiming to be large."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(15 * MEGABYTE)) + kernel.flush()
    claims = (20, 0, 8, 0, 0, zlib.crc32(bytes(15 * MEGABYTE)), len(packed), 15 * MEGABYTE)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *claims, 1, 0) + b"a"
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *claims, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in (b"%05d" % n for n in range(2000))
    )
    size = len(local) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(entries), size, 0)
    return local + packed + entries + end


def lying(size: int) -> bytes:
    """A ZIP archive whose one file unpacks to far more than is said of it."""
    data = bytearray(archives.write_zip({"a.txt": bytes(size)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + at, 1000)
    return bytes(data)


def long_name(size: int) -> bytes:
    """A tar archive with a file name as long as the whole bomb."""
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = size
    return info.tobuf() + bytes(size)


def docx_with(parts: Mapping[str, bytes]) -> bytes:
    """A Word document some parts of which are others."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office.write_docx("x"))) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in whole.namelist():
            made.writestr(name, parts.get(name) or whole.read(name))
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A grey picture; a large one has a header and nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    dots = os.urandom((width + 1) * height) if width * height < MEGABYTE else b"\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(dots))
        + chunk(b"IEND", b"")
    )


def same_rows() -> bytes:
    """A small Parquet table that holds the same long text in each of many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = pa.array([letter(999) * 400])
    rows = pa.DictionaryArray.from_arrays(
        pa.array(bytes(40_000), pa.uint8()).cast(pa.int32()), words
    )
    out = io.BytesIO()
    pq.write_table(pa.table({"text": rows}), out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF whose pages are all one."""
    from tests.letters.writers.pdf import file_of

    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join([b"3 0 R"] * count)),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def one_page(drawing: bytes) -> bytes:
    """A PDF whose one page is drawn by these orders, packed."""
    from tests.letters.writers.pdf import file_of, packed

    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            packed(drawing),
        ]
    )


def tar_of_oddities() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:

        def add(
            name: str, kind: bytes = tarfile.REGTYPE, target: str = "", data: bytes = b"x"
        ) -> None:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data))

        add("../up.txt")
        add("link.txt", tarfile.SYMTYPE, "/etc/passwd")
        add("hard.txt", tarfile.LNKTYPE, "../../etc/passwd")
        add("null", tarfile.CHRTYPE)
        add("pipe", tarfile.FIFOTYPE)
        add("r\u202etxt.exe")
        add("good.txt", data=letter(921).encode())
    return out.getvalue()


def old_office(stream: str) -> bytes:
    """The beginning of a compound file, as old Word and locked new Word files are."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + bytes(62)
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<H", head, 30, 9)  # sectors of 512 bytes
    struct.pack_into("<I", head, 48, 40)  # the directory's
    return bytes(head) + bytes(40 * 512) + entry + bytes(2048)
