"""One of each kind of file that means harm or is broken, and what must become of it.

Each kind gives its place below the archive, the code that must stand in ``rejects.csv`` for
each path, and the ids of the good letters that lie beside or inside it.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from extract.errors import Code
from tests.letters.writers import archives, broken, messages, office


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


def put_all(folder: Path, scale: int) -> tuple[dict[str, Code], set[str]]:
    """Write the whole archive; the expected rejects, and the ids of the good letters."""
    rejects: dict[str, Code] = {}
    good: set[str] = set()
    for number, kind in enumerate(kinds(scale)):
        kind.put(folder)
        rejects |= kind.expected()
        beside = f"{Path(kind.path).parent.as_posix()}/good{number:03}"
        (folder / f"{beside}.txt").write_text(broken.letter(number))
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
    size = 100 * broken.MEGABYTE * scale
    zeros = archives.write_zip({"a.txt": bytes(size), "good.txt": broken.letter(901).encode()})
    yield Kind("bombs/zeros.zip", zeros, Code.BOMB)
    yield Kind("bombs/overlapping.zip", broken.overlapping(), Code.BOMB)
    yield Kind(
        "bombs/lying.zip", broken.lying(size), rejects={"bombs/lying.zip/a.txt": Code.DAMAGED}
    )
    inner = archives.write_zip({f"{n}.txt": bytes(10 * broken.MEGABYTE) for n in range(9)})
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
    yield Kind("bombs/name.tar.gz", gzip.compress(broken.long_name(size)), Code.BOMB)
    huge = {"word/document.xml": b"<w:document>" + b" " * size + b"</w:document>"}
    yield Kind("bombs/part.docx", broken.docx_with(huge), Code.BOMB)
    yield Kind("bombs/dots.png", broken.png(60_000, 60_000), Code.BOMB)
    yield Kind("bombs/rows.parquet", broken.same_rows(), Code.BOMB)
    yield Kind("bombs/page.pdf", broken.one_page(bytes(200 * broken.MEGABYTE)), Code.EMPTY)


def _nested() -> Iterator[Kind]:
    data = broken.letter(910).encode()
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
    two = archives.write_zip({"in.zip": archives.write_zip({"a.txt": broken.letter(911).encode()})})
    yield Kind("nested/two.zip", two, letters=("nested/two/in/a",))


def _paths() -> Iterator[Kind]:
    names = {"../up.txt": "zip/../up.txt", "/etc/passwd": "zip//etc/passwd", "C:\\a.txt": "zip/C:/a.txt",
             "b\\..\\..\\c.txt": "zip/b/../../c.txt"}  # fmt: skip
    files = dict.fromkeys(names, b"x") | {"in/good.txt": broken.letter(920).encode()}
    rejects = {f"paths/out.{shown}": Code.UNSAFE_PATH for shown in names.values()}
    yield Kind(
        "paths/out.zip", archives.write_zip(files), rejects=rejects, letters=("paths/out/in/good",)
    )
    yield Kind(
        "paths/links.tar",
        broken.tar_of_oddities(),
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
    yield Kind(
        "xml/laughs.docx", broken.docx_with({"word/document.xml": document}), Code.XML_ENTITIES
    )
    outside = b"<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:styles>&x;</w:styles>"
    yield Kind(
        "xml/outside.docx", broken.docx_with({"word/styles.xml": outside}), Code.XML_ENTITIES
    )
    wide = document.decode().encode("utf-16")
    yield Kind("xml/wide.docx", broken.docx_with({"word/document.xml": wide}), Code.XML_ENTITIES)
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
        write_pdf(broken.letter(930)).replace(b"trailer<<", b"trailer<<" + locked),
        Code.ENCRYPTED,
    )
    data = bytearray(archives.write_zip({"a.txt": broken.letter(931).encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    yield Kind("locked/a.zip", bytes(data), rejects={"locked/a.zip/a.txt": Code.ENCRYPTED})
    yield Kind("locked/a.docx", broken.old_office("EncryptedPackage"), Code.ENCRYPTED)
    mail = messages.mail()
    mail.replace_header("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data")
    yield Kind("locked/a.eml", bytes(mail), Code.ENCRYPTED)


def _cut() -> Iterator[Kind]:
    from tests.letters.writers.pdf import write_pdf

    text = broken.letter(940)
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
    yield Kind("cut/a.png", broken.png(100, 100)[:-20], Code.DAMAGED)
    packed = messages.write_hl7_packed(pdf)
    cut = re.sub(rb"(Base64\^.{2001}).*?\|", rb"\1|", packed)
    yield Kind("cut/a.hl7", cut, Code.DAMAGED)
    rows = archives.write_parquet([{"text": text}])
    yield Kind("cut/a.parquet", rows[: len(rows) // 2], Code.DAMAGED)
    yield Kind("cut/old.doc", broken.old_office("WordDocument"), Code.UNSUPPORTED)
    yield Kind("cut/noise.txt", bytes(range(256)) * 20, Code.NOT_TEXT)
    yield Kind("cut/empty.txt", b"", Code.EMPTY)


def _large(scale: int) -> Iterator[Kind]:
    def text(place: Path) -> None:
        line = broken.letter(950).encode()
        with place.open("wb") as stream:
            for _ in range(25 * scale):
                stream.write(line * (broken.MEGABYTE // len(line) + 1))

    yield Kind("large/a.txt", text, Code.TOO_LARGE)
    yield Kind("large/long.txt", broken.letter(951).encode() * 6000, Code.TOO_LONG)
    yield Kind("large/pages.pdf", broken.many_pages(5000), Code.TOO_MANY_PAGES)
    yield Kind(
        "large/one-line.jsonl",
        b'{"text": "' + b"x" * (21 * broken.MEGABYTE) + b'"}',
        Code.TOO_LARGE,
    )
    yield Kind("large/one-cell.csv", b'text\n"' + b"x" * (21 * broken.MEGABYTE), Code.TOO_LARGE)


def _characters() -> Iterator[Kind]:
    text = broken.letter(960)
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
        place.write_text(broken.letter(971))
        place.chmod(0)

    def closed(place: Path) -> None:
        place.mkdir()
        (place / "a.txt").write_text(broken.letter(972))
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
    yield Kind(odd, broken.letter(973).encode(), rejects={"places/\\xff\\xfe.txt": Code.BAD_NAME})
    yield Kind(
        "places/a\u202etxt.exe",
        broken.letter(974).encode(),
        rejects={"places/a\\u202etxt.exe": Code.BAD_NAME},
    )
    yield Kind(
        "places/a\nb.txt", broken.letter(975).encode(), rejects={"places/a\\nb.txt": Code.BAD_NAME}
    )


def _deep() -> Iterator[Kind]:
    yield Kind("deep/a.html", b"<html>" + b"<div>" * 50_000 + b"PS 1", Code.NESTED)
    yield Kind("deep/a.rtf", b"{\\rtf1 " + b"{" * 50_000 + b"PS 1" + b"}" * 50_001, Code.NESTED)
    deep = b'{"resourceType": "Composition", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    yield Kind("deep/a.json", deep, Code.NESTED)
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    body += b"<w:sdt><w:sdtContent>" * 30_000 + b"</w:sdtContent></w:sdt>" * 30_000
    yield Kind(
        "deep/a.docx",
        broken.docx_with({"word/document.xml": body + b"</w:body></w:document>"}),
        Code.DAMAGED,
    )
