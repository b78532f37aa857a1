"""The page docs/accuracy.md: precision, recall, F1, counts and flags by field and corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.archive.extractor import Extractor
from extract.evaluation import Comparison, Difference, Facts, compare, normal, read_facts
from extract.letters import Letter

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
BREADTH = ROOT / "corpora" / "breadth"

HEAD = """\
# How well the letters are read

`scripts/accuracy` writes this page from fresh runs over the letters in `corpora/`, and a test
fails when the page and a fresh run differ. The rules were written with these letters in view
(all but the sealed houses), so the figures say how far the rules carry the letters they were
made with; the sealed houses, below, say more about letters that nobody here has seen. Every
letter is invented: no figure here is an accuracy on real letters.

*gold* facts there are to find, *right*, *missed* and *wrong*; precision, recall and F1;
*flagged* the share of found facts that ask for review; *wrong, flagged* how many of the wrong
facts do; *silent* the share of found facts that are wrong and ask for nothing.
"""
COLUMNS = (
    "| field | gold | right | missed | wrong | precision | recall | F1 "
    "| flagged | wrong, flagged | silent |"
)
RULE = "|---|" + "---:|" * 10
HOUSES = """
## By house

Sealed houses show their total only: nobody who writes rules looks further.
"""


@dataclass(frozen=True, slots=True)
class Read:
    """Gold and found facts of some letters, and which of the found ones ask for review."""

    gold: Facts
    found: Facts
    flagged: frozenset[Difference]

    def __or__(self, other: Read) -> Read:
        """Both together; their letters have different names."""
        return Read(self.gold | other.gold, self.found | other.found, self.flagged | other.flagged)


def main(arguments: Sequence[str]) -> int:
    """Write or check the page, or score the letters named; the exit status."""
    extractor = Extractor()
    others = [pair.partition("=") for pair in arguments if "=" in pair]
    if others:
        for gold, _, letters in others:
            print("\n".join(table(read(extractor, Path(letters), Path(gold)))))
        return 0
    fresh = page(extractor)
    if "--check" in arguments:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == fresh
        print(
            "docs/accuracy.md is as a fresh run gives it"
            if same
            else "docs/accuracy.md is out of date: run scripts/accuracy"
        )
        return 0 if same else 1
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


def page(extractor: Extractor) -> str:
    """The whole page from fresh runs."""
    sealed = set((BREADTH / "sealed.txt").read_text(encoding="utf-8").split())
    houses = {
        folder.name: read(extractor, folder / "letters", folder / "facts.csv", f"{folder.name}/")
        for folder in sorted(BREADTH.iterdir())
        if (folder / "facts.csv").is_file()
    }
    opened = Read({}, {}, frozenset())
    for name, house in houses.items():
        if name not in sealed:
            opened |= house
    cohort = ROOT / "corpora" / "hd-il2"
    parts = [
        HEAD,
        "\n## The cohort (`corpora/hd-il2`)\n",
        *table(read(extractor, cohort / "letters", cohort / "facts.csv")),
        "\n## Many hands (`corpora/breadth`, its open houses)\n",
        *table(opened),
        HOUSES,
        COLUMNS.replace("field", "house"),
        RULE,
        *(
            row(f"{name}{', sealed' if name in sealed else ''}", house, total(house))
            for name, house in houses.items()
        ),
    ]
    return "\n".join(parts) + "\n"


def read(extractor: Extractor, letters: Path, gold: Path, prefix: str = "") -> Read:
    """Read every letter that gold names; a letter's id is its path below the folder."""
    wanted = read_facts(gold)
    found: Facts = {}
    flagged = set()
    for path in sorted(letters.rglob("*.txt")):
        name = path.relative_to(letters).with_suffix("").as_posix()
        letter = normal(name)
        if letter not in wanted:
            continue
        text = path.read_text(encoding="utf-8")
        record = extractor.record(Letter(letter_id=name, text=text))
        rows = [(tuple(map(normal, fact.key)), fact) for fact in record.facts]
        found[prefix + letter] = {key for key, _ in rows if key[2] != "non_renal"}
        flagged |= {Difference(prefix + letter, key) for key, fact in rows if fact.review}
    return Read({prefix + name: rows for name, rows in wanted.items()}, found, frozenset(flagged))


def total(some: Read) -> Comparison:
    """All of it held against its gold."""
    return compare(some.gold, some.found)


def table(some: Read) -> Iterator[str]:
    """One row a field, and one for all together."""
    yield COLUMNS
    yield RULE
    fields = sorted(
        {row[0] for facts in (some.gold, some.found) for rows in facts.values() for row in rows}
    )
    for field in fields:
        yield row(field, some, compare(some.gold, some.found, {field}), {field})
    yield row("**all**", some, total(some))


def row(name: str, some: Read, compared: Comparison, fields: Iterable[str] = ()) -> str:
    """The row of a table: counts, rates, and what the flags hold."""
    score = compared.scores()[-1]
    only = set(fields)
    counted = [
        Difference(letter, fact)
        for letter in some.gold
        for fact in some.found.get(letter, ())
        if not only or fact[0] in only
    ]
    flagged = sum(item in some.flagged for item in counted)
    caught = sum(item in some.flagged for item in compared.wrong)
    found = len(counted) or 1
    rates = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
    silent = score.wrong - caught
    return (
        f"| {name} | {score.gold} | {score.right} | {score.missed} | {score.wrong} | {rates} "
        f"| {flagged / found:.1%} | {caught} of {score.wrong} | {silent / found:.1%} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
