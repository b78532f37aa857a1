"""The main job on Spark: read, link, judge, and write the outputs as Parquet."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extract.archive.gather import Settlement, settle
from extract.archive.owned import record_of
from extract.archive.piles import Piles
from extract.archive.rulefiles import lexicon
from extract.archive.settings import RunSettings
from extract.calculators import cohort_outcomes, eligibility_row, judge
from extract.calculators.cohort_models import Outcomes
from extract.calculators.outcomes import Untreated
from extract.errors import Code, ExtractError, Problem
from extract.outputs import ELIGIBILITY_COLUMNS
from extract.patients import build_patients
from extract.records import LetterRef, Outcome, PatientRecord
from extract.spark.cohort import for_cohort
from extract.spark.letters import FACT_SCHEMA, extract_letters, fact_batches, read_files
from extract.store.model import Entry, KeptLetter

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

#: Rows that go to Spark at once from the driver.
_ROWS: Final = 50_000
_LINK: Final = ", ".join(
    f"{name} string"
    for name in ("letter_id", "path", "digest", "patient_id", "paths", "reasons", "together")
)
_LETTER: Final = "letter_id string, patient_id string, record string"
_ANSWER: Final = ", ".join(f"`{name}` string" for name in ELIGIBILITY_COLUMNS)
_PATIENT: Final = f"{_ANSWER}, record string, letters bigint, treated boolean, excluded string"
_TABLES: Final = {".parquet": "parquet", ".orc": "orc"}


@dataclass(frozen=True, slots=True)
class Written:
    """What a run on Spark wrote, in numbers, and the cohort's outcomes."""

    letters: int
    duplicates: int
    rejected: int
    patients: int
    outcomes: Outcomes


def run(spark: SparkSession, letters: str, out: str, settings: RunSettings) -> Written:
    """Read letters with Spark, link and judge them, and write the outputs below a folder.

    ``facts``, ``letters``, ``rejects``, ``patients`` and ``eligibility`` are Parquet, the
    rows as in the files of a run on one machine, part after part; ``outcomes`` is one line of
    JSON. ``readings`` and ``links`` are what they were made from.

    Args:
        spark: a session; its workers need this package.
        letters: a Parquet or ORC table (``.parquet``, ``.orc``) with the columns that the
            settings name, or a folder of files in any format.
        out: a folder that Spark can write to; what is in it is written over.
        settings: as of a run on one machine; ``letters`` and ``out`` in them do not count.

    Raises:
        ExtractError: the letters or the settings cannot be used.
    """
    if settings.pseudonymise:
        detail = "Names are replaced by runs on one machine only."
        raise ExtractError(Problem("pseudonymise", Code.SETTINGS, detail))
    read = _readings(spark, letters, settings)
    # Written first: what follows looks at it several times, and must see the same.
    read.write.mode("overwrite").parquet(f"{out}/readings")
    read = spark.read.parquet(f"{out}/readings")
    with tempfile.TemporaryDirectory() as room, Piles(Path(room) / "letters") as piles:
        entries = _entries(read.where("record IS NOT NULL"), piles)
        settled = settle(entries, piles, settings.patient_from)
        _write_links(spark, settled, f"{out}/links")
    clashes = [(p.path, p.code.value, p.detail) for p in settled.clashes]
    rejects = read.where("code IS NOT NULL").select("path", "code", "detail")
    if clashes:
        rejects = rejects.union(spark.createDataFrame(clashes, rejects.schema))
    rejects.orderBy("path", "code", "detail").write.mode("overwrite").parquet(f"{out}/rejects")
    key = ["letter_id", "path", "digest"]
    links = spark.read.schema(_LINK).parquet(f"{out}/links")
    linked = links.join(read.dropDuplicates(key).select(*key, "record"), key)
    _write_letters(spark, linked, out)
    outcomes = _write_patients(spark, linked, out, settings)
    return Written(
        letters=settled.count,
        duplicates=settled.duplicates,
        rejected=spark.read.parquet(f"{out}/rejects").count(),
        patients=outcomes.flow.patients,
        outcomes=outcomes,
    )


def _readings(spark: SparkSession, letters: str, settings: RunSettings) -> DataFrame:
    how: dict[str, Any] = {
        "patterns": settings.patterns,
        "seconds": settings.seconds,
        "memory": settings.memory,
        "engine": settings.engine,
    }
    kind = _TABLES.get(Path(letters).suffix)
    if kind is None:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        found = files.load(letters)
        base = _base(letters)
        return read_files(found, base, **how)
    columns = {
        "text": settings.text_column,
        "letter_id": settings.id_column,
        "patient_id": settings.patient_column,
        "letter_date": settings.date_column,
    }
    named = {name: column for name, column in columns.items() if column}
    table = spark.read.format(kind).load(letters)
    return extract_letters(table, name=Path(letters).name, **named, **how)


def _base(letters: str) -> str:
    """The address that begins the path of every file, as Spark gives it."""
    folder = Path(letters)
    return f"file:{folder.resolve()}" if folder.is_dir() else letters.rstrip("/")


