"""Letters as they were before the scanner, and where each word of them stands."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract.archive import Extractor
from extract.language.mending import Mended, Mender
from extract.language.mending.view import Edit
from extract.language.rules import load_rules
from extract.records import Reason
from extract.values.agents import load_agents

#: Enough damage for any letter to be taken for a scanned one.
NOISE = "\n\nThanh you for seeiug tbis pleasaut man, wbo is knowu to this cliuic and lives aloue.\n"


@lru_cache(maxsize=1)
def mender() -> Mender:
    return Mender.of(load_rules(), load_agents())


def mended(text: str) -> str:
    return mender().mend(text + NOISE).text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("damaged", "written"),
    [
        # letters for their likes
        ("He was startcd on pazopanih.", "He was started on pazopanib."),
        ("The turnour was smallcr.", "The tumour was smaller."),
        ("a pathological fracturc of the fernur", "a pathological fracture of the femur"),
        ("no evidcncc of recurrcnce", "no evidence of recurrence"),
        ("an excellcnt partlal respouse", "an excellent partial response"),
        ("Everolimns was stoppcd for pneumonltis.", "Everolimus was stopped for pneumonitis."),
        ("Axitiuib 5 mg", "Axitinib 5 mg"),
        ("progressivc diseasc in tlie livcr", "progressive disease in the liver"),
        ("disease in botli lungs", "disease in both lungs"),
        ("she had vornitlng and diarrboea", "she had vomiting and diarrhoea"),
        ("admitted with feveT", "admitted with feveT"),
        # figures in words, words in capitals
        ("5table di5ease on temsiro1imus", "Stable disease on temsirolimus"),
        ("HIST0LOGY: cl ear cell", "HISTOLOGY: clear cell"),
        ("TREATMFNT SO FAR", "TREATMENT SO FAR"),
        # letters in figures
        ("Clinic: l4/O6/2OlO", "Clinic: 14/06/2010"),
        ("last dose 3O June", "last dose 30 June"),
        ("started on l2th Marcb 2O09", "started on 12th March 2009"),
        ("CAIX in 9O% of cells", "CAIX in 90% of cells"),
        ("nodules of l8 mm", "nodules of 18 mm"),
        ("given lO July", "given 10 July"),
        ("P5 2 today, was P5: 1", "PS 2 today, was PS: 1"),
        ("disease thal was stab1e", "disease that was stable"),
        # months
        ("since Novembcr 2008 and Dccember 2009", "since November 2008 and December 2009"),
        ("in Fehruary, then Augusl", "in February, then August"),
        # words in pieces, words run together
        ("the ne phrectomy in Sep tember 2007", "the nephrectomy in September 2007"),
        ("hypo tension and con fusion", "hypotension and confusion"),
        ("hewas seen in theclinic", "he was seen in the clinic"),
        ("progressionof disease", "progression of disease"),
        ("for 6weeks sinceOctober", "for 6 weeks since October"),
        ("the scan showed pro-\n  gression", "the scan showed progression"),
        ("a long-\nterm catheter", "a long-\nterm catheter"),
        # no gap behind a stop
        ("He is well.His weight is stable.", "He is well. His weight is stable."),
        # what is no damage
        ("Mr Hond of Wero Lane saw Dr Sean Pell", "Mr Hond of Wero Lane saw Dr Sean Pell"),
        ("T2 N1 MO, HER2 and p53, L4 and B12", "T2 N1 MO, HER2 and p53, L4 and B12"),
        ("BP 130/80, P 76 reg, sats 97%", "BP 130/80, P 76 reg, sats 97%"),
        (
            "observations and complains, file and observes",
            "observations and complains, file and observes",
        ),
    ],
)
def test_a_scanned_text_reads_as_it_was_written(damaged: str, written: str) -> None:
    assert mended(damaged) == written


def test_a_clean_letter_stays_as_it_is() -> None:
    text = (
        "Dear Dr Pell,\n\nMr Hond saw Dr Sean Wero. He is well on sunitinib 50 mg.\n\nP 76 reg.\n"
    )
    assert mender().mend(text).is_whole


def test_one_slip_in_a_clean_letter_is_mended_where_the_word_is_long() -> None:
    assert mender().mend("Well after the nephrectorny.").text == "Well after the nephrectomy."
    assert mender().mend("His plantar wart is gone.").is_whole


@pytest.mark.parametrize(
    ("scanned", "read"),
    [
        (
            "his last tablet was\n\n- 2 -\n\ntaken on 3 March.",
            "his last tablet was taken on 3 March.",
        ),
        (
            "his last tablet was taken on\n   (contd. overleaf)\n\n"
            "NETHERBY INFIRMARY  N204417  MARL, A    Page 2 of 3\n3 March.",
            "his last tablet was taken on 3 March.",
        ),
        (
            "deposits in the lungs,\n     [STAMP: RECEIVED 3 JUN 2009]\nthe liver and the spleen.",
            "deposits in the lungs, the liver and the spleen.",
        ),
        (
            "the second was given up when she de-\n\n12-JUN-09  11:42  FAX 0000 555 0123  P.02/03\n\n"
            "veloped colitis.",
            "the second was given up when she developed colitis.",
        ),
    ],
)
def test_a_sentence_goes_on_over_a_page_end(scanned: str, read: str) -> None:
    head = "NETHERBY INFIRMARY\nOncology\n\nDear Dr Ash,\n\nI saw him today. He says that "
    text = mender().mend(f"{head}{scanned}{NOISE}").text
    assert read in " ".join(text.split())
    assert "\n- 2 -" in text or "2009" in text or "Page 2" in text or "P.02" in text


@pytest.mark.parametrize(
    "line",
    ["EF 61%.", "1/2", "10/01  18:00  GIVEN  18:05  JB / MF", "PLAN", "BP 130/80  P 76", "CR 2/12"],
)
def test_a_short_line_is_no_page_furniture(line: str) -> None:
    text = f"Netherby\nOncology\nClinic\nDear Dr Ash,\n\nHe is well.\n{line}\nHe is well.\n{line}\nEnd.\n"
    assert mender().mend(text).is_whole


def test_letter_spaced_lines_are_closed_up() -> None:
    text = "C A N C E R   C L I N I C        1 4  M a r c h  2 0 1 0\n\nDear Dr Ash,\n"
    assert mender().mend(text).text.split()[:5] == "CANCER CLINIC 14 March 2010".split()


def test_every_character_has_its_place() -> None:
    made = Mended.whole("A bcd efg. hij").with_edits([Edit(2, 5, "x"), Edit(5, 6, "", slip=False)])
    made = made.with_moved([(0, 2)])
    assert made.text == "xefg. hij\n\nA "
    assert made.raw[slice(*made.origin(0, 4))] == "bcd efg"
    assert made.misread(0, 1)
    assert not made.misread(1, 4)
    assert made.raw[slice(*made.origin(11, 12))] == "A"


@pytest.fixture(scope="module")
def facts(extractor: Extractor) -> dict[tuple[str, str, str], tuple[str, bool]]:
    """Value and quote of each fact of a damaged letter, and whether damage is its doubt."""
    text = (
        "NETHERBY INFIRMARY                      Clinic l4/O6/2OlO\n\nDear Dr Ash,\n\n"
        "He has clear cell carcinorna of the kidney. He startcd pazopanih on 12 January 2009 and had "
        "stahle disease, but the scan of 3 Fehruary 20l0 showed progression and it was stoppcd on\n\n"
        "NETHERBY INFIRMARY   N204417  MARL                Page 2\n\n"
        "8 February 2010. He was then given everolimus frorn 1 March 2010.\n"
        "His performance status is 1.\n"
    )
    record = extractor.text(text)
    return {
        (f.field.value, f.item, f.value): (f.evidence.quote, Reason.OCR in f.reasons)
        for f in record.facts
    }


@pytest.mark.parametrize(
    ("fact", "quote", "doubted"),
    [
        (("therapy_start", "pazopanib", "2009-01-12"), "12 January 2009", False),
        (("therapy", "pazopanib", "given"), "pazopanih", True),
        (("therapy_end", "pazopanib", "2010-02-08"), "8 February 2010", False),
        (("response_date", "pazopanib", "PD=2010-02-03"), "3 Fehruary 20l0", True),
        (("therapy_start", "everolimus", "2010-03-01"), "1 March 2010", False),
        (("ecog", "", "1"), "1", False),
        (("letter_date", "", "2010-06-14"), "l4/O6/2OlO", True),
    ],
)
def test_a_fact_points_at_the_letter_as_it_is_and_owns_up_to_damage(
    facts: dict[tuple[str, str, str], tuple[str, bool]],
    fact: tuple[str, str, str],
    quote: str,
    doubted: bool,
) -> None:
    assert fact in facts
    found, doubt = facts[fact]
    assert quote in found
    assert doubt is doubted
