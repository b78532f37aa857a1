"""Archives and tables of letters."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

Files = Mapping[str, bytes]


def write_zip(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def write_tar(files: Files, packing: str = "gz") -> bytes:
    """A tar archive, packed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


Rows = Iterable[Mapping[str, str]]


def write_csv(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table with a header."""
    held = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(held[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(held)
    return out.getvalue().encode(encoding)


def write_jsonl(rows: Rows) -> bytes:
    """An object a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def write_parquet(rows: Rows) -> bytes:
    """A Parquet table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), out)
    return out.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files in a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
