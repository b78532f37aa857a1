"""What a run is asked to do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.archive.work import Setup
from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.presets import named_criteria
from extract.errors import Code, ExtractError, Problem
from extract.letters.options import ReadOptions
from extract.letters.pseudonyms import Pseudonyms
from extract.settings import MAX_BYTES, MEMORY, SECONDS, EngineName, PatientFrom

#: Below this many files, other processes take longer to start than they save.
FEW = 300
MEGABYTE = 1_000_000


class RunSettings(BaseModel):
    """The settings of one run, frozen.

    Attributes:
        letters: a folder of letters, or one file.
        out: where the outputs go.
        workers: processes that read letters; 0 takes one for a few files, else one a core.
        patient_from: what decides whose letter it is.
        criteria: thresholds for eligibility and response.
        max_bytes: the largest file that is read.
        patterns: a folder of rules instead of the program's own.
        seconds: how long one letter may take.
        memory: megabytes that one worker may take beyond what its pipeline takes.
        store: SQLAlchemy's URL of a database; default, a SQLite file in the out folder.
        text_column: the column of tables that holds the letters' text.
        id_column: the column with their ids.
        patient_column: the column that says whose they are.
        date_column: the column with their dates.
        pseudonymise: a file with the key that identifiers are replaced under.
        engine: how mentions are found; both ways find the same, the reference slowly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    letters: Path
    out: Path = Path("extracted")
    workers: Annotated[int, Field(ge=0, le=512)] = 0
    patient_from: PatientFrom = PatientFrom.AUTO
    criteria: Criteria = PUBLISHED
    max_bytes: Annotated[int, Field(ge=1)] = MAX_BYTES
    patterns: Path | None = None
    seconds: Annotated[float, Field(gt=0)] = SECONDS
    memory: Annotated[int, Field(ge=100)] = MEMORY // MEGABYTE
    store: str | None = Field(default=None, repr=False)
    text_column: str | None = None
    id_column: str | None = None
    patient_column: str | None = None
    date_column: str | None = None
    pseudonymise: Path | None = None
    engine: EngineName = EngineName.SCANNED

    @classmethod
    def checked(cls, **values: Any) -> RunSettings:
        """The settings from the values of a caller.

        Raises:
            ExtractError: (``bad_settings``) with every value that will not do.
        """
        try:
            return cls(**values)
        except ValidationError as error:
            raise ExtractError(
                *(
                    Problem(".".join(map(str, item["loc"])), Code.SETTINGS, f"{item['msg']}.")
                    for item in error.errors()
                )
            ) from None

    @property
    def names(self) -> Pseudonyms | None:
        """What identifiers are replaced with; None where they stay.

        Raises:
            ExtractError: (``bad_settings``) the key file cannot be used.
        """
        return Pseudonyms.from_file(self.pseudonymise) if self.pseudonymise else None

    @property
    def setup(self) -> Setup:
        """What a worker needs to know."""
        size = self.memory * MEGABYTE
        options = ReadOptions.of(
            text_column=self.text_column,
            id_column=self.id_column,
            patient_column=self.patient_column,
            date_column=self.date_column,
            hidden=self.names.mark if self.names else "",
            seconds=self.seconds,
            memory=size,
        )
        return Setup(self.patterns, options, size, self.engine)

    def processes(self, files: int) -> int:
        """How many processes read ``files`` files."""
        wanted = self.workers or (1 if files <= FEW else len(os.sched_getaffinity(0)))
        return max(1, min(wanted, files))


def load_criteria(name: str) -> Criteria:
    """A named set of thresholds, or those of a TOML or YAML file over the published ones.

    Raises:
        ExtractError: (``bad_settings``) there is no such file or preset, or the file holds
            a key that is not known or a value that will not do.
    """
    return named_criteria(name)
