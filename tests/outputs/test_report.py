"""The report: one page that opens everywhere, harms nowhere, and says the same each time."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from extract.calculators import PRESETS
from extract.outputs.loading import Finished
from extract.outputs.rejudge import rejudged
from extract.outputs.report import Book, html_report, markdown_report, word_report
from extract.outputs.report.book import anchor
from extract.outputs.report.tables import tables
from extract.records import LetterRecord
from tests.outputs.conftest import HOSTILE

VOID = {"meta", "link", "br", "img", "input", "hr", "path", "use", "rect", "line"}


class Page(HTMLParser):
    """The elements, ids, links and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture(scope="module")
def html(gold: Finished) -> str:
    return html_report(Book(gold))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def text_of(html: str) -> str:
    return " ".join(" ".join(Page(html).words).split())


# ------------------------------------------------------------------- what it says


def test_the_headline_is_the_published_table(html: str) -> None:
    said = text_of(html)
    for phrase in (
        "16 patients were given high-dose interleukin-2, 8 as salvage",
        "8 as consolidation",
        "13 could be assessed: 9 responded (69 %, exact 95 % interval 39–91 %)",
        "6 of them completely (46 %, exact 95 % interval 19–75 %)",
        "None of the 6 complete responders has relapsed",
        "The longest follow-up is 24 months",
        "0 of 16 needed inotropes and 0 of 16 needed intensive care",
    ):
        assert phrase in said


def test_both_denominators_and_both_intervals_are_there(gold: Finished) -> None:
    (table,) = (t for t in tables(Book(gold)) if t.name == "responses")
    cells = [tuple(cell.replace("\xa0", " ") for cell in row.cells) for row in table.rows]
    assert cells[:4] == [
        ("responded (CR or PR)", "9", "13 evaluable", "69.2 %", "38.6–90.9 %", "42.4–87.3 %"),
        ("responded (CR or PR)", "9", "16 treated", "56.2 %", "29.9–80.2 %", "33.2–76.9 %"),
        ("complete response", "6", "13 evaluable", "46.2 %", "19.2–74.9 %", "23.2–70.9 %"),
        ("complete response", "6", "16 treated", "37.5 %", "15.2–64.6 %", "18.5–61.4 %"),
    ]


def test_every_number_of_the_headline_opens_to_its_patients(html: str, gold: Finished) -> None:
    people = Book(gold).outcomes.people
    for key, ids in people.items():
        start = html.index(f'id="number-{key}"')
        card = html[start : html.index("</details>", start)]
        assert re.findall(r'<b><a href="#[^"]+">([^<]+)</a></b>', card) == list(ids)


def test_every_row_of_every_table_opens(gold: Finished) -> None:
    for table in tables(Book(gold)):
        for row in table.rows:
            if not row.head and table.name != "washout":
                assert row.opened is not None, (table.name, row.cells)
                if row.cells[1] not in ("0", "–") and table.name not in ("best", "support"):
                    assert row.opened.shares, (table.name, row.cells)


def test_doubts_come_first(html: str) -> None:
    order = [html.index(f'id="{name}"') for name in ("headline", "doubts", "flow", "results",
                                                     "figures", "patients", "methods")]  # fmt: skip
    assert order == sorted(order)


def test_few_patients_carry_a_caution(gold: Finished) -> None:
    (table,) = (t for t in tables(Book(gold)) if t.name == "subgroups")
    for row in table.rows:
        if not row.head:
            assert bool(row.note) is (int(row.cells[2]) < 5)


def test_thresholds_and_criteria_are_told(gold: Finished) -> None:
    again = rejudged(gold, PRESETS["recist-confirmed"])
    said = text_of(html_report(Book(again)))
    assert "criteria “recist-confirmed”" in said
    assert "Responses as RECIST 1.1, confirmed" in said


def test_first_cycle_doses_are_compared_with_another_series(c6: Finished) -> None:
    book = Book(c6, (12, 11, 13, 10, 12, 11, 12, 9, 13, 11))
    said = text_of(html_report(book))
    assert "difference -0.28 doses (Welch 95 % -1.34 to 0.79" in said
    assert "Similar: the interval lies within two doses either way" in said


