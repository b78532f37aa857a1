"""Letters made for measuring speed: the same from the same seed, no two alike.

Six in ten are of other clinics and hold nothing to find but their date; the others are of a
renal oncology clinic. The median is some 350 words; one in twenty-five has some 2,000. The
words are the project's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

#: Share of letters with nothing to find, and of long ones.
_EMPTY, _LONG = 0.6, 0.04

_SYLLABLES = """\
ba ber cal dor el fen gar hol in jor kel lan mor nel or pel quin ros sel tam ul ven wil yar
""".split()
_MONTHS = """\
January February March April May June July August September October November December
""".split()
_CLINICS = {
    "Rheumatology": "knee hand wrist ankle hip".split(),
    "Orthopaedics": "knee hip shoulder elbow heel".split(),
    "Ophthalmology": "vision eyelid retina lens cornea".split(),
    "Dermatology": "eczema patch mole nail scar".split(),
    "Diabetes": "foot diet insulin glucose weight".split(),
    "Audiology": "hearing ear balance tinnitus drum".split(),
    "Gynaecology": "cycle coil bladder prolapse smear".split(),
}
_PLAIN = """\
Thank you for asking me to see this {age} year old {job} with trouble from the {thing}.
The {thing} has been {how} since {month} and is worse {when}.
On examination the {thing} looked {how} and there was no redness or heat.
I have looked through the notes from {place} Hospital, which go back to {old}.
Weight was {kilos} kg and blood pressure {sys}/{dia}.
We talked about what can be done for the {thing} and went through the leaflet together.
An X-ray of the {thing} was reported by Dr {name} as showing no change since {old}.
He lives with his {kin} in {place} and works as a {job}; he does not smoke.
She manages the stairs and the shopping, and drives to see her {kin} most weekends.
The usual tablets were continued without change and there are no known allergies.
I gave advice about exercises, which should be done {times} times a day.
Physiotherapy has helped a little, and {name} will go on with it until {month}.
Blood tests on {day} {month} were unremarkable, with a ferritin of {kilos} and normal calcium.
We would be grateful if the practice nurse could repeat the bloods in {times} weeks.
There is no family history of note, although an uncle in {place} had gout.
The appointment was brought forward because the letter of {day} {month} had gone astray.
I explained that the {thing} often settles without treatment over {times} to {kilos} weeks.
If things do not settle we might think about an injection, which was discussed.
Sleep is {how}, appetite is good, and mood has been steady through the winter.
The {thing} was measured at {times} cm, the same as at the visit in {old}.
A splint was fitted by {name} and is worn at night {when}.
Examination of the chest and abdomen was normal, and the heart sounds were regular.
""".splitlines()
_RENAL = """\
Diagnosis: metastatic renal cell carcinoma, clear cell, left radical nephrectomy {month} {old}.
Lung and lymph node metastases were found on the CT scan of {day} {month} {old}.
Sunitinib 50 mg was started on {day} {month} {old} and stopped in {month} {year} for progression.
He went on to pazopanib 800 mg daily, which gave stable disease for {times} months.
Performance status is {score} and he is managing well at home with his {kin}.
CAIX staining was positive in {percent}% of tumour cells.
Histology shows an alveolar growth pattern in {percent}% with no papillary features.
A stress echo on {day} {month} {year} was satisfactory with an ejection fraction of {kilos}%.
He received {times} doses of interleukin-2 in the first cycle, which began on {day} {month} {year}.
The second cycle was complicated by hypotension needing noradrenaline for {times} hours.
The CT scan after two cycles shows a partial response in the lung nodules by RECIST.
He had grade {score} fatigue and a rash, with diarrhoea settling on loperamide.
ECOG performance status {score}, weight {kilos} kg, blood pressure {sys}/{dia}.
We discussed high-dose interleukin-2 and he would like to go ahead in {month}.
There is no evidence of brain metastases and the bone scan was clear.
Everolimus was considered but not given because of the washout that would be needed.
The last scan shows progressive disease with a new liver lesion of {times} mm.
""".splitlines()
_HEAD = """\
{place} Hospital NHS Trust
{clinic} Clinic

Date of clinic: {day} {month} {year}
Hospital number: {number}

Dear Dr {name},

Re: {first} {name}, date of birth {day}/{m:02}/{birth}
"""
_FOOT = """
Yours sincerely,

Dr {first} {name}
Consultant, {clinic}
"""


class Letters:
    """Draws letters one after the other.

    Args:
        seed: the same seed draws the same letters.
    """

    def __init__(self, seed: int = 1) -> None:
        self.draw = random.Random(seed)

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self.letter()

    def letter(self, words: int = 0, *, empty: bool | None = None) -> str:
        """A letter of about so many words; 0 draws the length, and None whether it is empty."""
        draw = self.draw
        blank = draw.random() < _EMPTY if empty is None else empty
        size = words or int(
            draw.gauss(2000, 150) if draw.random() < _LONG else max(80, draw.gauss(340, 110))
        )
        clinic = draw.choice(list(_CLINICS)) if blank else "Renal Oncology"
        things = _CLINICS.get(clinic, ["back", "knee", "leg"])
        parts = [self._filled(_HEAD, clinic, things)]
        count = len(parts[0].split()) + 10
        while count < size:
            lines = _PLAIN if blank or draw.random() < 0.45 else _RENAL
            text = " ".join(
                self._filled(draw.choice(lines), clinic, things) for _ in range(draw.randint(2, 5))
            )
            parts.append(text)
            count += len(text.split())
        parts.append(self._filled(_FOOT, clinic, things).lstrip("\n"))
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"

    def _name(self) -> str:
        return "".join(self.draw.choices(_SYLLABLES, k=self.draw.randint(2, 3))).capitalize()

    def _filled(self, line: str, clinic: str, things: list[str]) -> str:
        draw = self.draw
        year = draw.randint(2008, 2016)
        return line.format(
            age=draw.randint(31, 84),
            birth=draw.randint(1930, 1975),
            clinic=clinic,
            day=draw.randint(1, 28),
            dia=draw.randint(60, 95),
            first=self._name(),
            how=draw.choice(["sore", "stiff", "better", "much the same", "swollen at times"]),
            job=draw.choice(["joiner", "teacher", "retired driver", "clerk", "gardener", "cook"]),
            kilos=draw.randint(51, 99),
            kin=draw.choice(["wife", "son", "sister", "partner", "daughter"]),
            m=draw.randint(1, 12),
            month=draw.choice(_MONTHS),
            name=self._name(),
            number=f"{draw.choice('KLMN')}{draw.randint(100000, 999999)}",
            old=year - draw.randint(1, 3),
            percent=draw.randint(20, 100),
            place=self._name(),
            score=draw.randint(0, 2),
            sys=draw.randint(108, 168),
            thing=draw.choice(things),
            times=draw.randint(2, 9),
            when=draw.choice(["in the morning", "after work", "at night", "on cold days"]),
            year=year,
        )


def write(folder: Path, number: int, seed: int = 1) -> None:
    """Write ``number`` letters below ``folder``, one to eight a patient."""
    letters = Letters(seed)
    patient = written = 0
    while written < number:
        patient += 1
        home = folder / f"{patient:07}"
        home.mkdir(parents=True)
        for place in range(min(letters.draw.randint(1, 8), number - written)):
            (home / f"{place:02}.txt").write_text(letters.letter(), encoding="utf-8")
            written += 1
