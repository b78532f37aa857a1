"""``--engine spark`` from the command line, on a cluster of two workers of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS
from tests.archive.test_canaries import CANARIES
from tests.spark.test_spark import TOP, archive, rows_of, table

__all__ = ["archive"]  # the fixture

SUBMIT = (
    "--master local-cluster[2,1,1024]",
    "--conf spark.driver.host=127.0.0.1",
    "--conf spark.driver.bindAddress=127.0.0.1",
    "--conf spark.ui.enabled=false",
    "--conf spark.sql.shuffle.partitions=2",
    f"--conf spark.executorEnv.PYTHONPATH={TOP}",
    "pyspark-shell",
)


def command(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line, from the folder of the program."""
    return subprocess.run(
        [sys.executable, "-m", "extract", *map(str, words)],
        cwd=TOP,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_gives_the_rows_of_one_machine(archive: Path, tmp_path: Path) -> None:
    (archive / "canary.txt").write_text(
        "Re: Mr Zebedee Quillfeather, NHS No 999 000 0018. He keeps a sea urchin.\n"
        "ECOG performance status 1 on 4 March 2011.\n"
    )
    here, there = tmp_path / "here", tmp_path / "there"
    alone = command(archive, "--out", here, "--workers", 1)
    assert alone.returncode == 1, alone.stderr
    words = (archive, "--out", there, "--engine", "spark")
    many = command(*words, PYSPARK_SUBMIT_ARGS=" ".join(SUBMIT))
    said = many.stdout + many.stderr
    assert many.returncode == 1, said
    rows: dict[str, tuple[Any, ...]] = {"facts": FACT_COLUMNS, "eligibility": ELIGIBILITY_COLUMNS}
    for name, columns in rows.items():
        expected = rows_of(here / f"{name}.csv")
        assert expected
        assert table(None, there / name, *columns) == expected
    for name in ("letters", "patients"):
        records = [row["record"] for row in table(None, there / name, "record")]
        assert records == (here / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rejects = [{k: row[k] for k in ("path", "code")} for row in rows_of(here / "rejects.csv")]
    assert table(None, there / "rejects", "path", "code") == rejects
    (line,) = (part.read_text() for part in (there / "outcomes").glob("part-*"))
    assert json.loads(line) == json.loads((here / "outcomes.json").read_text())
    counts = json.loads((here / "run.json").read_text())["counts"]
    number = f"{counts['letters']} letters of {counts['patients']} patients, 1 more were copies"
    assert f"{number}; 2 files rejected" in many.stdout
    assert not [word for word in (*CANARIES, "eval type") if word.lower() in said.lower()]
