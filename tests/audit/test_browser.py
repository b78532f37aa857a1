"""The whole way through a real browser: two reviewers, an adjudicator, the report.

Screenshots go to the folder named by ``EXTRACT_FIGURES``, else to the test's own.
``EXTRACT_FIREFOX`` names a Firefox to drive instead of Debian's Chromium; it has to know all
of WebDriver BiDi that Playwright asks for.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extract.audit.book import Book
from extract.audit.sampling import Plan
from extract.audit.sheet import import_decisions, write_sheet
from extract.audit.statistics import statistics
from extract.audit.texts import Texts
from extract.records import Field, LetterRecord, Reason
from extract.store.reviews import Verdict
from tests.audit.conftest import NASTY, fact, letter, write_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIREFOX = os.environ.get("EXTRACT_FIREFOX")
MISSING = [
    name
    for name, there in (
        ("chromium", FIREFOX or shutil.which("chromium")),
        ("playwright", find_spec("playwright")),
        ("axe-playwright-python", find_spec("axe_playwright_python")),
        ("fastapi", find_spec("fastapi")),
        ("uvicorn", find_spec("uvicorn")),
    )
    if not there
]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and not os.environ.get("CI"), reason=f"not installed: {', '.join(MISSING)}"
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
REVIEWER = "reviewer"
WIDE: Any = {"width": 1280, "height": 860}
NARROW: Any = {"width": 390, "height": 844}
LETTER = """\
Castle Marsh Hospitals, Department of Oncology
Clinic: {day} March 2011

Dear colleague,

{filler}
His ECOG performance status is {ecog}. CAIX was positive in {caix}% of cells.
Sunitinib was given. There is disease in the lung and a small deposit in the liver.

Yours sincerely
"""
FILLER = "He came with his wife, and we talked about the garden for some time.\n" * 30


def a_letter(number: int) -> tuple[str, LetterRecord]:
    text = LETTER.format(day=number + 1, filler=FILLER, ecog=number % 3, caix=80 + number)
    day = f"{number + 1} March 2011"
    iso = f"2011-03-{number + 1:02}"
    status, caix = str(number % 3), str(80 + number)
    read = [
        fact(text, (Field.LETTER_DATE, "", iso, f"Clinic: {day}", day)),
        fact(text, (Field.ECOG, "", status, f"status is {status}", status), Reason.CONFLICT),
        fact(text, (Field.CAIX, "", caix, f"{caix}%", caix)),
        fact(text, (Field.THERAPY, "sunitinib", "given", "Sunitinib", "Sunitinib")),
        fact(text, (Field.SITE, "lung", "present", "the lung", "lung")),
    ]
    return text, letter(f"p{number // 3}/letter-{number}", text, iso, read)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    made = [a_letter(number) for number in range(9)]
    status = fact(NASTY, (Field.ECOG, "", "1", "ECOG performance status 1", "1"))
    made.append((NASTY, letter("zeb/<nasty>", NASTY, "", [status])))
    for text, record in made:
        path = folder / "letters" / record.paths[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_run(folder / "out", folder / "letters", [record for _, record in made])
    return folder / "out"


@pytest.fixture(scope="module")
def book(out: Path) -> Book:
    return Book(out, Plan(double=1.0, letters=2, margin=0.05))


@pytest.fixture(scope="module")
def texts(out: Path) -> Texts:
    return Texts(out.parent / "letters")


@pytest.fixture(scope="module")
def base(book: Book, texts: Texts) -> Iterator[str]:
    import uvicorn

    from extract.audit.desk.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(book, texts), access_log=False, log_level="warning")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        if FIREFOX:
            launched = playwright.firefox.launch(executable_path=FIREFOX, channel="moz-firefox")
        else:
            chromium = shutil.which("chromium")
            launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("EXTRACT_FIGURES")
    return Path(named) if named else tmp_path_factory.mktemp("figures")


class Somebody:
    """A person with a browser of their own."""

    def __init__(self, browser: Browser, base: str, book: Book, name: str, role: str) -> None:
        self.base = base
        self.context = browser.new_context(viewport=WIDE)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda m: self.faults.append(m.text) if m.type in {"error", "warning"} else None,
        )
        self.page.goto(f"{base}/signin?t={ticket(book, name, role)}")
        with self.page.expect_navigation(url=lambda url: "signin" not in url):
            self.page.locator("button.primary").press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys, each of which leads to another page."""
        for key in keys:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)

    def see(self, path: str, figures: Path, name: str) -> None:
        """Go to a page; axe looks at it at both widths, and it is kept as a picture."""
        self.page.goto(f"{self.base}{path}")
        look(self.page, figures, name)
        assert self.faults == []


