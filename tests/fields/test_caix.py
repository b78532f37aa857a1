"""Carbonic anhydrase IX: sentences and short reports with the results they must give."""

from __future__ import annotations

import pytest

from extract.fields import caix
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.records import Reason

#: Sentences, and the values they give.
SENTENCES: list[tuple[str, str]] = [
    ("CAIX >80%", ">80"),
    ("CAIX > 80 %", ">80"),
    ("CA-IX 90%", "90"),
    ("CA IX 95 per cent", "95"),
    ("CA9 85%", "85"),
    ("CA 9: 90", "90"),
    ("carbonic anhydrase IX positive in 90% of cells", "90"),
    ("carbonic anhydrase 9 staining 95%", "95"),
    ("Carbonic anhydrase nine stains ninety per cent of the cells.", "90"),
    ("C A nine 85 percent", "85"),
    ("CAlX 9O%", "90"),
    ("CA1X 90%", "90"),
    ("CAIX. 90%", "90"),
    ("G250 positive 90%", "90"),
    ("MN/CA9 90%", "90"),
    ("CAIX 80-90%", "80-90"),
    ("CAIX 80 to 90 percent", "80-90"),
    ("CAIX over 90 per cent", ">90"),
    ("CAIX at least 85%", ">=85"),
    ("CAIX >=80%", ">=80"),
    ("CAIX in more than four-fifths of cells", ">80"),
    ("CAIX in nine-tenths of tumour cells", "90"),
    ("CAIX approximately 80%", "~80"),
    ("CAIX ~85%", "~85"),
    ("CAIX up to 90%", "<=90"),
    ("CAIX <10%", "<10"),
    ("CAIX in around three quarters of the cells", "~75"),
    ("CAIX in virtually all cells", ">=95"),
    ("CAIX diffusely positive", "positive"),
    ("CAIX: strong membranous positivity in 80%", "80"),
    ("CAIX 3+ in 90%, 2+ in 5%", "95"),
    ("CAIX positive (95% 3+)", "95"),
    ("CAIX H-score 240", ""),
    ("CAIX: 3+, H-score 240, % not given", "positive"),
    ("high CAIX expressor", "positive"),
    ("CAIX high (see path)", "positive"),
    ("CAIX awaited", ""),
    ("CAIX to follow", ""),
    ("CAIX requested", ""),
    ("CAIX (%) | 85", "85"),
    ("CAIX 85% primary, 40% met", "40 85"),
    ("CAIX strong in 80%", "80"),
    ("CAIX 80%+", ">=80"),
    ("CAIX more than four-fifths of cells", ">80"),
    ("CAIX 90% on the nephrectomy, 60% on the lung biopsy", "60 90"),
    ("enrolled in the girentuximab (anti-CAIX) study", ""),
    ("CAIX >80% is required", ""),
    ("CAIX must be more than 80%.", ""),
    ("We need CAIX >80%; hers is 90%.", "90"),
    ("We ask for PS 0-1, CAIX over 80% and no papillary component.", ""),
    ("G250 PET showed uptake in 90% of lesions", ""),
    ("CAIX negative", "negative"),
    ("CAIX -ve", "negative"),
    ("CAIX +ve", "positive"),
    ("CAIX pos", "positive"),
    ("CA-IX: neg", "negative"),
    ("The tumour does not express CAIX.", "negative"),
    ("The tumour is positive for CAIX.", "positive"),
    ("negative for CAIX", "negative"),
    ("No CAIX staining was seen.", "negative"),
    ("There was no staining for carbonic anhydrase IX.", "negative"),
    ("CAIX staining was absent.", "negative"),
    ("CAIX expression present", "positive"),
    ("90% of the tumour cells are positive for CAIX.", "90"),
    ("Ninety per cent of cells stained for carbonic anhydrase IX.", "90"),
    ("Approximately 85% of tumour cells express CAIX", "~85"),
    ("sent for CAIX staining", ""),
    ("asked the lab for CAIX. Alveolar 80%.", ""),
    ("CAIX and Ki-67 12%", ""),
    ("Ki-67 12%, CAIX 90%", "90"),
    ("alveolar 80%, CAIX 90%, EF 62%", "90"),
    ("CAIX 90%, Ki-67 15%", "90"),
    ("CAIX positive; Ki-67 15%", "positive"),
    ("CAIX: pending, Ki-67 12%", ""),
    ("CA 19-9 35", ""),
    ("CA125 90", ""),
    ("Ca 9.4", ""),
    ("carbonic anhydrase inhibitor", ""),
    ("He is on acetazolamide, a carbonic anhydrase inhibitor, 90% better", ""),
    ("If CAIX is over 80% we would go ahead", ""),
    ("If CAIX is positive we will refer", ""),
    ("CAIX?", ""),
    ("?CAIX", ""),
    ("CAIX positive, percentage to follow", "positive"),
    ('CAIX "positive" - no number', "positive"),
    ("CAIX IHC: 90% of tumor cells", "90"),
    ("CAIX expression in 90% of tumour cells, strong in 60%", "90"),
    ("CAIX: 95% of cells, strong, membranous. Ki-67 12%.", "95"),
    ("CAIX (clone M75) membranous, 3+, in 90% of tumour cells", "90"),
    ("CAIX: 3+ 70%, 2+ 20%, 1+ 5%, 0 5%", "95"),
    ("CAIX: membranous staining 3+ in 80% and 2+ in a further 15%, giving a total of 95%", "95"),
    ("CAIX was weakly positive", "positive"),
    ("focal CAIX staining", "positive"),
    ("CAIX strong", "positive"),
    ("CAIX 100%", "100"),
    ("CAIX in all tumour cells", "100"),
    ("CAIX 0%", "0"),
    ("CAIX expression: >90%", ">90"),
    ("CAIX <5% of cells (negative)", "<5"),
    ("CAIX score 3+", "positive"),
    ("CAIX stain not done", ""),
    ("CAIX not available", ""),
    ("her sister's tumour was CAIX 90%", ""),
    ("CAIX of 85-95%", "85-95"),
    ("CAIX between 80 and 90%", "80-90"),
    ("CAIX between eighty and ninety per cent", "80-90"),
    ("CAIX: 90 %", "90"),
    ("CAIX=90", "90"),
    ("CAIX 90", "90"),
    ("CAIX>80", ">80"),
    ("CAIX > 80", ">80"),
    ("CAIX approx 90", "~90"),
    ("see A nine ninety five percent", "95"),
    ("sea A nine over 80 percent positive", ">80"),
    ("CAIX ________ %", ""),
    ("CAIX ......... %", ""),
    ("CAIX [x] positive [ ] negative", "positive"),
    ("CAIX [ ] positive [x] negative", "negative"),
    ("CAIX   positive [ ]  negative [x]", "negative"),
    ("CAIX was 60% on the biopsy and 90% on the nephrectomy.", "60 90"),
    ("Repeat CAIX 85% (previously reported as 70%)", "70 85"),
    ("the stain for CAIX, which was requested in May, is 90%", "90"),
    ("CAIX, requested in May, shows 90% of cells positive", "90"),
    ("Stained for CAIX: 90% of cells positive.", "90"),
    ("CAIX staining in 90% of the cells", "90"),
    ("strongly CAIX positive", "positive"),
    ("CAIX-positive", "positive"),
    ("CAIX-negative tumour", "negative"),
    ("CAIX highly expressed (>85%)", ">85"),
    ("CAIX >85% (high expressor)", ">85"),
    ("CAIX low (40%)", "40"),
    ("CAIX positivity 75%", "75"),
    ("immunoreactive for CA IX (80%)", "80"),
    ("CAIX 90% of cells. He needs a stress echo.", "90"),
    ("His histology is favourable but CAIX is only 70%, and we require 80%.", "70"),
    ("CAIX is 70% and must be >80%", "70"),
    ("CAIX exceeds 80%", ">80"),
    ("CAIX exceeded 90 per cent", ">90"),
    ("CAIX was 85 per cent", "85"),
    ("CAIX (nephrectomy): 85%", "85"),
    ("CAIX (Dr Oxtoby, 11/02/15): 90%", "90"),
    ("CAIX 11/02/15 90%", "90"),
    ("CAIX well over 80%", ">80"),
    ("CAIX just under 80%", "<80"),
    ("CAIX nearly 90%", "~90"),
    ("CAIX ca. 90%", "~90"),
    ("CAIX c. 90%", "~90"),
    ("CAIX 90% or more", ">=90"),
    ("CAIX 90+", ">=90"),
    ("CAIX >/= 80%", ">=80"),
    ("CAIX ≥80%", ">=80"),
    ("CAIX ≤10%", "<=10"),
    ("CAIX less than 10%", "<10"),
    ("CAIX no more than 10%", "<=10"),
    ("Ref lab: CAIX IHC 3+ 60%, 2+ 25%, 1+ 5%. Alv 70% gran 15% pap 0.", "90"),
    ("Two blocks were stained for CA9: block A 95%, block B 80%.", "80 95"),
    ("CAIX expression by immunohistochemistry was high at 92%.", "92"),
    ("The CAIX came back at more than ninety per cent.", ">90"),
    ("His CAIX result is back: 88 per cent of the tumour stains.", "88"),
    ("His CAIX result is back. 88 per cent of the tumour cells stain.", "88"),
    ("CAIX staining: membranous pattern, score 3, 100% of cells.", "100"),
    ("CA-IX status: Positive (H-score 270).", "positive"),
    ("CAIX failed, to be repeated.", ""),
    ("CAIX not expressed.", "negative"),
    ("CAIX 85% (threshold >80%).", "85"),
    ("CAIX (cut off 80%): 85%", "85"),
    ("CAIX 85%, PD-L1 <1%, Ki67 20%.", "85"),
    ("PD-L1 5%; CAIX: >80", ">80"),
    ("Discussed the SELECT data (CAIX high in 90% of ccRCC, response 25%).", ""),
    ("CAIX is expressed in over 90% of clear cell tumours, and his was no exception at 95%.", "95"),
]

