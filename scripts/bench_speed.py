"""The program against others, and against itself: letters, length, workers, start-up.

    scripts/bench speed [TABLE] [LETTERS]

TABLE is main, breadth, length, workers, start or again; all without one. Contenders take
turns in one run (A B A B), each in a process of its own, over the same letters in the same
order; what counts is the median of the ratios of a turn, with its quartiles. Times are
processor time of the contender's process, so that a busy machine harms neither.

The contenders:

extract     the main job's own worker: file to checked record, all fields, record written
stock       medspaCy 1.3.1 as it comes (PyRuSH, TargetMatcher, ConText, Sectionizer), with
            the same rules; its log, which would print the letters, is switched off
eds         an EDS-NLP 0.23 pipeline of as many kinds (sentences, terms, regexes, negation,
            family, hypothesis, history, sections, dates), in an environment that the script
            makes in EXTRACT_BENCH_ENV (default: .venv-eds)
tokens      spacy.blank("en"): words and nothing else
regex       one compiled regex of every drug's name over the raw text
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench_contenders import RULES  # type: ignore[import-not-found]
from bench_letters import Letters, write  # type: ignore[import-not-found]

TOP = Path(__file__).resolve().parent.parent
EDS = Path(os.environ.get("EXTRACT_BENCH_ENV", TOP / ".venv-eds"))
CONTENDERS = ("stock", "eds", "tokens", "regex")
#: Letters a turn, and letters that warm the caches first and are not counted.
_TURN, _WARM = 10, 40
#: Starts of each program that are timed.
_STARTS = 5


class Contender:
    """A process that reads lists of letters and says how long each list took."""

    def __init__(self, name: str, python: str = sys.executable) -> None:
        script = Path(__file__).with_name("bench_contenders.py")
        env = {**os.environ, "PYTHONPATH": str(TOP)}
        self.run = subprocess.Popen(
            [python, "-W", "ignore", script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
        )

    def seconds(self, texts: Sequence[str]) -> float:
        """Processor time for the letters."""
        if self.run.stdin is None or self.run.stdout is None:
            raise AssertionError("the contender has no pipes")
        self.run.stdin.write(json.dumps(list(texts)) + "\n")
        self.run.stdin.flush()
        answer = self.run.stdout.readline()
        if not answer:
            raise SystemExit("a contender ended early; run scripts/bench_contenders.py by hand")
        return float(answer)

    def close(self) -> None:
        """End the process."""
        if self.run.stdin is not None:
            self.run.stdin.close()
        self.run.wait()


def contend(title: str, texts: Sequence[str], warm: Sequence[str], rivals: Sequence[str]) -> None:
    """Print the table of ratios over the letters."""
    names = ["extract", *rivals]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as rules:
        json.dump(_plain_rules(), rules)
        rules.flush()
        os.environ[RULES] = rules.name
        held = {name: Contender(name, _python(name)) for name in names}
        for one in held.values():
            one.seconds(warm)
    turns: list[dict[str, float]] = []
    for start in range(0, len(texts), _TURN):
        lot = texts[start : start + _TURN]
        order = names if len(turns) % 2 else names[::-1]
        turns.append({name: held[name].seconds(lot) for name in order})
    for one in held.values():
        one.close()
    count, words = len(texts), [len(text.split()) for text in texts]
    print(f"\n{title}: {count} letters, median {statistics.median(words):.0f} words")
    print(f"{'':10}{'ms a letter':>12}  {'times extract':>14}  quartiles")
    for name in names:
        mean = sum(turn[name] for turn in turns) / count * 1000
        ratios = [turn[name] / turn["extract"] for turn in turns if turn["extract"]]
        low, middle, high = statistics.quantiles(ratios, n=4)
        print(f"{name:10}{mean:12.2f}  {middle:14.2f}  [{low:.2f}-{high:.2f}]", flush=True)


def _plain_rules() -> dict[str, dict[str, list[str]]]:
    """The program's rules as EDS-NLP takes them; it has no possessive repeats."""
    from extract.language.rules import load_rules
    from extract.values.agents import load_agents

    regexes: dict[str, list[str]] = {}
    for rule in load_rules().targets:
        if rule.regex and "++" not in rule.regex and "(?-i" not in rule.regex:
            regexes.setdefault(rule.label, []).append(rule.regex)
    return {"terms": {"AGENT": [s for s, _, _ in load_agents().surfaces()]}, "regex": regexes}


def _python(name: str) -> str:
    if name != "eds":
        return sys.executable
    python = EDS / "bin" / "python"
    if not python.exists():
        print(f"making {EDS} for EDS-NLP", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", EDS], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "edsnlp==0.23.0"], check=True)
    return str(python)


def breadth() -> list[str]:
    """The letters of the corpus in which every letter has something to find."""
    paths = sorted((TOP / "corpora" / "breadth").glob("**/*.txt"))
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths]


