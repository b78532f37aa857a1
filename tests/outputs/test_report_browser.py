"""The report in a real browser: accessible, no wider than a telephone, whole on paper.

Pictures go to the folder named by ``EXTRACT_FIGURES``, else to the test's own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extract.outputs.loading import Finished
from extract.outputs.report import Book, html_report
from extract.records import LetterRecord

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MISSING = [
    name
    for name, there in (
        ("chromium", shutil.which("chromium")),
        ("playwright", find_spec("playwright")),
        ("axe-playwright-python", find_spec("axe_playwright_python")),
    )
    if not there
]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and not os.environ.get("CI"), reason=f"not installed: {', '.join(MISSING)}"
)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def doubtful(
    quoted: Callable[..., LetterRecord], make_finished: Callable[..., Finished]
) -> Finished:
    """Patients with every kind of doubt, so that every part of the page is looked at."""
    told = [
        ("letter_date", "", "2010-01-04"),
        ("therapy", "sunitinib", "given"),
        ("therapy_end", "sunitinib", "2009-12-25~"),
        ("caix", "", "80-90"),
        ("ecog", "", "1-2"),
        ("site", "liver", "present"),
        ("therapy", "aldesleukin", "given"),
        ("il2_cycle_start", "1", "2010-02"),
    ]
    other = [
        ("letter_date", "", "2010-06-04"),
        ("caix", "", "60"),
        ("therapy_end", "sunitinib", "2009-11-02"),
        ("toxicity", "rash", "3"),
        ("icu", "", "yes"),
    ]
    return make_finished([quoted("u1/a", told, "u1"), quoted("u1/b", other, "u1"),
                          quoted("u2/a", [("ecog", "", "3")], "u2")])  # fmt: skip


@pytest.fixture(scope="module")
def pages(
    gold: Finished, doubtful: Finished, hostile: Finished, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {"published": gold, "doubtful": doubtful, "hostile": hostile}
    for name, finished in found.items():
        (folder / f"{name}.html").write_text(html_report(Book(finished)), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in found}


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture(params=("published", "doubtful", "hostile"))
def page(
    request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path], faults: list[str]
) -> Iterator[Page]:
    found = browser.new_page()
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    found.on("request", lambda asked: faults.extend([asked.url] * ("file:" not in asked.url)))
    found.goto(pages[request.param].as_uri())
    yield found
    found.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("everything", [False, True])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, faults: list[str], width: int, everything: bool, tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 860})
    if everything:
        page.get_by_role("button", name="Open everything").click()
    found: Any = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    folder = Path(os.environ.get("EXTRACT_FIGURES", tmp_path))
    name = request.node.callspec.params["page"]
    page.screenshot(path=folder / f"report-{name}-{width}{'-open' if everything else ''}.png")


def test_nothing_is_cut_off_on_paper(page: Page) -> None:
    # A4 less its margins, in CSS pixels.
    page.set_viewport_size({"width": 688, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    # Paper does not scroll: a part that would have to is cut off.
    cut = "[...document.querySelectorAll('.scroll')].filter(p => p.scrollWidth > p.clientWidth + 1)"
    assert page.evaluate(f"{cut}.length") == 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_link_opens_the_patient_that_it_leads_to(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(f"{pages['published'].as_uri()}#patient-c09")
    part = page.locator("#patient-c09")
    assert part.get_attribute("open") is not None
    assert page.locator("#patient-c10").get_attribute("open") is None
    page.close()


def test_without_script_everything_is_still_there(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["published"].as_uri())
    assert page.get_by_role("button", name="Open everything").count() == 0
    page.locator("#number-responders summary").click()
    assert page.locator("#number-responders .open").is_visible()
    context.close()
