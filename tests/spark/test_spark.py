"""Spark reads, links and judges as one machine does, row for row."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from extract.archive import RunSettings
from extract.archive.run import run as run_here
from extract.errors import Code, ExtractError
from extract.outputs import FACT_COLUMNS
from tests.archive.faults import START

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "letters"
TOP = Path(__file__).resolve().parents[2]


def _lacks() -> str:
    if find_spec("pyspark") is None:
        return "pyspark is not installed (pip install 'extract-letters[spark]')"
    return "" if shutil.which("java") else "Java 17 is not installed"


if _lacks() and not os.environ.get("CI"):
    pytest.skip(_lacks(), allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A cluster of two workers in processes of their own."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    path = os.pathsep.join([str(TOP), os.environ.get("PYTHONPATH", "")])
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("extract")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.executorEnv.PYTHONPATH", path)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some patients of the corpus, a letter that stands twice, and two that fail."""
    root = tmp_path_factory.mktemp("letters")
    for patient in sorted(CORPUS.iterdir())[:2]:
        shutil.copytree(patient, root / patient.name)
    first = min(root.rglob("*.txt"))
    shutil.copy(first, first.with_name("again.txt"))
    (root / "empty.txt").write_text(" \n")
    (root / "noise.bin").write_bytes(b"\1\2\3\4" * 9)
    return root


@pytest.fixture(scope="module")
def here(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine makes of it."""
    out = tmp_path_factory.mktemp("here")
    run_here(RunSettings.checked(letters=archive, out=out, workers=1))
    return out


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(spark: Any, folder: Path, *columns: str) -> list[dict[str, str]]:
    """A folder of Parquet, part after part."""
    import pandas as pd

    parts = [pd.read_parquet(part) for part in sorted(folder.glob("part-*.parquet"))]
    found = pd.concat(parts)[list(columns)]
    return [
        {str(name): str(value) for name, value in row.items()} for row in found.to_dict("records")
    ]


def test_a_folder_gives_the_same_on_spark(
    spark: Any, archive: Path, here: Path, tmp_path: Path
) -> None:
    from extract.spark import run

    written = run(spark, str(archive), str(tmp_path), RunSettings.checked(letters=archive))
    assert table(spark, tmp_path / "facts", *FACT_COLUMNS) == rows_of(here / "facts.csv")
    eligibility = rows_of(here / "eligibility.csv")
    assert table(spark, tmp_path / "eligibility", *eligibility[0]) == eligibility
    for kind in ("letters", "patients"):
        found = [row["record"] for row in table(spark, tmp_path / kind, "record")]
        assert found == (here / f"{kind}.jsonl").read_text().splitlines()
    rejects = table(spark, tmp_path / "rejects", "path", "code")
    assert rejects == [{k: r[k] for k in ("path", "code")} for r in rows_of(here / "rejects.csv")]
    assert written.outcomes.model_dump(mode="json") == json.loads(
        (here / "outcomes.json").read_text()
    )
    counts = json.loads((here / "run.json").read_text())["counts"]
    assert written.letters == counts["letters"]
    assert written.duplicates == counts["duplicates"] == 1
    assert written.rejected == counts["rejected"] + counts["empty"] == 2


def test_a_table_gives_the_facts_that_the_table_gives_here(
    spark: Any, archive: Path, tmp_path: Path
) -> None:
    from extract.spark import extract_letters, facts_of

    letters = [
        {"key": f"{path.parent.name}-{path.stem}", "letter": path.read_text(), "who": "p1"}
        for path in sorted(archive.rglob("*.txt"))
        if path.parent != archive and path.name != "again.txt"
    ][:5]
    file = tmp_path / "table.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in letters))
    settings = RunSettings.checked(
        letters=file, out=tmp_path / "out", workers=1,
        text_column="letter", id_column="key", patient_column="who",
    )  # fmt: skip
    run_here(settings)
    random.Random(1).shuffle(letters)
    df = spark.createDataFrame(letters)
    read = extract_letters(df, text="letter", letter_id="key", patient_id="who").cache()
    known = {"patient_id", "review", "reason"}  # those that linking gives
    columns = [name for name in FACT_COLUMNS if name not in known]
    found = facts_of(read.orderBy("letter_id")).select(*columns).collect()
    told = [{name: str(row[name]) for name in columns} for row in found]
    ids = {row["letter_id"] for row in told}
    expected = [
        {name: row[name] for name in columns}
        for row in rows_of(tmp_path / "out" / "facts.csv")
        if row["letter_id"] in ids
    ]
    assert len(ids) == 5
    assert told == expected


def test_letters_that_fail_are_rows_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a Python worker of Spark does with a batch, in this process."""
    import pandas as pd

    from extract.spark import letters

    monkeypatch.setattr("extract.archive.pool._START", START)
    monkeypatch.setattr("extract.archive.pool._GRACE", 0.5)
    texts = {"a": "status 1", "b": "HANG canary", "c": "DIE canary", "d": "status 2", "e": " "}
    columns = ["text", "letter_id"]
    batches = [
        pd.DataFrame([(text, key)], columns=columns)
        for key, text in (*texts.items(), (None, "status 3"))
    ]
    setup = RunSettings.checked(letters=Path(), seconds=1).setup
    source_of = partial(letters._of_row, "table", columns)
    found = pd.concat(letters._read(setup, source_of, batches))
    assert letters._pools[setup].workers, "the process stays for the next batch"
    letters._pools.pop(setup).close()
    rows = {row["letter_id"] or row["path"]: row["code"] for row in found.to_dict("records")}
    assert {key: code if isinstance(code, str) else None for key, code in rows.items()} == {
        "a": None,
        "table/b": "timed_out",
        "table/c": "failed",
        "d": None,
        "table/e": "empty",
        "table": "column_missing",
    }
    assert "canary" not in " ".join(str(detail) for detail in found["detail"])


def test_a_frame_without_the_column_is_refused(spark: Any) -> None:
    from extract.spark import extract_letters

    df = spark.createDataFrame([("a", "status 1")], "letter_id string, text string")
    with pytest.raises(ExtractError) as raised:
        extract_letters(df, text="words")
    assert raised.value.problems[0].code is Code.NO_COLUMN