def ticket(book: Book, name: str, role: str) -> str:
    from extract.audit.desk.access import Role, new_ticket

    return new_ticket(book.log, name, Role(role))


def look(page: Page, figures: Path, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        found: Any = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{name} is wider than {size['width']} px"
        figures.mkdir(parents=True, exist_ok=True)
        if not FIREFOX:  # Playwright would add a style there, which the page's policy refuses
            page.screenshot(path=figures / f"{name}-{size['width']}.png")


def test_the_whole_way(browser: Browser, base: str, book: Book, figures: Path) -> None:
    queue = book.queue()
    ecog = next(item for item in queue if item.fact.field is Field.ECOG)

    # Ann checks 20 facts by keyboard; she corrects one, adds one, takes one back.
    ann = Somebody(browser, base, book, "Ann", REVIEWER)
    look(ann.page, figures, "check")
    assert ann.page.locator("#evidence").is_visible()
    answered = 0
    while answered < 20:
        if ann.page.url.endswith(ecog.token):
            inside = ann.page.evaluate(
                "(() => { const t = document.getElementById('text').getBoundingClientRect(),"
                " e = document.getElementById('evidence').getBoundingClientRect();"
                " return e.top >= t.top && e.bottom <= t.bottom })()"
            )
            assert inside, "the evidence is not scrolled to"
            ann.page.keyboard.press("3")
            ann.page.keyboard.type("4")
            look(ann.page, figures, "correct")
            ann.page.locator("fieldset [name=value]").focus()
            ann.press("Enter")
        else:
            ann.press("1")
        answered += 1
    standing = book.standing(ecog)
    assert standing
    assert standing.answers["Ann"].to == ("ecog", "", "4")
    ann.press("2", "u", "1")
    assert statistics(book).reviewers == {"Ann": 21}
    record = book.letters[0]
    ann.page.goto(f"{base}/letters/{book.letter_token(record)}")
    ann.page.evaluate(
        """() => { const pane = document.getElementById('text');
        const walk = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
        let node; while ((node = walk.nextNode())) { const at = node.data.indexOf('liver');
        if (at >= 0) { const r = document.createRange(); r.setStart(node, at);
        r.setEnd(node, at + 5); getSelection().removeAllRanges();
        getSelection().addRange(r); } } }"""
    )
    ann.page.keyboard.press("a")
    ann.page.keyboard.type("site")
    ann.page.keyboard.press("Tab")
    ann.page.keyboard.type("liver")
    ann.page.keyboard.press("Tab")
    ann.page.keyboard.type("present")
    look(ann.page, figures, "missed")
    ann.page.locator("#missed [name=value]").focus()
    ann.press("Enter")
    ((_, added),) = book.missed_in(record)
    assert (added.target.field, added.target.item, added.target.quote) == (
        "site", "liver", "liver",
    )  # fmt: skip
    assert ann.page.get_by_text("Facts added").is_visible()
    reading = f"{base}/check?show=all&letter={book.letter_token(record)}"
    ann.page.goto(reading)
    while "/facts/" in ann.page.url:
        ann.press("1")
    ann.page.goto(f"{base}/letters/{book.letter_token(record)}")
    ann.press("c")
    assert "Ann" in book.ledger.complete[record.digest]
    assert ann.faults == []

    # Bea checks the same facts and sees nothing of what Ann said.
    bea = Somebody(browser, base, book, "Bea", REVIEWER)
    for _ in range(20):
        assert "Ann" not in bea.page.content()
        bea.press("2" if bea.page.url.endswith(queue[2].token) else "1")
    assert bea.faults == []

    # Cat settles where they differ, and reads the report.
    cat = Somebody(browser, base, book, "Cat", "adjudicator")
    cat.see("/disputes", figures, "disputes")
    assert len(book.disputed()) == 2
    cat.page.locator("main li a").first.click()
    look(cat.page, figures, "dispute")
    cat.press("1", "1")
    assert book.disputed() == []
    cat.see("/report", figures, "report")
    both = statistics(book).agreement
    # Flagged facts that were not drawn are checked once: Bea did not get Ann's.
    assert both.n >= 15
    assert both.n - both.same == 2
    assert f"{both.same} of {both.n}" in cat.page.content()
    ruled = [s.stands.verdict for _, s in book.ledger if s.ruling and s.stands]
    assert ruled == [Verdict.RIGHT, Verdict.RIGHT]


@pytest.mark.parametrize("name", ["facts", "letters", "patients", "overview", "stale"])
def test_axe_finds_nothing(
    browser: Browser, base: str, book: Book, figures: Path, name: str
) -> None:
    Somebody(browser, base, book, "Dan", "reader").see(f"/{name}", figures, name)


def test_a_patient_and_a_hostile_letter(
    browser: Browser, base: str, book: Book, figures: Path
) -> None:
    dan = Somebody(browser, base, book, "Dan", REVIEWER)
    dan.see(f"/patients/{book.patient_token('p0')}", figures, "patient")
    nasty = book.letters[-1]
    dan.see(f"/letters/{book.letter_token(nasty)}", figures, "letter")
    assert dan.page.title() == "Letter · extract"
    assert "<script>document.title='owned'</script>" in dan.page.inner_text("#text")


def test_keys_can_be_turned_off(browser: Browser, base: str, book: Book) -> None:
    dan = Somebody(browser, base, book, "Dan", REVIEWER)
    before = dan.page.url
    dan.page.uncheck("#keys-on")
    dan.page.keyboard.press("1")
    dan.page.wait_for_timeout(200)
    assert dan.page.url == before
    dan.page.check("#keys-on")


def test_the_way_without_script(browser: Browser, base: str, book: Book) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/signin?t={ticket(book, 'Eva', REVIEWER)}")
    page.get_by_role("button", name="Sign in as Eva").click()
    first = page.url
    page.get_by_role("button", name="Wrong 2").click()
    assert page.url != first
    assert statistics(book).reviewers["Eva"] == 1
    context.close()


@pytest.mark.skipif(bool(FIREFOX), reason="Playwright does not see Firefox save a blob")
def _wait_until_inside(page: Page, part: str, whole: str) -> None:
    """Wait until one element is scrolled into another; the page's policy lets no script ask."""
    for _ in range(100):
        inner, outer = (page.locator(name).first.bounding_box() for name in (part, whole))
        if inner and outer:
            below = outer["y"] + outer["height"] - inner["y"] - inner["height"]
            if outer["y"] <= inner["y"] and below >= 0:
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"{part} stays outside {whole}")


def test_a_sheet_without_a_server(
    browser: Browser, book: Book, texts: Texts, tmp_path: Path, figures: Path
) -> None:
    path = tmp_path / "sheet.html"
    number = write_sheet(path, book, texts, "Fay", 200)
    page = browser.new_page(viewport=WIDE, accept_downloads=True)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto(path.as_uri())
    look(page, figures, "sheet")
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        _wait_until_inside(page, "mark.now", "#text")
    for key in ("1", "2", "u", "2", "5"):
        page.keyboard.press(key)
    page.keyboard.press("3")
    page.keyboard.type("2011-04")
    page.keyboard.press("Enter")
    assert page.locator("#count").inner_text().startswith("3 of" if number < 4 else "4 of")
    with page.expect_download() as saving:
        page.click("#save")
    saved = tmp_path / "decisions.json"
    saving.value.save_as(saved)
    assert faults == []
    before = book.ledger.last
    new, known = import_decisions(book.out, saved, texts.root)
    assert (new, known) == (4, 0)
    book.refresh()
    assert book.ledger.last == before + 4
    page.close()
