"""The main job on Spark, from the command line."""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.terminal import console, many
from extract.errors import Code, ExtractError, Problem
from extract.settings import EngineName

if TYPE_CHECKING:
    from extract.archive import RunSettings
    from extract.spark import Written

#: An address of a distributed file system that went through a path and lost a slash.
_ADDRESS = re.compile(r"^([a-z][a-z0-9+.-]+):/+")


class Engine(StrEnum):
    """What reads the letters: one of the ways of this machine, or Spark."""

    SCANNED = EngineName.SCANNED.value
    REFERENCE = EngineName.REFERENCE.value
    SPARK = "spark"

    @property
    def here(self) -> EngineName:
        """How a process finds mentions."""
        return EngineName.SCANNED if self is Engine.SPARK else EngineName(self.value)


def run_on_spark(settings: RunSettings) -> Written:
    """Do the main job on the Spark that the environment names, and say what was written.

    Raises:
        ExtractError: pyspark or Java is missing, or the letters cannot be used.
    """
    from importlib.util import find_spec
    from shutil import which

    if find_spec("pyspark") is None:
        detail = "It needs pyspark: `pip install 'extract-letters[spark]'`."
        raise ExtractError(Problem("--engine", Code.MISSING_EXTRA, detail))
    if which("java") is None and not os.environ.get("JAVA_HOME"):
        detail = "Spark needs Java 17, and there is none on this machine."
        raise ExtractError(Problem("--engine", Code.SETTINGS, detail))
    from pyspark.sql import SparkSession

    from extract.spark import run

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("extract").getOrCreate()
    try:
        written = run(spark, address(settings.letters), address(settings.out), settings)
    finally:
        spark.stop()
    console().print(
        f"{many(written.letters, 'letter')} of {many(written.patients, 'patient')}, "
        f"{written.duplicates:,} more were copies; {many(written.rejected, 'file')} rejected"
    )
    return written


def address(path: Path) -> str:
    """A path as Spark takes it: ``hdfs:/node/x`` is ``hdfs://node/x``."""
    return _ADDRESS.sub(r"\1://", str(path))
