"""``--engine spark`` goes to Spark with the addresses as they were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.archive import RunSettings
from extract.cli.spark import Engine, address, run_on_spark
from extract.errors import Code, ExtractError
from extract.settings import EngineName


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("hdfs://node:9000/letters", "hdfs://node:9000/letters"),
        ("s3a://bucket/letters.parquet", "s3a://bucket/letters.parquet"),
        ("/data/letters", "/data/letters"),
        ("letters", "letters"),
    ],
)
def test_an_address_survives_being_a_path(given: str, said: str) -> None:
    assert address(Path(given)) == said


def test_every_way_of_this_machine_is_an_engine() -> None:
    assert {engine.value for engine in Engine} == {*map(str, EngineName), "spark"}
    assert Engine.REFERENCE.here is EngineName.REFERENCE


def test_without_java_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ExtractError, match="Java 17") as raised:
        run_on_spark(RunSettings.checked(letters=tmp_path))
    assert raised.value.problems[0].code is Code.SETTINGS
