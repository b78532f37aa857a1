"""A pipeline that gives again what was read once: everything of a run but the reading.

    EXTRACT_BENCH=replay scripts/bench scale 200000 2

The letters of the project's corpus are read once by the real pipeline; after that a letter
of ``bench_scale.py`` gets the record of the text that it was made of. Records, patients,
store and out files are then as large as in a real run, while reading costs next to nothing.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from extract.letters import Letter
    from extract.records import LetterRecord

TOP = Path(__file__).resolve().parent.parent
#: Where the records are; the workers inherit it.
RECORDS = "EXTRACT_BENCH_RECORDS"
#: What makes each letter of an archive a text of its own, as its last line.
LAST_LINE = "\nTyped by secretary"

_LOADED = f"import runpy; replay = runpy.run_path({__file__!r})"
#: What a worker process runs, and the command line with such workers.
START = f"import sys; sys.path[:] = {{path!r}}; {_LOADED}; replay['child_main']()"
MAIN = (
    f"{_LOADED}; import extract.archive.pool as pool; pool._START = replay['START']; "
    "from extract.cli import main; main()"
)
_NUMBER = re.compile(r"\b999 \d{3} \d{4}\b")
_DATE = re.compile(r"Clinic (\d{1,2} [A-Z][a-z]+ \d{4})")


def keep(file: Path) -> None:
    """Read the corpus with the real pipeline and keep its records in a file."""
    from extract.archive import Extractor

    pipeline = Extractor()
    texts = (p.read_text(encoding="utf-8") for p in TOP.glob("corpora/hd-il2/letters/*/*.txt"))
    records = {_key(text): pipeline.text(text).model_dump(mode="json") for text in sorted(texts)}
    file.write_bytes(orjson.dumps(records))
    os.environ[RECORDS] = str(file)


def _key(text: str) -> str:
    """What the letters that are made of one text have in common."""
    return _NUMBER.sub("", text)


class Replay:
    """Gives the record that was kept of a text; of other letters, their date."""

    def __init__(self, *_: object) -> None:
        self.records = orjson.loads(Path(os.environ[RECORDS]).read_bytes())

    def record(self, letter: Letter, patient_id: str = "") -> LetterRecord:
        """The record of a letter."""
        from extract.records import LetterRecord

        plain = self.records.get(_key(letter.text.rpartition(LAST_LINE)[0])) or _dated(letter.text)
        return LetterRecord.model_validate(
            {
                **plain,
                "letter_id": letter.letter_id,
                "patient_id": patient_id or letter.letter_id,
                "digest": letter.digest,
                "paths": (letter.path,),
                "numbers": tuple(i.value for i in letter.identifiers if i.kind.value == "nhs"),
            }
        )


def _dated(text: str) -> dict[str, object]:
    from extract.records import Evidence, Fact, Field

    found = _DATE.search(text)
    if found is None:
        return {}
    day = datetime.strptime(found[1], "%d %B %Y").date().isoformat()  # noqa: DTZ007  (a day)
    evidence = Evidence(start=found.start(1), end=found.end(1), quote=found[1])
    fact = Fact(
        field=Field.LETTER_DATE, value=day, low=day, high=day, evidence=evidence, rule="replay"
    )
    return {"letter_date": day, "facts": [fact.model_dump(mode="json")]}


def child_main() -> None:
    """What a worker does."""
    from extract.archive import child

    setattr(child, "Extractor", Replay)  # noqa: B010  (mypy: it is a class, and this another)
    child.main()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
