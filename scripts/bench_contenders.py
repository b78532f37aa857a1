"""One contender of ``scripts/bench speed``: lists of letters in, seconds out.

Each line of the input is a JSON list of letters; each line of the output the processor
seconds that the list took. Also run in the environment of EDS-NLP, without the program's
own libraries.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
#: Names the file with the rules for EDS-NLP, which are plain terms and regexes by label.
RULES = "EXTRACT_BENCH_RULES"
Reads = Callable[[list[str]], object]


def extract() -> Reads:
    """File to checked record with all fields, written as JSON."""
    from extract.archive.extractor import Extractor
    from extract.archive.work import Read, Worker
    from extract.letters import Source

    worker = Worker(Extractor())
    home = Path(tempfile.mkdtemp(prefix="bench-"))
    out = home / "records.jsonl"

    def read(texts: list[str]) -> None:
        with out.open("w", encoding="utf-8") as file:
            for n, text in enumerate(texts):
                source = Source(str(n), f"{n}.txt", out, content=text.encode())
                for item in worker.items(source):
                    if isinstance(item, Read):
                        file.write(item.row().record + "\n")

    return read


def _rules() -> Any:
    from extract.language.rules import load_rules
    from extract.values.agents import load_agents

    return load_rules(), load_agents()


def stock() -> Reads:
    """MedspaCy as it comes, with the program's rules."""
    import medspacy
    from loguru import logger
    from medspacy.context import ConTextRule
    from medspacy.section_detection import SectionRule
    from medspacy.target_matcher import TargetRule

    logger.remove()
    rules, lexicon = _rules()
    nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_target_matcher"])
    targets = nlp.get_pipe("medspacy_target_matcher")
    targets.add([TargetRule(p.id, p.label, pattern=p.regex) for p in rules.targets if p.regex])
    targets.add([TargetRule(t, p.label) for p in rules.targets for t in p.literals])
    targets.add([TargetRule(surface, "AGENT") for surface, _, _ in lexicon.surfaces()])
    nlp.remove_pipe("medspacy_context")
    context = nlp.add_pipe("medspacy_context", config={"rules": None})
    for p in rules.context:
        kinds = {"direction": p.direction, "max_scope": p.scope, "allowed_types": p.types}
        context.add([ConTextRule(text, p.category, **kinds) for text in p.literals])
        if p.regex:
            context.add([ConTextRule(p.id, p.category, pattern=p.regex, **kinds)])
    sections = nlp.add_pipe("medspacy_sectionizer", config={"rules": None})
    sections.add([SectionRule(text, p.category) for p in rules.sections for text in p.headings])

    def read(texts: list[str]) -> None:
        for text in texts:
            doc = nlp(text)
            for span in doc.ents:
                _ = (span.label_, span.start_char, span._.modifiers, span._.section_category)

    return read


def eds() -> Reads:
    """EDS-NLP with about as many rules of the same kinds."""
    import edsnlp  # type: ignore[import-not-found]

    given = json.loads(Path(os.environ[RULES]).read_text(encoding="utf-8"))
    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.matcher", config={**given, "attr": "LOWER"})
    nlp.add_pipe("eds.sections")
    for name in ("eds.negation", "eds.family", "eds.hypothesis", "eds.history"):
        nlp.add_pipe(name)
    nlp.add_pipe("eds.dates")

    def read(texts: list[str]) -> None:
        for text in texts:
            doc = nlp(text)
            for span in doc.ents:
                _ = (span.label_, span.start_char, span._.negation, span._.family)

    return read


def tokens() -> Reads:
    """Words and nothing else."""
    import spacy

    nlp = spacy.blank("en")
    return lambda texts: [nlp(text) for text in texts]


def regex() -> Reads:
    """One regex of every drug's name."""
    import re

    _, lexicon = _rules()
    names = sorted({re.escape(s) for s, _, _ in lexicon.surfaces()}, key=len, reverse=True)
    one = re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)
    return lambda texts: [list(one.finditer(text)) for text in texts]


def main() -> None:
    """Read letters until there are no more."""
    read = {"extract": extract, "stock": stock, "eds": eds, "tokens": tokens, "regex": regex}[
        sys.argv[1]
    ]()
    for line in sys.stdin:
        texts = json.loads(line)
        began = time.process_time()
        read(texts)
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main()