#: Reports, for what their layout says.
LAYOUTS: list[tuple[str, str]] = [
    (
        (
            "IMMUNOHISTOCHEMISTRY\n"
            "CAIX (clone M75)\n"
            "Membranous staining, 3+, in 90% of tumour cells.\n"
            "CK7 negative.\n"
        ),
        "90",
    ),
    ("CAIX:\n90%\n", "90"),
    (
        (
            "Immunohistochemistry\n  CAIX        positive, >90%\n  CD10        positive\n  "
            "CK7         negative\n"
        ),
        ">90",
    ),
    ("| Marker | Result |\n| CAIX | 85% |\n| CK7 | negative |\n", "85"),
    ("ITEM      CRITERION    PATIENT\nCAIX      >80%         95%\n", "95"),
    ("CAIX      >80%         75%\n", "75"),
    ("Criteria for high dose IL-2:\n- CAIX >80%\n- ECOG 0-1\n", ""),
    ("We stained the block for CAIX. It is positive in 85% of the cells.\n", "85"),
    (
        (
            "The block was stained for CAIX. The staining was strong and membranous. "
            "Approximately 90% of cells were positive.\n"
        ),
        "~90",
    ),
    ("CAIX requested. EF 62%.\n", ""),
    ("CAIX requested. Stress echo: EF 62%, 90% of target rate.\n", ""),
    ("CAIX ........ 90%    Ki-67 ........ 12%\n", "90"),
    ("CAIX (% of tumour cells): 90\n", "90"),
    ("CAIX %:  85\n", "85"),
    ("Carbonic anhydrase IX\n  Intensity: 3+\n  Percentage: 90%\n", "90"),
    ("CA9 (% cells)   [ ] <50   [ ] 50-80   [x] >80\n", ">80"),
    ("CAIX negative. CK7 positive.", "negative"),
    ("CK7 negative, CAIX positive", "positive"),
    ("CAIX: not stated\nCK7 positive", ""),
    ("CD10, vimentin and CAIX positive; CK7 negative", "positive"),
    ("Positive for CD10, CAIX and vimentin. Negative for CK7.", "positive"),
    ("CAIX and CD10 positive", "positive"),
    ("IHC: CK7-, CD10+, CAIX+, AMACR-", "positive"),
    ("IHC: CAIX (+), CK7 (-)", "positive"),
    ("IHC: CAIX(-), CK7 (+)", "negative"),
    ("Immunostains: CK7 (-), CAIX (diffuse membranous +), PAX8 (+)", "positive"),
    ("The tumor cells were positive for PAX8, CAIX, and CD10, and negative for CK7.", "positive"),
    ("The tumor cells were negative for CK7, CAIX and TFE3.", "negative"),
]


def _rows(reader: Reader, text: str) -> str:
    view = View(reader.read(text), reader.lexicon)
    return " ".join(sorted({draft.value for draft in caix.find(view)}))


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_gives_its_result(reader: Reader, text: str, expected: str):
    assert _rows(reader, text) == expected


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layout_ties_a_result_to_the_stain(reader: Reader, text: str, expected: str):
    assert _rows(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CAlX 9O%", Reason.OCR),
        ("CAIX in virtually all cells", Reason.QUALIFIED),
    ],
)
def test_a_doubtful_result_asks_for_a_review(reader: Reader, text: str, reason: Reason):
    view = View(reader.read(text), reader.lexicon)
    drafts = list(caix.find(view))
    assert drafts
    assert all(reason in draft.reasons for draft in drafts)
