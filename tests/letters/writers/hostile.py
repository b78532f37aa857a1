"""One of each kind of file that means harm or is broken, and what must become of it.

Each kind gives its place below the archive, the code that must stand in ``rejects.csv`` for
each path, and the ids of the good letters that lie beside or inside it.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import socket
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from extract.errors import Code
from tests.letters.writers import archives, messages, office

#: What a 500 MB text and a bomb are made of, per unit of ``scale``.
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Kind:
    """One kind of hostile file.

    Attributes:
        path: where it lies.
        make: its bytes, or what puts it there.
        rejects: codes by path; by default the file itself has ``code``.
        letters: ids of the good letters in it.
    """

    path: str
    make: bytes | Callable[[Path], None]
    code: Code | None = None
    rejects: Mapping[str, Code] = field(default_factory=dict)
    letters: tuple[str, ...] = ()

    def expected(self) -> dict[str, Code]:
        """The code for each path that must be rejected."""
        return {self.path: self.code, **self.rejects} if self.code else dict(self.rejects)

    def put(self, folder: Path) -> None:
        """Write it below ``folder``."""
        # Joined as text: pathlib would tidy what must stay untidy.
        place = Path(os.fsdecode(os.fsencode(folder) + b"/" + os.fsencode(self.path)))
        place.parent.mkdir(parents=True, exist_ok=True)
        if callable(self.make):
            self.make(place)
        else:
            place.write_bytes(self.make)


def letter(number: int) -> str:
    """A good letter, like no other."""
    return (
        "Department of Medical Oncology\n"
        f"Clinic date: {number % 28 + 1} March {2000 + number % 20}\n\n"
        f"Diagnosis: metastatic clear cell renal cell carcinoma, seen {number} times.\n"
        f"On examination he is well. ECOG performance status {number % 3}.\n"
    )


def put_all(folder: Path, scale: int) -> tuple[dict[str, Code], set[str]]:
    """Write the whole archive; the expected rejects, and the ids of the good letters."""
    rejects: dict[str, Code] = {}
    good: set[str] = set()
    for number, kind in enumerate(kinds(scale)):
        kind.put(folder)
        rejects |= kind.expected()
        beside = f"{Path(kind.path).parent.as_posix()}/good{number:03}"
        (folder / f"{beside}.txt").write_text(letter(number))
        good |= {beside, *kind.letters}
    return rejects, good


# ---------------------------------------------------------------- all of them


def kinds(scale: int = 1) -> Iterator[Kind]:
    """Every kind; ``scale`` 20 makes the large ones as large as they come.

    Args:
        scale: a text of 25 MB, and a bomb of 100 MB, are made so many times as large.
    """
    yield from _bombs(scale)
    yield from _nested()
    yield from _paths()
    yield from _entities()
    yield from _locked()
    yield from _cut()
    yield from _large(scale)
    yield from _characters()
    yield from _places()
    yield from _deep()


def _bombs(scale: int) -> Iterator[Kind]:
    size = 100 * _MEGABYTE * scale
    zeros = archives.write_zip({"a.txt": bytes(size), "good.txt": letter(901).encode()})
    yield Kind("bombs/zeros.zip", zeros, Code.BOMB)
    yield Kind("bombs/overlapping.zip", _overlapping(), Code.BOMB)
    yield Kind("bombs/lying.zip", _lying(size), rejects={"bombs/lying.zip/a.txt": Code.DAMAGED})
    inner = archives.write_zip({f"{n}.txt": bytes(10 * _MEGABYTE) for n in range(9)})
    packed = archives.write_zip({f"{n}.zip": inner for n in range(9)})
    yield Kind(
        "bombs/two-layers.zip",
        packed,
        rejects={f"bombs/two-layers.zip/{n}.zip": Code.BOMB for n in range(9)},
    )
    yield Kind(
        "bombs/zeros.gz",
        gzip.compress(bytes(size)),
        rejects={"bombs/zeros.gz/zeros": Code.TOO_LARGE},
    )
    for name in ("gz", "xz", "bz2"):
        data = archives.write_tar({"a.txt": bytes(size)}, name)
        # What comes after the file is behind it, and cannot be reached.
        more = {f"bombs/tar.{name}/a.txt": Code.BOMB}
        yield Kind(f"bombs/tar.{name}", data, Code.BOMB, more)
    yield Kind("bombs/name.tar.gz", gzip.compress(_long_name(size)), Code.BOMB)
    huge = {"word/document.xml": b"<w:document>" + b" " * size + b"</w:document>"}
    yield Kind("bombs/part.docx", docx_with(huge), Code.BOMB)
    yield Kind("bombs/dots.png", png(60_000, 60_000), Code.BOMB)
    yield Kind("bombs/rows.parquet", _same_rows(), Code.BOMB)
    yield Kind("bombs/page.pdf", _one_page(bytes(200 * _MEGABYTE)), Code.EMPTY)


def _nested() -> Iterator[Kind]:
    data = letter(910).encode()
    for depth in range(5):
        data = archives.write_zip({f"{depth}.zip" if depth else "a.txt": data})
    yield Kind("nested/five.zip", data, rejects={"nested/five.zip/4.zip/3.zip/2.zip": Code.NESTED})
    mail: EmailMessage = messages.mail("Inmost.")
    for _ in range(6):
        outer = messages.mail()
        outer.add_attachment(mail)
        mail = outer
    inside = "nested/forwarded.eml" + "/part1.eml" * 3
    yield Kind("nested/forwarded.eml", bytes(mail), rejects={inside: Code.NESTED})
    two = archives.write_zip({"in.zip": archives.write_zip({"a.txt": letter(911).encode()})})
    yield Kind("nested/two.zip", two, letters=("nested/two/in/a",))


def _paths() -> Iterator[Kind]:
    names = {"../up.txt": "zip/../up.txt", "/etc/passwd": "zip//etc/passwd", "C:\\a.txt": "zip/C:/a.txt",
             "b\\..\\..\\c.txt": "zip/b/../../c.txt"}  # fmt: skip
    files = dict.fromkeys(names, b"x") | {"in/good.txt": letter(920).encode()}
    rejects = {f"paths/out.{shown}": Code.UNSAFE_PATH for shown in names.values()}
    yield Kind(
        "paths/out.zip", archives.write_zip(files), rejects=rejects, letters=("paths/out/in/good",)
    )
    yield Kind(
        "paths/links.tar",
        _tar_of_oddities(),
        rejects={
            "paths/links.tar/../up.txt": Code.UNSAFE_PATH,
            "paths/links.tar/link.txt": Code.OUTSIDE,
            "paths/links.tar/hard.txt": Code.OUTSIDE,
            "paths/links.tar/null": Code.NOT_A_FILE,
            "paths/links.tar/pipe": Code.NOT_A_FILE,
            "paths/links.tar/r\u202etxt.exe": Code.BAD_NAME,
        },
        letters=("paths/links/good",),
    )


def _entities() -> Iterator[Kind]:
    laughs = b'<!DOCTYPE lolz [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12)
    )
    document = b"<?xml version='1.0'?>" + laughs + b"]><w:document>&l;</w:document>"
    yield Kind("xml/laughs.docx", docx_with({"word/document.xml": document}), Code.XML_ENTITIES)
    outside = b"<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:styles>&x;</w:styles>"
    yield Kind("xml/outside.docx", docx_with({"word/styles.xml": outside}), Code.XML_ENTITIES)
    wide = document.decode().encode("utf-16")
    yield Kind("xml/wide.docx", docx_with({"word/document.xml": wide}), Code.XML_ENTITIES)
    page = b"<?xml version='1.0'?><!DOCTYPE html [" + laughs[14:] + b"]><html><p>&l;</p></html>"
    yield Kind("xml/laughs.html", page, Code.XML_ENTITIES)
    yield Kind("xml/laughs.xml", document, Code.UNSUPPORTED)


def _locked() -> Iterator[Kind]:
    from tests.letters.writers.pdf import write_pdf

    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    yield Kind(
        "locked/a.pdf",
        write_pdf(letter(930)).replace(b"trailer<<", b"trailer<<" + locked),
        Code.ENCRYPTED,
    )
    data = bytearray(archives.write_zip({"a.txt": letter(931).encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    yield Kind("locked/a.zip", bytes(data), rejects={"locked/a.zip/a.txt": Code.ENCRYPTED})
    yield Kind("locked/a.docx", old_office("EncryptedPackage"), Code.ENCRYPTED)
    mail = messages.mail()
    mail.replace_header("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data")
    yield Kind("locked/a.eml", bytes(mail), Code.ENCRYPTED)


def _cut() -> Iterator[Kind]:
    from tests.letters.writers.pdf import write_pdf

    text = letter(940)
    whole = office.write_docx(text)
    yield Kind("cut/a.docx", whole[: len(whole) // 2], Code.DAMAGED)
    pdf = write_pdf(text)
    yield Kind("cut/a.pdf", pdf[: len(pdf) // 3], Code.DAMAGED)
    yield Kind("cut/a.rtf", office.write_rtf(text)[:-40], Code.DAMAGED)
    yield Kind("cut/a.zip", archives.write_zip({"a.txt": os.urandom(3000)})[:-60], Code.DAMAGED)
    yield Kind("cut/a.tar.gz", archives.write_tar({"a.txt": os.urandom(3000)})[:1500], Code.DAMAGED)
    yield Kind("cut/a.json", messages.as_json(messages.composition(text))[:-30], Code.DAMAGED)
    attached = messages.attach(messages.mail(), "a.docx", whole, "application/x")
    yield Kind("cut/a.eml", bytes(attached)[:-5000], Code.DAMAGED)
    yield Kind("cut/a.png", png(100, 100)[:-20], Code.DAMAGED)
    packed = messages.write_hl7_packed(pdf)
    cut = re.sub(rb"(Base64\^.{2001}).*?\|", rb"\1|", packed)
    yield Kind("cut/a.hl7", cut, Code.DAMAGED)
    rows = archives.write_parquet([{"text": text}])
    yield Kind("cut/a.parquet", rows[: len(rows) // 2], Code.DAMAGED)
    yield Kind("cut/old.doc", old_office("WordDocument"), Code.UNSUPPORTED)
    yield Kind("cut/noise.txt", bytes(range(256)) * 20, Code.NOT_TEXT)
    yield Kind("cut/empty.txt", b"", Code.EMPTY)


def _large(scale: int) -> Iterator[Kind]:
    def text(place: Path) -> None:
        line = letter(950).encode()
        with place.open("wb") as stream:
            for _ in range(25 * scale):
                stream.write(line * (_MEGABYTE // len(line) + 1))

    yield Kind("large/a.txt", text, Code.TOO_LARGE)
    yield Kind("large/long.txt", letter(951).encode() * 6000, Code.TOO_LONG)
    yield Kind("large/pages.pdf", _many_pages(5000), Code.TOO_MANY_PAGES)
    yield Kind(
        "large/one-line.jsonl", b'{"text": "' + b"x" * (21 * _MEGABYTE) + b'"}', Code.TOO_LARGE
    )
    yield Kind("large/one-cell.csv", b'text\n"' + b"x" * (21 * _MEGABYTE), Code.TOO_LARGE)


def _characters() -> Iterator[Kind]:
    text = letter(960)
    yield Kind("chars/nul.txt", text.encode() + b"\0\0", Code.NUL_BYTES)
    yield Kind("chars/surrogate.txt", text.encode() + b"\xed\xa0\x80", Code.SURROGATES)
    row = json.dumps({"letter_id": "half", "text": text + "\ud800"}).encode()
    yield Kind("chars/surrogate.jsonl", row, Code.SURROGATES)
    yield Kind("chars/reversed.txt", (text + "PS \u202e2\u202c").encode(), Code.BIDI)
    page = office.write_html(text + "PS \u202e2\u202c")
    yield Kind("chars/reversed.html", page, Code.BIDI)


def _places() -> Iterator[Kind]:
    def socket_at(place: Path) -> None:
        with socket.socket(socket.AF_UNIX) as made:
            old = Path.cwd()
            os.chdir(place.parent)  # the path of a socket may not be long
            try:
                made.bind(place.name)
            finally:
                os.chdir(old)

    def unreadable(place: Path) -> None:
        place.write_text(letter(971))
        place.chmod(0)

    def closed(place: Path) -> None:
        place.mkdir()
        (place / "a.txt").write_text(letter(972))
        place.chmod(0)

    def outwards(place: Path) -> None:
        place.symlink_to("/etc/hostname")

    def around(place: Path) -> None:
        place.symlink_to(place.parent, target_is_directory=True)

    def circle(place: Path) -> None:
        other = place.with_name("circle2")
        place.symlink_to(other)
        other.symlink_to(place)

    yield Kind("places/pipe.txt", os.mkfifo, Code.NOT_A_FILE)
    yield Kind("places/socket", socket_at, Code.NOT_A_FILE)
    yield Kind("places/null", lambda place: place.symlink_to("/dev/zero"), Code.OUTSIDE)
    if os.geteuid() == 0:
        yield Kind(
            "places/zero",
            lambda place: os.mknod(place, stat.S_IFCHR | 0o666, os.makedev(1, 5)),
            Code.NOT_A_FILE,
        )
    yield Kind("places/outwards.txt", outwards, Code.OUTSIDE)
    yield Kind("places/around", around, Code.LINK_LOOP)
    yield Kind("places/circle", circle, Code.LINK_LOOP, {"places/circle2": Code.LINK_LOOP})
    yield Kind("places/broken", lambda place: place.symlink_to("nowhere"), Code.LINK_BROKEN)
    yield Kind("places/unreadable.txt", unreadable, Code.UNREADABLE)
    yield Kind("places/closed", closed, Code.UNREADABLE)
    odd = os.fsdecode(b"places/\xff\xfe.txt")
    yield Kind(odd, letter(973).encode(), rejects={"places/\\xff\\xfe.txt": Code.BAD_NAME})
    yield Kind(
        "places/a\u202etxt.exe",
        letter(974).encode(),
        rejects={"places/a\\u202etxt.exe": Code.BAD_NAME},
    )
    yield Kind("places/a\nb.txt", letter(975).encode(), rejects={"places/a\\nb.txt": Code.BAD_NAME})


def _deep() -> Iterator[Kind]:
    yield Kind("deep/a.html", b"<html>" + b"<div>" * 50_000 + b"PS 1", Code.NESTED)
    yield Kind("deep/a.rtf", b"{\\rtf1 " + b"{" * 50_000 + b"PS 1" + b"}" * 50_001, Code.NESTED)
    deep = b'{"resourceType": "Composition", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    yield Kind("deep/a.json", deep, Code.NESTED)
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    body += b"<w:sdt><w:sdtContent>" * 30_000 + b"</w:sdtContent></w:sdt>" * 30_000
    yield Kind(
        "deep/a.docx",
        docx_with({"word/document.xml": body + b"</w:body></w:document>"}),
        Code.DAMAGED,
    )


# -------------------------------------------------------------------- their making


def _overlapping() -> bytes:
    """A ZIP archive of many files that are all the same bytes, each claiming to be large."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(15 * _MEGABYTE)) + kernel.flush()
    claims = (20, 0, 8, 0, 0, zlib.crc32(bytes(15 * _MEGABYTE)), len(packed), 15 * _MEGABYTE)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *claims, 1, 0) + b"a"
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *claims, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in (b"%05d" % n for n in range(2000))
    )
    size = len(local) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(entries), size, 0)
    return local + packed + entries + end


def _lying(size: int) -> bytes:
    """A ZIP archive whose one file unpacks to far more than is said of it."""
    data = bytearray(archives.write_zip({"a.txt": bytes(size)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + at, 1000)
    return bytes(data)


def _long_name(size: int) -> bytes:
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
    dots = os.urandom((width + 1) * height) if width * height < _MEGABYTE else b"\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(dots))
        + chunk(b"IEND", b"")
    )


def _same_rows() -> bytes:
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


def _many_pages(count: int) -> bytes:
    """A PDF whose pages are all one."""
    from tests.letters.writers.pdf import file_of

    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join([b"3 0 R"] * count)),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def _one_page(drawing: bytes) -> bytes:
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


def _tar_of_oddities() -> bytes:
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
