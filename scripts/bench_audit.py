"""How fast the reviewers' desk is, over a run made for it.

    scripts/bench audit 100000

A reviewer checks a few hundred facts over HTTP, then every kind of page is asked for many
times. Exit status 1 where a page takes more than 300 ms, or an answer with the next fact
more than 100 ms, at the 95th centile.
"""

from __future__ import annotations

import hashlib
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import uvicorn

from extract.audit.apply import judged
from extract.audit.book import Book
from extract.audit.desk.access import COOKIE, Role, new_ticket
from extract.audit.desk.app import create_app
from extract.audit.sampling import Plan
from extract.audit.texts import Texts
from extract.calculators import PUBLISHED
from extract.outputs import OutFolder, write_json, write_jsonl
from extract.records import Evidence, Fact, Field, LetterRecord, Reason

PAGE_MS, NEXT_MS = 300, 100
ORGANS = ("lung", "liver", "bone", "brain", "adrenal", "kidney", "skin", "spleen", "pancreas")
FILLER = "He came with his wife, and we talked about the garden for some time.\n" * 40


def make(folder: Path, facts: int) -> Path:
    """A run of ``facts`` facts, ten a letter, three letters a patient, with its letters."""
    draw = random.Random(1)
    records = []
    for number in range(-(-facts // 10)):
        day = f"{2000 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
        text = (
            f"Clinic {day}\n{FILLER}ECOG {number % 5}. Disease: {', '.join(ORGANS[:8])}. {number}\n"
        )
        said = [(Field.LETTER_DATE, "", day, day), (Field.ECOG, "", str(number % 5), "ECOG")]
        said += [(Field.SITE, organ, "present", organ) for organ in ORGANS[:8]]
        read = []
        for field, item, value, quote in said:
            start = text.index(quote)
            flagged = draw.random() < 0.03
            read.append(
                Fact(
                    field=field, item=item, value=value, rule=f"{field}_{item or 'rule'}",
                    evidence=Evidence(start=start, end=start + len(quote), quote=quote),
                    review=flagged, reasons=(Reason.QUALIFIED,) if flagged else (),
                )
            )  # fmt: skip
        path = f"p{number // 3:06}/letter-{number % 3}.txt"
        file = folder / "letters" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        records.append(
            LetterRecord(
                letter_id=path.removesuffix(".txt"), patient_id=f"p{number // 3:06}",
                letter_date=day, digest=hashlib.sha256(text.encode()).hexdigest(),
                paths=(path,), facts=tuple(read),
            )
        )  # fmt: skip
    run = {
        "rules": {"sha256": "bench"},
        "settings": {
            "letters": str(folder / "letters"),
            "criteria": PUBLISHED.model_dump(mode="json"),
        },
    }
    with OutFolder(folder / "out").writing() as stage:
        write_jsonl(stage / "letters.jsonl", records)
        write_jsonl(stage / "patients.jsonl", judged(records, PUBLISHED, None))
        write_json(stage / "run.json", run)
    return folder / "out"


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that a call takes, on the clock and of the processor (client included)."""
    start, used = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - used)


def tell(name: str, times: list[tuple[float, float]], limit: float) -> bool:
    """Print the 95th centiles; whether the clock's is above the limit."""
    clock, processor = (
        statistics.quantiles(column, n=20)[-1] for column in zip(*times, strict=True)
    )
    print(f"{name:<28}{clock:8.0f} ms{processor:8.0f} ms of the processor")
    return clock > limit


def main() -> int:
    """Measure, print a table, and say whether all is fast enough."""
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        out = make(Path(name), facts)
        began = time.perf_counter()
        book = Book(out, Plan(by_field=True))
        print(f"{len(book.items):,} facts opened in {time.perf_counter() - began:.1f} s")
        app = create_app(book, Texts(out.parent / "letters"))
        app.state.desk.warm()
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx2.Client(base_url=base, timeout=60, trust_env=False) as web:
            slow = measure(web, app, book)
        server.should_exit = True
        thread.join(10)
    return int(slow)


def measure(web: httpx2.Client, app: object, book: Book) -> bool:
    """Ask for everything; whether anything is too slow."""
    ticket = new_ticket(book.log, "Ann", Role.REVIEWER)
    web.post("/signin", data={"t": ticket})
    session = app.state.sessions.of(web.cookies[COOKIE])  # type: ignore[attr-defined]
    queue = list(book.queue())
    random.Random(2).shuffle(queue)
    answers = []
    for item in queue[:300]:
        data = {"csrf": session.csrf, "verdict": "right"}
        path = f"/facts/{item.token}/answer"
        answers.append(timed(lambda p=path, d=data: web.post(p, data=d, follow_redirects=True)))
    some = random.Random(3).sample(book.items, 100)
    pages: dict[str, list[str]] = {
        "a fact": [f"/facts/{item.token}" for item in some],
        "a fact of all": [f"/facts/{item.token}?show=all" for item in some],
        "facts, all": [f"/facts?show=all&page={n}" for n in range(1, 1900, 50)],
        "facts of a field": [f"/facts?show=all&field={field}" for field in ("ecog", "site")] * 15,
        "a letter": [f"/letters/{book.letter_token(item.letter)}" for item in some],
        "a patient": [f"/patients/{book.patient_token(i.letter.patient_id)}" for i in some],
        "patients": [f"/patients?page={n}" for n in range(1, 40)],
        "letters": ["/letters"] * 30,
        "overview": ["/overview"] * 30,
        "report": ["/report"] * 30,
        "stale": ["/stale"] * 30,
    }
    slow = tell("answer, and the next fact", answers, NEXT_MS)
    for name, paths in pages.items():
        times = [timed(lambda p=path: web.get(p).raise_for_status()) for path in paths]
        slow |= tell(name, times, PAGE_MS)
    found = web.post("/search", data={"csrf": session.csrf, "q": "p000123"})
    times = [timed(lambda: web.get("/facts?show=all").raise_for_status()) for _ in range(30)]
    if found.status_code != 303:
        raise RuntimeError("the search was refused")
    return tell("search", times, PAGE_MS) or slow


if __name__ == "__main__":
    sys.exit(main())
