"""The main job: letters in, the out folder out."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import orjson

import extract
from extract.archive import work
from extract.archive.collector import searching_rarely
from extract.archive.events import tell
from extract.archive.export import Export, Exported, digests
from extract.archive.feed import Feed, Progress
from extract.archive.gather import Gathered, Settlement, gather, settle
from extract.archive.hide import hidden_answers
from extract.archive.keys import LIBRARIES, library_version, program_key, reader_key
from extract.archive.lock import only_run
from extract.archive.page import page
from extract.archive.people import Task
from extract.archive.piles import Piles
from extract.archive.plan import Plan, plan
from extract.archive.pool import Answer, answers, whole
from extract.archive.result import Counts, RunResult
from extract.archive.rulefiles import rules_hash
from extract.archive.settings import RunSettings
from extract.calculators.cohort_models import Outcomes
from extract.errors import Code, Problem
from extract.language.rules import load_rules
from extract.letters import Letter, PatientFrom, Registry, Source, find_sources
from extract.outputs import OutFolder, write_json
from extract.outputs.report import STALE
from extract.records import LetterRecord
from extract.store import Store
from extract.store.engine import sqlite_url

__all__ = ["Counts", "Progress", "RunResult", "plan", "read_letters", "run", "text_of"]

#: The store, where no other is named: in the out folder.
STORE = "store.sqlite"
#: Settings that change nothing in the outputs, and so are not told in them.
_SILENT = {"workers", "store"}


def run(
    settings: RunSettings,
    progress: Progress | None = None,
    then: Callable[[], object] | None = None,
) -> RunResult:
    """Read every letter that is not known yet, judge every patient, write the out folder.

    Stopped at any moment, the next run with the same settings goes on from there and
    writes the same.

    Args:
        settings: what is asked.
        progress: told after each file.
        then: done when all is written, before another run may write to the folder.

    Raises:
        ExtractError: the run cannot be done as asked (nothing is written then).
    """
    load_rules(settings.patterns)
    planned = plan(settings, settings.out)
    with only_run(settings.out):
        out = OutFolder(settings.out)
        url = settings.store or sqlite_url(settings.out / STORE)
        with Store(url) as store, searching_rarely():
            result = _Run(settings, planned, store, out).do(progress)
        if then:
            then()
    return result


class _Run:
    def __init__(self, settings: RunSettings, planned: Plan, store: Store, out: OutFolder) -> None:
        self.settings = settings
        self.planned = planned
        self.store = store
        self.out = out

    def do(self, progress: Progress | None) -> RunResult:
        folder = str(self.settings.out.resolve())
        reader = reader_key(self.settings.setup)
        number = self.store.begin(folder, extract.__version__, reader)
        tell("started", files=self.planned.total)
        feed = Feed(self.store, number, reader, self.planned.total, progress)
        if self.settings.names:
            feed.shown = self.settings.names.path
        feed.take(_answers(feed.sources(self.planned.walk()), self.planned.total, self.settings))
        if self.store.file_count(number) != feed.files:
            raise RuntimeError("the store does not hold every file of the run")
        fingerprint = self._fingerprint(feed)
        known = self._unchanged(number, folder, fingerprint)
        if known is not None:
            self.store.drop(number)
            tell("unchanged", files=feed.files)
            return known
        with self.out.workroom() as room, Piles(room / "letters") as piles:
            settled = settle(self.store.entries(number), piles, self.settings.patient_from)
            self.store.settle(number, settled.letters(), (*feed.problems, *settled.clashes))
        tell("linked", letters=settled.count, read=feed.pace.read)
        return self._write(number, fingerprint, settled, feed)

    def _write(self, number: int, fingerprint: str, settled: Settlement, feed: Feed) -> RunResult:
        with (
            self.out.writing(gone=("facts.parquet", *STALE)) as stage,
            self.out.workroom() as room,
        ):
            task = Task(
                url=self.store.url,
                run=number,
                criteria=self.settings.criteria,
                patterns=self.settings.patterns,
                together=settled.together,
                room=room,
            )
            export = Export(self.store, task, self.settings.processes(settled.count))
            made = export.write(stage)
            counts = _counts(made, settled.duplicates)
            if not counts.add_up or made.letters != settled.count:
                raise RuntimeError("the counts of the run do not add up")
            document = run_document(self.settings, counts, made.problems, settled.owners)
            write_json(stage / "run.json", document)
            outcomes = page(stage, made.patients)
            outputs = digests(stage, (path.name for path in stage.iterdir()))
        self.store.finish(number, fingerprint, orjson.dumps(document).decode(), json.dumps(outputs))
        tell("written", letters=made.letters, patients=made.patients, rejected=counts.rejected)
        return RunResult(self.settings, counts, dict(made.problems), outcomes, feed.pace.read, True)

    def _fingerprint(self, feed: Feed) -> str:
        """Everything the outputs depend on, as one digest."""
        walked = feed.walked.copy()
        settings = self.settings.model_dump_json(exclude=_SILENT)
        walked.update(f"{settings}{program_key()}".encode())
        return walked.hexdigest()

    def _unchanged(self, number: int, folder: str, fingerprint: str) -> RunResult | None:
        """The last run, where this one would write the same and its files are still there."""
        done = [run for run in self.store.runs(folder) if run.state == "done"]
        last = done[-1] if done else None
        if last is None or last.fingerprint != fingerprint:
            return None
        outputs = json.loads(last.outputs)
        same = self.store.same_files(number, last.number)
        if not same or digests(self.settings.out, outputs) != outputs:
            return None
        document = json.loads(last.document)
        outcomes = (self.settings.out / "outcomes.json").read_bytes()
        return RunResult(
            self.settings,
            Counts(**document["counts"]),
            document["rejected_by_code"],
            Outcomes.model_validate_json(outcomes),
            0,
            False,
        )


def read_letters(settings: RunSettings, progress: Progress | None = None) -> Gathered:
    """Read every letter and write nothing: for evaluation and comparisons.

    Raises:
        ExtractError: the letters or the rules cannot be used.
    """
    load_rules(settings.patterns)
    planned = plan(settings)
    found = list(planned.walk())
    sources = [item for item in found if isinstance(item, Source)]
    done = []
    for one in whole(_answers(iter(sources), len(sources), settings)):
        done.append(one)
        if progress:
            progress(len(done), len(sources))
    problems = (item for item in found if isinstance(item, Problem))
    return gather(done, problems, settings.patient_from)


def _answers(sources: Iterator[Source], total: int, settings: RunSettings) -> Iterator[Answer]:
    here = work.worker_here(settings.setup)
    found = answers(sources, settings.processes(total), settings.setup, here)
    return hidden_answers(found, settings.names)


def text_of(settings: RunSettings, record: LetterRecord) -> str:
    """The text of a letter that was read; "" where it is no longer there."""
    root = settings.letters
    for item in find_sources(root, max_bytes=settings.max_bytes):
        if isinstance(item, Source) and item.path in record.paths:
            for letter in Registry().read(item):
                if isinstance(letter, Letter) and letter.letter_id == record.letter_id:
                    return letter.text
    return ""


def _counts(made: Exported, duplicates: int) -> Counts:
    empty = made.problems.get(Code.EMPTY.value, 0)
    problems = sum(made.problems.values())
    return Counts(
        files=made.letters + duplicates + problems,
        letters=made.letters,
        empty=empty,
        duplicates=duplicates,
        rejected=problems - empty,
        facts=made.facts,
        facts_for_review=made.facts_for_review,
        patients=made.patients,
        patients_for_review=made.patients_for_review,
    )


def _told(settings: RunSettings) -> dict[str, Any]:
    """The settings as ``run.json`` holds them; with pseudonyms, no place they name."""
    plain = settings.model_dump(mode="json", exclude=_SILENT)
    names = settings.names
    if names:
        for name in ("letters", "out", "patterns", "pseudonymise"):
            plain[name] = names.path(plain[name]) if plain[name] else plain[name]
    return plain


def run_document(
    settings: RunSettings,
    counts: Counts,
    problems: Mapping[str, int],
    owners: Counter[PatientFrom],
) -> dict[str, Any]:
    """What ``run.json`` holds: enough to say how the outputs came about."""
    return {
        "program": {"name": "extract", "version": extract.__version__},
        "python": platform.python_version(),
        "libraries": {name: library_version(name) for name in LIBRARIES},
        "rules": {"sha256": rules_hash(settings.patterns)},
        "settings": _told(settings),
        "counts": asdict(counts),
        "rejected_by_code": dict(problems),
        "patient_from": {by.value: number for by, number in sorted(owners.items())},
    }
