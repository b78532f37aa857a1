"""A pipeline that is quick and goes wrong on demand, for workers in processes of their own.

Words in a letter make its reading fail: HANG, SLEEP, MEMORY, DIE, ABORT, RAISE; DIE_ONCE
ends its worker unless the file it names is there. ``EXTRACT_TEST_DELAY`` slows every letter.
"""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

from extract.archive.rulefiles import lexicon
from extract.letters import IdentifierKind, Letter
from extract.records import Evidence, Fact, Field, LetterRecord
from extract.settings import EngineName

_LOADED = f"import runpy; faults = runpy.run_path({__file__!r})"
#: What a worker process runs.
START = "import sys; sys.path[:] = {path!r}; " + _LOADED + "; faults['child_main']()"
#: What a shell starts in the background ignores Ctrl-C, and so would all below it.
_HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
#: The command line with such workers.
MAIN = (
    f"{_HEARS}; {_LOADED}; import extract.archive.pool as pool; pool._START = faults['START']; "
    "from extract.cli import main; main()"
)


class Fake:
    """Reads performance status and nothing else."""

    def __init__(
        self, patterns: Path | None = None, engine: EngineName = EngineName.SCANNED
    ) -> None:
        self.lexicon = lexicon(patterns)
        self.delay = float(os.environ.get("EXTRACT_TEST_DELAY", "0"))

    def record(self, letter: Letter, patient_id: str = "") -> LetterRecord:
        if self.delay:
            time.sleep(self.delay)
        _fail(letter.text)
        facts = []
        if found := re.search(r"status (\d)", letter.text):
            evidence = Evidence(start=found.start(1), end=found.end(1), quote=found[1])
            facts.append(Fact(field=Field.ECOG, value=found[1], evidence=evidence, rule="fake"))
        return LetterRecord.checked(
            letter.text,
            letter_id=letter.letter_id,
            patient_id=patient_id or letter.letter_id,
            letter_date="2011-03-04",
            numbers=tuple(i.value for i in letter.identifiers if i.kind is IdentifierKind.NHS),
            digest=letter.digest,
            paths=(letter.path,),
            facts=facts,
        )


def _fail(text: str) -> None:
    words = set(re.findall(r"\b[A-Z_]{3,}\b", text))
    if "HANG" in words:
        while True:
            pass
    if "SLEEP" in words:
        time.sleep(3600)
    if "MEMORY" in words:
        held = []
        while True:
            held.append(bytearray(20_000_000))
    if "DIE_ONCE" in words:
        flag = Path(text.split("DIE_ONCE ")[1].split("\n", maxsplit=1)[0])
        if not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif "DIE" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ABORT" in words:
        os.abort()
    if "RAISE" in words:
        raise RuntimeError(text)


def child_main() -> None:
    from extract.archive import child

    setattr(child, "pipeline", lambda setup: Fake(setup.patterns, setup.engine))  # noqa: B010
    child.main()