def length() -> None:
    """What a letter costs by its length."""
    letters = Letters(5)
    one = Contender("extract")
    one.seconds([letters.letter() for _ in range(_WARM)])
    print("\nlength, letters of renal oncology")
    print(f"{'words':>8}{'ms a letter':>14}{'times the one above':>22}")
    before = 0.0
    for words, count in ((350, 40), (3_500, 8), (35_000, 2)):
        texts = [letters.letter(words, empty=False) for _ in range(count)]
        took = one.seconds(texts) / count
        grown = f"{took / before:.1f}" if before else ""
        print(f"{words:8,}{took * 1000:14.1f}{grown:>22}", flush=True)
        before = took
    one.close()


def _main_job(letters: Path, out: Path, workers: int) -> float:
    words = [sys.executable, "-m", "extract", letters, "--out", out, "--workers", workers]
    began = time.monotonic()
    subprocess.run(
        list(map(str, words)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=TOP,
        check=False,
    )
    return time.monotonic() - began


def workers(number: int) -> None:
    """The whole main job with one and with two workers, and again unchanged."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        letters = Path(folder) / "letters"
        write(letters, number)
        print(f"\nthe main job over {number:,} letters, start to end")
        times: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(2):
            for count in (1, 2):
                out = Path(folder) / f"out-{turn}-{count}"
                times[count].append(_main_job(letters, out, count))
        for count, took in times.items():
            shown = ", ".join(f"{t:.1f} s" for t in took)
            print(f"{count} worker{'s' * (count > 1)}: {shown}; {number / min(took):.0f} letters/s")
        gains = [a / b for a, b in zip(times[1], times[2], strict=True)]
        print(f"2 workers : 1: {statistics.median(gains):.2f} times as fast")
        again = _main_job(letters, Path(folder) / "out-0-1", 1)
        share = again / times[1][0]
        print(f"again, unchanged: {again:.1f} s, {share:.1%} of the first run", flush=True)


def start() -> None:
    """What must be waited for before anything is read."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        letter = Path(folder) / "letter.txt"
        letter.write_text(Letters(2).letter(empty=False), encoding="utf-8")
        record = (
            "from pathlib import Path; from extract.archive.extractor import Extractor; "
            f"Extractor().text(Path({str(letter)!r}).read_text())"
        )
        rows = {
            "python": ["-c", "pass"],
            "import spacy": ["-W", "ignore", "-c", "import spacy"],
            "import medspacy": ["-W", "ignore", "-c", "import medspacy"],
            "first record": ["-c", record],
            "extract --help": ["-m", "extract", "--help"],
            "extract --version": ["-m", "extract", "--version"],
            "main job": ["-m", "extract", str(letter), "--out", f"{folder}/out"],
            "the same again": ["-m", "extract", str(letter), "--out", f"{folder}/out"],
        }
        took: dict[str, list[float]] = {name: [] for name in rows}
        for turn in range(_STARTS + 1):
            for name, words in rows.items():
                seconds = _seconds([sys.executable, *words])
                if turn:  # the first finds no bytecode, and the files on the disk
                    took[name].append(seconds)
            shutil.rmtree(f"{folder}/out")
        print(f"\nstart-up, processor seconds (median of {_STARTS})")
        for name, held in took.items():
            print(f"{name:18}{statistics.median(held):8.2f}")
        pairs = list(zip(took["first record"], took["import medspacy"], strict=True))
        over = statistics.median(a - b for a, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"first record over import medspacy: {over:.2f}; ratio {ratio:.2f}", flush=True)


def _seconds(words: list[str]) -> float:
    # Bytecode is kept, as it is for everybody who does not forbid it.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    before = os.times()
    subprocess.run(words, stdout=quiet, stderr=quiet, cwd=TOP, env=env, check=True)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def main() -> None:
    """One table, or all."""
    table = sys.argv[1] if len(sys.argv) > 1 else "all"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    letters: Iterator[str] = iter(Letters(1))
    if table in {"main", "all"}:
        texts = list(islice(letters, number))
        warm = list(islice(Letters(99), _WARM))
        contend("generated archive", texts, warm, CONTENDERS)
    if table in {"breadth", "all"}:
        texts = breadth()
        # The other half warms the caches: no letter is met twice.
        contend("corpora/breadth", texts[::2], texts[1::2], CONTENDERS)
    if table in {"length", "all"}:
        length()
    if table in {"workers", "all"}:
        workers(number)
    if table in {"start", "all"}:
        start()


if __name__ == "__main__":
    main()
