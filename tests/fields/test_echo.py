"""Stress echocardiograms and ejection fractions, sentence by sentence."""

from __future__ import annotations

import pytest

from extract.fields import echo
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.values.dates import EdtfDate

#: Letter date 14 June 2010. Facts as field=value, in any order.
SENTENCES = [
    # the field guide's minimal pairs
    ("dobutamine stress echo negative", "stress_echo=satisfactory"),
    ("resting echo normal; stress echo cancelled", ""),
    # satisfactory
    ("Stress echo NAD.", "stress_echo=satisfactory"),
    ("Stress echo: -ve", "stress_echo=satisfactory"),
    ("DSE negative 12/3/10.", "stress_echo=satisfactory stress_echo_date=2010-03-12"),
    (
        "Dobutamine stress echo - no inducible ischaemia, EF 62%.",
        "stress_echo=satisfactory lvef=62",
    ),
    ("ESE normal to 95% MPHR", "stress_echo=satisfactory"),
    (
        "He passed his stress echo last week.",
        "stress_echo=satisfactory stress_echo_date=2010-06-07~",
    ),
    ("stress ECHO 26/05 OK", "stress_echo=satisfactory stress_echo_date=2010-05-26"),
    ("strss echo normal", "stress_echo=satisfactory"),
    ("echo stress test normal", "stress_echo=satisfactory"),
    (
        "We measured a normal stress echo in October.",
        "stress_echo=satisfactory stress_echo_date=2009-10",
    ),
    (
        "Stress echocardiography on 3 June showed no evidence of ischemia, resting EF 60-65%.",
        "stress_echo=satisfactory stress_echo_date=2010-06-03 lvef=60-65",
    ),
    (
        "Stress echo ............ Done 10 Feb, satisfactory. EF 61%",
        "stress_echo=satisfactory stress_echo_date=2010-02-10 lvef=61",
    ),
    (
        "Dobutamine stress echo: 12/05/10. Resting LVEF 55%, 70% at peak. No RWMA.",
        "stress_echo=satisfactory stress_echo_date=2010-05-12 lvef=55",
    ),
    (
        "STRESS ECHO\nPerformed 14 May 2010. Good LV function. No ischaemia.",
        "stress_echo=satisfactory stress_echo_date=2010-05-14",
    ),
    ("Stress echo, if you wonder, was normal.", "stress_echo=satisfactory"),
    # unsatisfactory
    (
        "Stress echo positive with inducible ischaemia in the LAD territory.",
        "stress_echo=unsatisfactory",
    ),
    ("Stress echo: mild apical hypokinesis at peak.", "stress_echo=unsatisfactory"),
    (
        "Her stress echo of last Tuesday was abnormal.",
        "stress_echo=unsatisfactory stress_echo_date=2010-06-08~",
    ),
    ("Stress echo [ ] satisfactory [x] unsatisfactory [ ] equivocal", "stress_echo=unsatisfactory"),
    # inconclusive
    ("Stress echo sub-maximal but negative.", "stress_echo=inconclusive"),
    ("Stress echo inconclusive, poor windows.", "stress_echo=inconclusive"),
    (
        "Stress echo: no wall motion abnormality at the rate achieved, but target was not reached.",
        "stress_echo=inconclusive",
    ),
    # awaited
    ("Stress echo booked for 24/6.", "stress_echo=awaited stress_echo_date=2010-06-24"),
    ("Stress echo booked 06/07.", "stress_echo=awaited stress_echo_date=2010-07-06"),
    ("The stress echo is on the 9th of July.", "stress_echo=awaited stress_echo_date=2010-07-09"),
    ("Stress echo requested 12/6/10.", "stress_echo=awaited"),
    ("Stress echo next Thursday.", "stress_echo=awaited stress_echo_date=2010-06-17~"),
    ("He needs a satisfactory stress echo; this has been requested.", "stress_echo=awaited"),
    ("I should want a stress echo before I agree. I have asked for that.", "stress_echo=awaited"),
    ("No stress echo has been done. I have asked for one.", "stress_echo=awaited"),
    ("Stress echo   [ ] done   [x] requested   [ ] not requested", "stress_echo=awaited"),
    ("PLAN\n1. stress echo - form sent", "stress_echo=awaited"),
    (
        "The stress echo on 8 June was inconclusive. I shall repeat it without the propranolol.",
        "stress_echo=inconclusive stress_echo_date=2010-06-08 stress_echo=awaited",
    ),
    # no stress echo, or not the patient's
    ("He has never had a stress echo.", ""),
    ("No stress echo on system.", ""),
    ("MPS normal. ETT negative.", ""),
    ("The plan is subject to a satisfactory stress echo.", ""),
    ("If the stress echo is normal we will admit her.", ""),
    ("Patients must have a normal stress echo and LVEF of at least 50%.", ""),
    ("Patients must\n * have a satisfactory stress echo\n * be fit", ""),
    ("Her brother had bypass surgery following a positive stress echo.", ""),
    ("- Stress echo   [ ] done   [ ] requested", ""),
    # ejection fractions
    ("Resting echo EF 62%.", "lvef=62"),
    ("MUGA scan 4/6/10: 58%", "lvef=58"),
    ("Echo shows LVEF >55%.", "lvef=>55"),
    ("EF sixty-one per cent.", "lvef=61"),
    ("EF 6l %", "lvef=61"),
    ("EF fell from 60% to 45% on sunitinib.", "lvef=45"),
    ("LVEF is 55% (previously 62%).", "lvef=55"),
    ("EF 60% in March, now 52%.", "lvef=52"),
    ("Echo (May 2010) LVEF 60%; repeat echo (June) LVEF 48%.", "lvef=48"),
    (
        "The ejection fraction dropped from 62 to 41%. We stopped and it has come up again, to 56%.",
        "lvef=56",
    ),
    ("Path reviewed (EF 21/4): clear cell.", ""),
    (
        "His resting echocardiogram in March gave an ejection fraction of 61 per cent. The stress one, for which he is down on the 24th of this month, remains to be done.",
        "stress_echo=awaited stress_echo_date=2010-06-24 lvef=61",
    ),
    ("The stress one was the loss of his wife.", ""),
    ("On adm: ECOG 1. Ex echo 3/3 fine.", "stress_echo=satisfactory stress_echo_date=2010-03-03"),
    (
        "His stress echo on the 15th of May was inconclusive so it is being repeated on the 17th of July.",
        "stress_echo=inconclusive stress_echo_date=2010-05-15 stress_echo=awaited stress_echo_date=2010-07-17",
    ),
    (
        "Stress echo 24/05/10 ...... inconclusive, poor windows ...... Repeat with contrast booked 09/07/10",
        "stress_echo=inconclusive stress_echo_date=2010-05-24 stress_echo=awaited stress_echo_date=2010-07-09",
    ),
    (
        "His stress echo of 3 May was satisfactory; it was repeated last year for no reason.",
        "stress_echo=satisfactory stress_echo_date=2010-05-03",
    ),
    (
        "The stress ' echo was abnormal, with ischaemia of the anterior wall.",
        "stress_echo=unsatisfactory",
    ),
    ("Dobutamine echo offered, not felt to change management for low-risk procedure.", ""),
    (
        "A stress echo was attempted last week (9 June) but was inconclusive.",
        "stress_echo=inconclusive stress_echo_date=2010-06-09",
    ),
    (
        "His heart appears to have come through, the ventricle being at 52 per cent last week.",
        "lvef=52",
    ),
    (
        "stress echo 29/03/10 [)(] satisfactory [ ] unsatisfactory [ ] not done",
        "stress_echo=satisfactory stress_echo_date=2010-03-29",
    ),
    ("Baseline echo LVEF 64%. On trastuzumab the LVEF was 51%.", "lvef=51"),
    ("In the event his stress echo was satisfactory.", "stress_echo=satisfactory"),
    ("In the event of a satisfactory stress echo we shall admit him.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(reader: Reader, text: str, expected: str) -> None:
    view = View(reader.read(text), reader.lexicon).dated(EdtfDate.parse("2010-06-14"), "dmy")
    found = {f"{draft.field}={draft.value}" for draft in echo.find(view)}
    assert found == set(expected.split())


def test_report_letter(reader: Reader) -> None:
    """In the report of the test its conclusion counts, other tests of the past do not."""
    text = (
        "EASTHAVEN HEART CENTRE\nEXERCISE STRESS ECHOCARDIOGRAM\n\nDate of study 2 June 2010\n"
        "History     Previous tests: ETT 2006 positive at stage 3. MUGA, January 2009, EF 55%.\n"
        "Resting     no regional wall motion abnormality, ejection fraction 63%.\n\n"
        "CONCLUSION  No inducible ischaemia at a good workload.\n"
    )
    view = View(reader.read(text), reader.lexicon).dated(EdtfDate.parse("2010-06-03"), "dmy")
    found = {f"{draft.field}={draft.value}" for draft in echo.find(view)}
    assert found == {"stress_echo=satisfactory", "stress_echo_date=2010-06-02", "lvef=63"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A 41-year-old woman. Baseline echocardiogram LVEF 64%. The LVEF in September 2016 was 51%, without symptoms; it was 60% six months later.",
            "60",
        ),
        (
            "A man of 60 had an ejection fraction of 28 per cent. The ejection fraction in June 2017 was 41 per cent.",
            "41",
        ),
    ],
)
def test_a_story_without_a_date_ends_with_the_latest(
    reader: Reader, text: str, expected: str
) -> None:
    view = View(reader.read(text), reader.lexicon)
    assert [d.value for d in echo.find(view) if d.field == "lvef"] == [expected]
