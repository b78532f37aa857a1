"""The page of a run: made here, or for a large archive in a process of its own.

What a page of many patients takes, drawings and their library before all, is more than the
rest of a run takes; the process that made it takes it along when it ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import orjson

from extract.archive.child import die_with_parent
from extract.archive.collector import searching_rarely
from extract.calculators.cohort_models import Outcomes
from extract.errors import Code, ExtractError, Problem
from extract.outputs.report.files import AT_HAND, write_page

_START = "import sys; sys.path[:] = {path!r}; from extract.archive.page import main; main()"


def page(stage: Path, patients: int, outcomes: Outcomes) -> None:
    """Write ``report.html`` beside the other outputs.

    Args:
        stage: where they are.
        patients: how many there are.
        outcomes: the cohort's.

    Raises:
        OSError: it cannot be written.
        ExtractError: (``failed``) the process that makes it ends before it is made.
    """
    if patients <= AT_HAND:
        write_page(stage, outcomes)
        return
    done = subprocess.run(  # noqa: S603  (this program's own code)
        [sys.executable, "-c", _START.format(path=sys.path), str(stage)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    said: dict[str, Any] = {"failed": f"status {done.returncode}"}
    if done.stdout:
        said = orjson.loads(done.stdout)
    if "system" in said:
        raise OSError(said["system"], os.strerror(said["system"]))
    if said:
        detail = f"The page could not be made: {said['failed']}."
        raise ExtractError(Problem("report.html", Code.FAILED, detail))


def main() -> None:
    """Write the page of the folder named; print what went wrong, if anything did."""
    die_with_parent()
    stage = Path(sys.argv[1])
    said: dict[str, Any] = {}
    try:
        outcomes = Outcomes.model_validate_json((stage / "outcomes.json").read_bytes())
        with searching_rarely():
            write_page(stage, outcomes)
    except OSError as error:
        said = {"system": error.errno or 0}
    except Exception as error:  # noqa: BLE001  (its message may quote a letter)
        at = traceback.extract_tb(error.__traceback__)[-1]
        said = {"failed": f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}"}
    sys.stdout.buffer.write(orjson.dumps(said))
