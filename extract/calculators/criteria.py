"""The thresholds, as settings: the published ones, and named variants of them.

Source: the cohort abstract the project began from (field guide C1) for performance
status, CAIX, histology, washout, organs, stress echo and setting; RECIST 1.1 (C3) for
confirmation. The named sets are ``patterns/criteria.toml``; a new study writes a file of
its own (:mod:`extract.calculators.presets`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import Code, ExtractError, Problem


class Basis(StrEnum):
    """Which response counts: as the letters report it, or by RECIST 1.1 from the dates."""

    REPORTED = "as_reported"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


class Criteria(BaseModel):
    """Thresholds for eligibility and response. Frozen; every one has its unit in its name.

    Attributes:
        ecog_max: highest ECOG performance status that is met.
        karnofsky_met: lowest Karnofsky index that is met, where no ECOG is given.
        karnofsky_not_met: a Karnofsky index below this is not met; between, unknown.
        caix_above_percent: the percentage must be greater than this.
        alveolar_above_percent: alveolar architecture must be greater than this.
        granular_below_percent: granular cytoplasm must be less than this.
        washout_days: fewest days from the last targeted dose to the first interleukin-2.
        organs_max: most organs with disease.
        failed_lines_max: most failed targeted lines for salvage.
        response_basis: which response counts in the outcomes.
        stable_after_days: a stable disease counts from this day on (RECIST's minimum).
        confirm_after_days: fewest days between a response and its confirmation.
        confirm_over: most assessments of stable disease, and of NE, in between.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "published"
    ecog_max: int = Field(default=1, ge=0, le=4)
    karnofsky_met: int = Field(default=80, ge=10, le=100)
    karnofsky_not_met: int = Field(default=70, ge=10, le=100)
    caix_above_percent: float = Field(default=80, ge=0, lt=100)
    alveolar_above_percent: float = Field(default=50, ge=0, le=100)
    granular_below_percent: float = Field(default=50, ge=0, le=100)
    washout_days: int = Field(default=56, ge=0, le=366)
    organs_max: int = Field(default=2, ge=1, le=19)
    failed_lines_max: int = Field(default=3, ge=1, le=9)
    response_basis: Basis = Basis.REPORTED
    stable_after_days: int = Field(default=42, ge=0, le=366)
    confirm_after_days: int = Field(default=28, ge=0, le=366)
    confirm_over: int = Field(default=1, ge=0, le=9)

    @classmethod
    def preset(cls, name: str) -> Criteria:
        """A named set of thresholds; :data:`PRESETS` lists them.

        Raises:
            ExtractError: (``bad_settings``) there is none of this name.
        """
        found = PRESETS.get(name)
        if found is None:
            known = ", ".join(PRESETS)
            raise ExtractError(
                Problem("criteria", Code.SETTINGS, f"No preset {name!r}; there are {known}.")
            )
        return found

    def changed(self, changes: Mapping[str, object], name: str = "custom") -> Criteria:
        """The same thresholds with some replaced.

        Raises:
            ExtractError: (``bad_settings``) with one problem for each key that is not
                known or whose value will not do.
        """
        try:
            return Criteria.model_validate({**self.model_dump(), "name": name, **changes})
        except ValidationError as error:
            raise ExtractError(
                *(
                    Problem(
                        "criteria",
                        Code.SETTINGS,
                        f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}.",
                    )
                    for item in error.errors()
                )
            ) from None


#: The published thresholds.
PUBLISHED: Final = Criteria()


class _Shipped(Mapping[str, Criteria]):
    """The sets of ``patterns/criteria.toml`` by name, read when first asked for one."""

    def __getitem__(self, name: str) -> Criteria:
        return self._sets()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sets())

    def __len__(self) -> int:
        return len(self._sets())

    @staticmethod
    def _sets() -> Mapping[str, Criteria]:
        from extract.calculators.presets import shipped  # which makes Criteria, so not above

        return shipped()


#: Named sets: the published one; CAIX by the cut-off of the literature (field guide A2);
#: responses by RECIST 1.1 with and without confirmation.
PRESETS: Final[Mapping[str, Criteria]] = _Shipped()
