"""What passes from readers to the store under other names, where a key is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.archive.pool import Answer
from extract.errors import Problem
from extract.letters import Source
from extract.letters.pseudonyms import Pseudonyms
from extract.records import LetterRecord
from extract.store.model import Item, LetterRow


def hidden_answers(answers: Iterable[Answer], names: Pseudonyms | None) -> Iterator[Answer]:
    """Answers whose letters and problems name nobody; sources stay, they are not kept."""
    for answer in answers:
        if names is None or answer.item is None:
            yield answer
        else:
            yield Answer(answer.source, _hidden(answer.item, names))


def hidden_walk(
    found: Iterable[Source | Problem], names: Pseudonyms | None
) -> Iterator[Source | Problem]:
    """What a walk finds, its problems under other names."""
    for item in found:
        yield names.problem(item) if names and isinstance(item, Problem) else item


def _hidden(item: Item, names: Pseudonyms) -> Item:
    if isinstance(item, Problem):
        return names.problem(item)
    record = names.record(LetterRecord.model_validate_json(item.record))
    return replace(
        item,
        letter_id=record.letter_id,
        path=record.paths[0] if record.paths else "",
        folder=names.person(item.folder),
        identifiers=tuple((kind, names.person(value)) for kind, value in item.identifiers),
        digest=record.digest,
        record=record.model_dump_json(),
        sketch=_sketch(item, names),
    )


def _sketch(row: LetterRow, names: Pseudonyms) -> str:
    """The sketch with its words under another name: whoever has the text must not find it."""
    words, bar, rest = row.sketch.partition("|")
    return names.text(words) + bar + rest