@pytest.mark.parametrize("rows", [[], [("letter_date", "", "2010-01-04"), ("ecog", "", "1")]])
def test_nobody_treated_and_nobody_at_all(
    rows: list[tuple[str, str, str]],
    quoted: Callable[..., LetterRecord],
    make_finished: Callable[..., Finished],
) -> None:
    found = make_finished([quoted("p1/a", rows)] if rows else [])
    said = text_of(html_report(Book(found)))
    assert "No patient was given high-dose interleukin-2" in said
    assert markdown_report(Book(found))
    assert word_report(Book(found))


def test_more_patients_than_are_shown_are_counted(gold: Finished) -> None:
    book = Book(gold, most_patients=3)
    html = html_report(book)
    assert html.count('class="patient"') == 3
    assert "13 more are in eligibility.csv" in text_of(html)
    known = set(Page(html).values("id"))
    assert {value[1:] for value in Page(html).values("href") if value[0] == "#"} <= known


# --------------------------------------------------------------- what it must not do


def test_the_page_is_whole_and_its_links_lead_somewhere(page: Page) -> None:
    assert page.wrong == []
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


def test_the_page_asks_for_nothing_from_anywhere(page: Page, html: str) -> None:
    assert not {"img", "iframe", "link", "object", "embed", "form", "audio"} & page.tags.keys()
    for _, name, value in page.attributes:
        if name in {"src", "href", "xlink:href", "action", "data"}:
            assert value.startswith("#"), (name, value)
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", html)


def test_only_the_page_s_own_script_may_run(html: str, page: Page) -> None:
    assert page.tags["script"] == 1
    script = re.search(r"<script>(.*?)</script>", html, re.S)
    policy = page.values("content")[0]
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_nothing_that_a_letter_says_is_markup(hostile: Finished) -> None:
    html = html_report(Book(hostile))
    page = Page(html)
    assert page.wrong == []
    assert page.tags["script"] == 1
    assert page.tags["img"] == 0
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert HOSTILE in " ".join(page.words)
    for value in page.values("id"):
        assert re.fullmatch(r"[\w.-]+", value), value


def test_patients_whose_ids_look_alike_have_places_of_their_own() -> None:
    ids = ["a b", "a-b", "a/b", "a  b", "ä", "日本", "", "a" * 80, "a" * 79]
    places = [anchor(one) for one in ids]
    assert len(set(places)) == len(ids)
    assert all(re.fullmatch(r"[\w-]+", place, re.ASCII) for place in places)


def test_the_same_records_give_the_same_bytes(gold: Finished) -> None:
    for make in (html_report, markdown_report, word_report):
        assert make(Book(gold)) == make(Book(gold))


# ------------------------------------------------------------- Markdown and Word


def test_markdown_holds_the_tables_and_the_quotes(gold: Finished) -> None:
    text = markdown_report(Book(gold))
    wanted = "| responded (CR or PR) | 9 | 13 evaluable | 69.2 % | 38.6–90.9 % | 42.4–87.3 % |"
    assert wanted in text.replace("\xa0", " ")
    assert "### responded: 9 of 13" in text
    tables_ = [line for line in text.splitlines() if line.startswith("|")]
    for header, ruler in pairwise(tables_):
        if set(ruler) <= set("|-:"):
            assert header.count("|") == ruler.count("|")


def test_nothing_that_a_letter_says_is_markdown(hostile: Finished) -> None:
    text = markdown_report(Book(hostile))
    assert "<script" not in text.replace("\\<", "")
    assert re.search(r"(?<!\\)\[x\]\(", text) is None


def test_word_holds_the_response_table(gold: Finished) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(word_report(Book(gold))))
    (table, *_) = document.tables
    rows = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "patients", "of", "rate", "exact 95 %", "Wilson 95 %"]
    assert rows[1][1:5] == ["9", "13 evaluable", "69.2 %", "38.6–90.9 %"]
    assert any("9 responded" in paragraph.text for paragraph in document.paragraphs)


def test_word_takes_any_letter_s_words(hostile: Finished) -> None:
    assert word_report(Book(hostile))