def _entries(read: DataFrame, piles: Piles) -> Iterator[Entry]:
    """The letters in order of id and path; where each stands is noted beside."""
    names = ("letter_id", "path", "folder", "identifiers", "digest", "sketch")
    ordered = read.select(*names).orderBy("letter_id", "path", "digest")
    for number, row in enumerate(ordered.toLocalIterator()):
        numbers = tuple((kind, value) for kind, value in json.loads(row["identifiers"]))
        piles.put("places", str(number), json.dumps([row["path"], row["digest"]]))
        place = (row["letter_id"], row["path"], row["folder"])
        yield Entry(number, *place, numbers, row["digest"], row["sketch"])


def _write_links(spark: SparkSession, settled: Settlement, folder: str) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in settled.letters():
            path, digest = json.loads(settled.piles.find("places", str(one.number)) or "")
            group = settled.together.get(one.patient_id, one.patient_id)
            lists = (json.dumps(one.paths), json.dumps(one.reasons))
            yield one.letter_id, path, digest, one.patient_id, *lists, group

    waiting = rows()
    spark.createDataFrame([], _LINK).write.mode("overwrite").parquet(folder)
    while batch := list(islice(waiting, _ROWS)):
        spark.createDataFrame(batch, _LINK).write.mode("append").parquet(folder)


def _write_letters(spark: SparkSession, linked: DataFrame, out: str) -> None:
    """Letters and facts in the order of the out files, part after part."""
    ordered = linked.repartitionByRange("letter_id").sortWithinPartitions("letter_id")
    ordered.mapInPandas(_letters, _LETTER).write.mode("overwrite").parquet(f"{out}/letters")
    letters = spark.read.parquet(f"{out}/letters").select("letter_id", "record")
    ordered = letters.repartitionByRange("letter_id").sortWithinPartitions("letter_id")
    facts = ordered.select("record").mapInPandas(fact_batches, FACT_SCHEMA)
    facts.write.mode("overwrite").parquet(f"{out}/facts")


def _write_patients(
    spark: SparkSession, linked: DataFrame, out: str, settings: RunSettings
) -> Outcomes:
    plain = settings.model_dump_json(include={"criteria", "patterns", "letters"})
    # A plain function: Spark warns of anything else, and quotes the settings.
    together = linked.groupBy("together")
    grouped = together.applyInPandas(lambda group: _patients(plain, group), _PATIENT)
    ordered = grouped.repartitionByRange("patient_id").sortWithinPartitions("patient_id")
    ordered.write.mode("overwrite").parquet(f"{out}/patients")
    patients = spark.read.parquet(f"{out}/patients")
    columns = patients.select(*ELIGIBILITY_COLUMNS).orderBy("patient_id")
    columns.write.mode("overwrite").parquet(f"{out}/eligibility")
    outcomes = _outcomes(patients, settings)
    line = spark.createDataFrame([(outcomes.model_dump_json(),)], "value string")
    line.coalesce(1).write.mode("overwrite").text(f"{out}/outcomes")
    return outcomes


def _outcomes(patients: DataFrame, settings: RunSettings) -> Outcomes:
    """The cohort's outcomes; only the treated come to the driver whole."""
    treated = [
        for_cohort(PatientRecord.model_validate_json(row["record"]))
        for row in patients.where("treated").select("record").toLocalIterator()
    ]
    untreated = Untreated()
    names = patients.where("NOT treated").select("patient_id", "letters", "excluded")
    any_letter = (LetterRef(letter_id=""),)
    for row in names.toLocalIterator():
        outcome = Outcome(treated=False, not_evaluable_because=row["excluded"])
        letters = any_letter * row["letters"]
        untreated.count(
            PatientRecord(patient_id=row["patient_id"], letters=letters, outcome=outcome)
        )
    return cohort_outcomes(treated, settings.criteria, untreated=untreated)


# --------------------------------------------------- what runs in Spark's Python workers


def _letters(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    for batch in batches:
        records = [record_of(kept) for kept in _kept(batch)]
        rows = [(r.letter_id, r.patient_id, r.model_dump_json()) for r in records]
        yield pd.DataFrame(rows, columns=["letter_id", "patient_id", "record"], dtype="object")


def _patients(plain: str, group: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    settings = RunSettings.model_validate_json(plain)
    ordered = group.sort_values(["patient_id", "letter_id"])
    records = [record_of(kept) for kept in _kept(ordered)]
    rows: list[dict[str, Any]] = []
    for built in build_patients(records, lexicon(settings.patterns)):
        patient = judge(built, settings.criteria)
        outcome = patient.outcome or Outcome(treated=False)
        rows.append(
            {
                **eligibility_row(patient),
                "record": patient.model_dump_json(),
                "letters": len(patient.letters),
                "treated": outcome.treated,
                "excluded": outcome.not_evaluable_because,
            }
        )
    columns = [*ELIGIBILITY_COLUMNS, "record", "letters", "treated", "excluded"]
    return pd.DataFrame(rows, columns=columns)


def _kept(rows: pd.DataFrame) -> Iterator[KeptLetter]:
    for row in rows.to_dict("records"):
        lists = (tuple(json.loads(row["paths"])), tuple(json.loads(row["reasons"])))
        yield KeptLetter(row["patient_id"], *lists, row["record"])
