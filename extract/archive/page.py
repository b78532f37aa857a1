"""The cohort's numbers and the page of a run: made here, or for many in a process of its own.

What a page of many patients takes, drawings and their library before all, is more than the
rest of a run takes; the process that made it takes it along when it ends.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from extract.archive.apart import check, failure, start
from extract.archive.child import die_with_parent
from extract.archive.collector import searching_rarely
from extract.calculators.cohort_models import Outcomes
from extract.errors import Code, ExtractError, Problem
from extract.outputs.report.files import AT_HAND, write_cohort

_WHAT = "The page could not be made"
#: How often a process that was killed is started again.
_TIMES = 3


def page(stage: Path, patients: int) -> Outcomes:
    """Write ``outcomes.json`` and ``report.html`` beside the other outputs.

    Args:
        stage: where they are.
        patients: how many there are.

    Raises:
        OSError: they cannot be written.
        ExtractError: (``failed``) the process that makes them ends before they are made.
    """
    if patients <= AT_HAND:
        return write_cohort(stage)
    said, status, left = b"", 0, _TIMES
    while not said and left:
        process = start("extract.archive.page", str(stage))
        said, _ = process.communicate()
        status = process.returncode
        left = left - 1 if status < 0 else 0
    if not said:
        raise ExtractError(Problem("report.html", Code.FAILED, f"{_WHAT}: status {status}."))
    check(orjson.loads(said), "report.html", _WHAT)
    return Outcomes.model_validate_json((stage / "outcomes.json").read_bytes())


def main() -> None:
    """Write the files of the folder named; print what went wrong, if anything did."""
    die_with_parent()
    said: dict[str, Any] = {}
    try:
        with searching_rarely():
            write_cohort(Path(sys.argv[1]))
    except Exception as error:  # noqa: BLE001  (its message may quote a letter)
        said = failure(error)
    sys.stdout.buffer.write(orjson.dumps(said))
