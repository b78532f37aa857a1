"""Interleukin-2: its cycles and doses, inotropes and intensive care."""

from __future__ import annotations

import pytest

from extract.fields import il2, washout
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.values.dates import EdtfDate

#: Cycles, doses, whole letters.
CYCLES: list[tuple[str, str, str, str]] = [
    ("2010-08-01", "dmy", "He had high-dose interleukin-2: eleven and then nine doses.", "d1=11 d2=9"),
    ("2012-08-13", "dmy", "A 44-year-old man started interleukin-2 on 7 March 2011, receiving 11 and 10 doses in the two cycles.", "d1=11 d2=10 s1=2011-03-07"),
    ("2012-08-13", "dmy", "You had your interleukin-2 in two parts, beginning on 12 March, when you managed 11 doses, and on 26 March, when you managed 9 (so twenty altogether).", "d=20 d1=11 d2=9 s1=2012-03-12 s2=2012-03-26"),
    ("2012-08-13", "dmy", "His interleukin-2 began on 28 January 2012; he got twelve doses that week and nine in the second cycle, 21 in all, beginning on the 11th of February.", "d=21 d1=12 d2=9 s1=2012-01-28 s2=2012-02-11"),
    ("2012-08-13", "dmy", "Aldesleukin, 2 courses, both completed. Doses: 12 (cycle begun Mar-2011), 10 (Apr-2011), 9 (11-Jul-2011), 8 (25-Jul-2011).", "d1=12 d2=10 d3=9 d4=8 s1=2011-03 s2=2011-04 s3=2011-07-11 s4=2011-07-25"),
    ("2012-08-13", "dmy", "The fifteen doses of interleukin-2 which she managed (ten and then five, the second cycle having been cut short by fibrillation) did little.", "d=15 d1=10 d2=5"),
    ("2012-08-13", "dmy", "He had interleukin-2 in August 2010, 12 doses and 9, then 10 and 8 that November.", "d1=12 d2=9 d3=10 d4=8"),
    ("2012-08-13", "dmy", "Interleukin-2: 13 doses from 4 June 2012 and 9 from 18 June 2012.", "d1=13 d2=9 s1=2012-06-04 s2=2012-06-18"),
    ("2011-08-28", "mdy", """DISCHARGE SUMMARY
Admitted: 08/22/2011  Discharged: 08/28/2011
ADMITTING DX: Metastatic RCC for HD IL-2, course 1 cycle 2

IL-2 600,000 IU/kg q8h, first dose 8/22 at 1500.
  Mon 8/22  - doses 1, 2 given
  Tue 8/23  - 3, 4, 5 given
  Wed 8/24  - 6, 7 given; 8 held
  COURSE TOTAL 23.""", "d=23 s2=2011-08-22"),
    ("2012-08-13", "dmy", "FU 6/12 from HDIL2 (Harrow, from 7/2/12, 12+10 doses).", "d1=12 d2=10"),
    ("2012-08-13", "dmy", "In the first of the two weeks, which began on the 21st of March, she managed a dozen doses of interleukin-2, and in the second, which began on the 4th of April, ten.", "d1=12 d2=10 s1=2012-03-21 s2=2012-04-04"),
    ("2012-08-13", "dmy", "He managed half a dozen doses of interleukin-2 in the first cycle.", ""),
    ("2012-08-13", "dmy", "High-dose interleukin-2 she has had in two halves. The first of these began on the 9th of March and ran to 13 doses; the second, two weeks later to the day, ran to 11.", "d1=13 d2=11 s1=2012-03-09 s2=2012-03-23~"),
    ("2012-08-13", "dmy", "HD IL-2   CI 06/09/10 (11)    C2 20/09/10 (6)    stopped, toxicity", "d1=11 d2=6 s1=2010-09-06 s2=2010-09-20"),
    ("2012-08-13", "dmy", """Interleukin-2 thereafter in four cycles:

      12 May 2008      l3 doses
      27 May 2008       8 doses
      11 August 2008    9 doses
      26 August 2008    6 doses

36 doses in all.""", "d=36 d1=13 d2=8 d3=9 d4=6 s1=2008-05-12 s2=2008-05-27 s3=2008-08-11 s4=2008-08-26"),
    ("2010-08-01", "dmy", "Cycle 1 of HD IL-2 was given from 1 June 2010 (12 of 14 doses) and cycle 2 from 15 June (9 of 14).", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", "He managed 11 of a planned 14 doses of IL-2 in the first cycle and eight in the second.", "d1=11 d2=8"),
    ("2010-08-01", "dmy", "She has completed two cycles of aldesleukin on 3 May and 17 May 2010, receiving 13 and 10 doses respectively.", "d1=13 d2=10 s1=2010-05-03 s2=2010-05-17"),
    ("2010-08-01", "dmy", "Interleukin-2 cycles of 1 and 15 February. He received 22 of a possible 28 doses.", "d=22 s1=2010-02-01 s2=2010-02-15"),
    ("2011-03-01", "dmy", "You have had two courses of high-dose interleukin-2, in July 2010 (11 and 9 doses) and October 2010 (10 and 8 doses).", "d1=11 d2=9 d3=10 d4=8"),
    ("2011-03-01", "dmy", "Course 2 cycle 1 of IL-2 started 04/10/2010: 10 doses. Course 2 cycle 2 started 18/10/2010: 8 doses.", "d3=10 d4=8 s3=2010-10-04 s4=2010-10-18"),
    ("2010-08-01", "dmy", "Proleukin 12+9 doses.", "d1=12 d2=9"),
    ("2010-08-01", "dmy", "IL-2: C1 01/06/10 12/14, C2 15/06/10 9/14.", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", "HD IL-2 x 2 cycles (1/6/10 and 15/6/10; 12 + 9 doses).", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", "She received 20 doses of interleukin-2 in all over the two cycles.", "d=20"),
    ("2010-07-11", "dmy", """DISCHARGE SUMMARY
Admitted 05/07/2010 Discharged 11/07/2010
Reason for admission: elective high-dose IL-2 (aldesleukin), course 1 cycle 1.
Treatment: 600,000 IU/kg (49.2 MIU) IV 8-hourly, dose 1 at 16:00 on 05/07. Planned 14 doses, received 11. Dose 8 held (BP), dose 12 held (creatinine), dose 14 not given - cycle stopped.
Complications:
 - Hypotension, lowest 78/42 day 3, responded to 2 x 500ml boluses. Inotropes/vasopressors: nil (metaraminol written up PRN, never used).
 - Seen by critical care outreach; ITU bed not needed, stayed on ward throughout.
Plan: cycle 2 from 19/07/2010, aim 14 doses. CT 4/52 after cycle 2. Further course only if CR or PR.""", "d1=11 icu=no ino=no s1=2010-07-05"),
    ("2010-07-11", "dmy", """Ward discharge letter
Date of admission 05/07/2010
High-dose interleukin-2, cycle 2. Nine doses given of fourteen. No pressors. Not in ITU.""", "d2=9 icu=no ino=no s2=2010-07-05"),
    ("2011-03-01", "dmy", "Dobutamine stress echo before IL-2 negative.", ""),
    ("2012-03-12", "mdy", """ONCOLOGY HISTORY:
06/13/2011: HD IL-2 course 1 cycle 1, 9 doses.
06/27/2011: HD IL-2 course 1 cycle 2, 7 doses.""", "d1=9 d2=7 s1=2011-06-13 s2=2011-06-27"),
    ("2012-06-12", "mdy", "- High-dose IL-2 cycle #1 03/26/2012 - 03/31/2012, received 8/14 doses; cycle #2 04/09/2012, 7/14 doses. Required Neo-Synephrine x 24h on the floor; no ICU stay.", "d1=8 d2=7 icu=no ino=yes s1=2012-03-26 s2=2012-04-09"),
    ("2011-06-20", "mdy", """DISCHARGE SUMMARY
Admission date: 06/13/2011
Discharge date: 06/18/2011
HOSPITAL COURSE: Patient admitted for high-dose interleukin-2 (aldesleukin) 600,000 IU/kg IV q8h. He received a total of 9 doses out of 14. Hypotension required phenylephrine up to 80 mcg/min. He did not require transfer to the ICU.""", "d1=9 icu=no ino=yes s1=2011-06-13"),
    ("2011-06-20", "mdy", "HPI: 60M s/p HD IL-2 (C1W1 05/02/2011 x 10 doses, C1W2 05/16/2011 x 8 doses). No pressors, no ICU.", "d1=10 d2=8 icu=no ino=no s1=2011-05-02 s2=2011-05-16"),
    ("2012-06-12", "mdy", "S/p HD IL-2: course 1 (5/2/11, 5/16/11; 10 and 8 doses) and course 2 (8/1/11, 8/15/11; 9 and 6 doses).", "d1=10 d2=8 d3=9 d4=6 s1=2011-05-02 s2=2011-05-16 s3=2011-08-01 s4=2011-08-15"),
    ("2010-08-01", "dmy", """HIGH DOSE IL-2 SUMMARY
Cycle   Date started   Doses planned   Doses given
1       01/06/2010     14              12
2       15/06/2010     14              9""", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", """INTERLEUKIN-2
| Cycle | First dose | Doses received |
|---|---|---|
| 1 | 01/06/10 | 12/14 |
| 2 | 15/06/10 | 9/14 |""", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", """IL-2 course summary
                     C1            C2
Start date           01/06/10      15/06/10
Doses given          12            9
Inotropes            nil           nil
ITU                  no            yes""", "d1=12 d2=9 icu=yes ino=no s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", """Interleukin-2
Cycle 1: started 01.06.10, 12 doses
Cycle 2: started 15.06.10, 9 doses""", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", """TREATMENT
2. High dose interleukin-2
   a) cycle 1, 1st June 2010: twelve doses
   b) cycle 2, 15th June 2010: nine doses""", "d1=12 d2=9 s1=2010-06-01 s2=2010-06-15"),
    ("2010-08-01", "dmy", """Course 1 of IL-2
  Cycle 1   1 June 2010    12 doses
  Cycle 2   15 June 2010   9 doses
Course 2 of IL-2
  Cycle 1   20 July 2010   10 doses""", "d1=12 d2=9 d3=10 s1=2010-06-01 s2=2010-06-15 s3=2010-07-20"),
    ("2010-08-01", "dmy", """IL-2 cycle 1
Start date: 01/06/2010
Number of doses: 12
Vasopressors: none
ICU: none""", "d1=12 icu=no ino=no s1=2010-06-01"),
    ("2010-08-01", "dmy", "He received lL-2 in June, l2 doses in the first cycle and lO in the second. lnotropes were not needed and he did not go to lTU.", "d1=12 d2=10 icu=no ino=no"),
    ("2010-08-01", "dmy", "He had two doses of furosemide and one dose of metoprolol during IL-2. Doses 6 and 9 were omitted.", ""),
    ("2010-08-01", "dmy", "IL-2 CAIX 11/14 cores; GCS 14/15 during IL-2.", ""),
    ("2010-08-01", "dmy", "He tolerated the first four doses of IL-2 with rigors only.", ""),
    ("2010-07-20", "dmy", "He came in on 4 July for IL-2; the first dose went in on 5 July at 6 pm. He got through thirteen doses before we stopped.", "d1=13 s1=2010-07-05"),
    ("2010-10-01", "dmy", "He was treated with high-dose interleukin-2. The first cycle, which began on 7 June 2010, went smoothly and he had thirteen doses. For the second, on 21 June, he could manage only eight.", "d1=13 d2=8 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "Her interleukin-2 was begun on the seventh of June and she got twelve doses; a fortnight later she returned for the second cycle and had nine.", "d1=12 d2=9 s1=2010-06-07 s2=2010-06-21~"),
    ("2010-10-01", "dmy", "She received 11 doses of high-dose IL-2 in cycle one (7-11 June 2010) and 8 doses in cycle two (21-24 June 2010).", "d1=11 d2=8 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "High-dose aldesleukin: cycle one commenced 07.06.10 (11/14 doses tolerated), cycle two commenced 21.06.10 (8/14).", "d1=11 d2=8 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "You came in on 7th June and 21st June for the two cycles of interleukin, and managed 11 and 8 doses.", "d1=11 d2=8 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "He had all fourteen doses of IL-2 in his first cycle and twelve in his second.", "d1=14 d2=12"),
    ("2010-10-01", "dmy", "IL-2 (June 2010): 14 doses week 1, 10 doses week 2.", "d1=14 d2=10"),
    ("2010-10-01", "dmy", "IL-2 week 1 7/6/10 - 10 doses; week 2 21/6/10 - 9 doses.", "d1=10 d2=9 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "Interleukin-2: 10/14 in the first week, 9/14 in the second week.", "d1=10 d2=9"),
    ("2010-10-01", "dmy", "HD IL-2 June 2010. C1: 12 doses. C2: 9 doses.", "d1=12 d2=9"),
    ("2010-10-01", "dmy", "HD-IL2 #1 7/6/10 (12), #2 21/6/10 (9).", "d1=12 d2=9 s1=2010-06-07 s2=2010-06-21"),
    ("2010-10-01", "dmy", "She completed course one of interleukin-2 (twelve doses then nine) and course two (ten doses then eight).", "d1=12 d2=9 d3=10 d4=8"),
    ("2010-10-01", "dmy", "He had four cycles of IL-2: 12, 9, 10 and 8 doses.", "d1=12 d2=9 d3=10 d4=8"),
    ("2010-10-01", "dmy", "Four cycles of high dose IL-2 on 4 January, 18 January, 12 April and 26 April 2010.", "s1=2010-01-04 s2=2010-01-18 s3=2010-04-12 s4=2010-04-26"),
    ("2010-10-01", "dmy", "The third cycle of IL-2 (course 2, cycle 1) began on 12 April 2010; ten doses were delivered.", "d3=10 s3=2010-04-12"),
    ("2010-10-01", "dmy", "His second course of interleukin-2 began on 12 April 2010 with 10 doses, and the second cycle of it on 26 April with 8.", "d3=10 d4=8 s3=2010-04-12 s4=2010-04-26"),
    ("2010-10-01", "dmy", "A total of 39 doses of IL-2 over four cycles.", "d=39"),
    ("2010-10-01", "dmy", "In all he received 21 of 28 planned doses of interleukin-2.", "d=21"),
    ("2010-10-01", "dmy", "IL-2 total doses: 21 (12 + 9).", "d1=12 d2=9 d=21"),
    ("2010-10-01", "dmy", "Interleukin-2 was given in June; seven doses in total before it was abandoned for delirium.", "d=7"),
    ("2010-10-01", "dmy", "She managed only 5 doses of IL-2 in cycle 1 and we did not proceed to cycle 2.", "d1=5"),
    ("2010-06-14", "dmy", """Letter from ward
HD IL-2 cycle 1 - discharge summary
Admitted 7/6/10, first dose 8/6/10 at 14:00. Total of 10 doses administered. Doses 4, 7, 11 and 13 omitted for hypotension. No inotropes, no ITU.""", "d1=10 icu=no ino=no s1=2010-06-08"),
    ("2010-06-14", "dmy", """DISCHARGE NOTIFICATION
Diagnosis: metastatic RCC
Treatment: HD-IL2 (cycle 1/2)
Dates: 07/06/2010 - 12/06/2010
Doses given: 11
Doses omitted: 3
Blood pressure support: fluids only, no pressors
HDU/ICU: not required""", "d1=11 icu=no ino=no s1=2010-06-07"),
    ("2010-06-14", "dmy", "This patient was admitted on 7th June 2010 for his first cycle of high dose interleukin 2. He received nine of the fourteen scheduled doses. His next cycle is due on 21st June.", "d1=9 s1=2010-06-07"),
    ("2010-06-28", "dmy", "Discharge summary. HD IL-2 cycle 2 of 2, commenced 21/06/10. Received 8 of 14 doses (cycle 1: 11). Stopped after dose 8 because of rising creatinine.", "d1=11 d2=8 s2=2010-06-21"),
    ("2010-06-28", "dmy", """Discharge summary
IL-2, second cycle. Started Monday 21st. Eight doses. Home Saturday.""", "d2=8 s2=2010-06-21"),
    ("2010-10-01", "dmy", "IL-2 stopped after 7 doses in June 2010 because of AF.", "d=7"),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. Inotropes may be required.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. Some patients need vasopressors.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. Dobutamine stress echo was normal.", ""),
    ("2010-06-07", "dmy", "He had four weeks of sunitinib, two weeks off, before the rash. IL-2 is planned.", ""),
    ("2009-06-01", "dmy", """NORTH WEST REGIONAL CANCER UNIT
Discharge letter - Ward 12

Patient: J Smith DOB 01/02/1950
Date of admission: 18/05/2009
Date of discharge: 25/05/2009
Consultant: Dr X

Diagnosis: Metastatic renal cell carcinoma
Treatment: High-dose interleukin-2, cycle 1

Doses: prescribed 14, given 12 (doses 9 and 13 omitted, BP 78/40 and creatinine 260)
First dose 18/05/2009 16:00; last dose 22/05/2009 08:00

Toxicity
Hypotension G3 - fluids, no vasopressors
ICU admission: No
Follow-up: readmit 01/06/2009 for cycle 2""", "d1=12 icu=no ino=no s1=2009-05-18"),
    ("2013-04-30", "mdy", """HOSPITAL DISCHARGE SUMMARY
Patient: DOE, JOHN    MRN 1234
Admit date: 04/15/2013     Discharge date: 04/20/2013
Principal diagnosis: Metastatic clear cell RCC
Procedures: PICC placement; high-dose IL-2 administration
Brief history: 55M progressed on pazopanib (last dose 02/01/2013).
Hospital course: Mr. Doe was admitted for cycle 1 of high-dose IL-2 at 600,000 IU/kg q8h. First dose was given at 17:00 on 04/15/2013. He received 10 of 14 planned doses; doses 5, 9, 10 and 12 were held for hypotension, tachycardia and confusion. He was placed on phenylephrine for 36 hours with a max of 150 mcg/min. He remained on 5 West throughout the stay and did not require ICU transfer.
Disposition: home. Return 04/29/2013 for cycle 2.""", "d1=10 icu=no ino=yes s1=2013-04-15"),
    ("2013-07-30", "mdy", """ONCOLOGY CLINIC NOTE
Oncologic history:
1. 05/2011 R nephrectomy
2. Pazopanib 06/2012 - 02/2013: PD
3. HD IL-2 cycle 1 (04/15/2013, 10 doses) and cycle 2 (04/29/2013, 8 doses)
4. CT 06/24/2013: PR
Interval: recovered. Toxicities of IL-2 included hypotension requiring pressors (phenylephrine), no ICU admissions.""", "d1=10 d2=8 icu=no ino=yes s1=2013-04-15 s2=2013-04-29"),
    ("", "dmy", "Case report. A 52-year-old man with metastatic melanoma received high-dose interleukin-2 (600,000 IU/kg every 8 hours; 11 doses in the first cycle and 9 in the second) in March 2009. He required dopamine and was transferred to the intensive care unit on day 4.", "d1=11 d2=9 icu=yes ino=yes"),
    ("2010-10-01", "dmy", """Treatment history
 Sunitinib      01/09 - 03/10   PD
 HD IL-2        06/10           2 cycles (12, 9 doses), PR""", "d1=12 d2=9"),
    ("2010-10-01", "dmy", """SYSTEMIC THERAPY
Line | Drug | Start | Stop | Doses | Response
1 | Sunitinib | 05/01/2009 | 12/03/2010 | | PD
2 | IL-2 | 07/06/2010 | 25/06/2010 | 21 | PR""", "d=21"),
    ("2010-10-01", "dmy", """Prior therapy:
- nivolumab x 12 doses, 01/10-06/10
- IL-2: never""", ""),
    ("2010-06-14", "dmy", """HIGH-DOSE IL-2 DOSE RECORD   Cycle 1
Dose  Date      Time   Given
1     07/06/10  16:00  Y
2     08/06/10  00:00  Y
3     08/06/10  08:00  Y
4     08/06/10  16:00  N (BP)
5     09/06/10  00:00  Y
6     09/06/10  08:00  Y
7     09/06/10  16:00  Y
8     10/06/10  00:00  N (BP)""", "d1=6 s1=2010-06-07"),
    ("2010-06-14", "dmy", """IL-2 drug chart, cycle 1
7/6: D1 D2
8/6: D3 D4 D5
9/6: D6 (omitted) D7 D8
10/6: D9""", "d1=8 s1=2010-06-07"),
    ("2010-06-28", "dmy", """High dose IL-2 treatment summary
              Cycle 1     Cycle 2
Admission     7/6/10      21/6/10
Dose 1        7/6/10      21/6/10
Doses         12          9
Max creat     180         211
Pressors      No          Yes - metaraminol
HDU/ITU       No          No""", "d1=12 d2=9 icu=no ino=yes s1=2010-06-07 s2=2010-06-21"),
    ("2010-06-28", "dmy", """Interleukin-2 course record
Cycle No:      1
Date commenced: 07/06/10
No. of doses administered: 12
Inotropes required: No
ITU admission: No

Cycle No:      2
Date commenced: 21/06/10
No. of doses administered: 9
Inotropes required: No
ITU admission: No""", "d1=12 d2=9 icu=no ino=no s1=2010-06-07 s2=2010-06-21"),
    ("2010-06-28", "dmy", """HD-IL2 proforma
Course: 2        Cycle: 1
Start date: 07/06/10
Doses given (max 14): 9
Vasopressors   Y [ ]  N [x]
HDU / ITU      Y [ ]  N [x]""", "d3=9 icu=no ino=no s3=2010-06-07"),
    ("2010-12-01", "dmy", "Since I last wrote she has had both weeks of her interleukin at St Elsewhere, the first starting on Monday 4th October, when she had ten doses, and the second on the 18th, when she had seven. She was rather ill with the second and was looked after on the high dependency unit for a day and a half, although she did not in the end need any drugs for her blood pressure.", "d1=10 d2=7 icu=yes ino=no s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-01", "dmy", "He had his interleukin-2 in October: 11 doses, then 8. There was never any question of intensive care. His blood pressure needed nothing more than fluid.", "d1=11 d2=8 icu=no"),
    ("2010-12-01", "dmy", "Re IL-2: C1 started 4/10 (11/14), C2 started 18/10 (8/14). Metaraminol infusion 6-8/10, HDU 6-9/10.", "d1=11 d2=8 icu=yes ino=yes s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-01", "dmy", "We gave her high-dose IL-2 on two admissions (4-9 October, 18-22 October). She had 11 doses and 8 doses. Noradrenaline was available but never required.", "d1=11 d2=8 ino=no s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-01", "dmy", "IL2 given Oct 2010 (19 doses over 2 cycles) - nil inotropes, nil ITU.", "d=19 icu=no ino=no"),
    ("2010-12-01", "dmy", "Her treatment with aldesleukin consisted of one cycle of nine doses, starting on 4 October 2010.", "d1=9 s1=2010-10-04"),
    ("2010-12-01", "dmy", "She had 9 doses of IL-2 in cycle 1 but never received cycle 2.", "d1=9"),
    ("2010-12-01", "dmy", """Cycle 1 of IL-2: 4 October 2010. 11 doses.
Cycle 2 of IL-2: 18 October 2010. 8 doses.""", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-01", "mdy", "He received 11 of 14 doses of IL-2 beginning October 4, 2010, and 8 of 14 doses beginning October 18, 2010.", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-10-12", "dmy", "Mr Jones is on day 3 of cycle 2 of high dose interleukin-2, which began on Sunday 10 October. He has had six doses so far.", "d2=6 s2=2010-10-10"),
    ("2010-10-04", "dmy", "Admitted today for cycle 1 of high-dose IL-2; first dose at 6 pm.", "s1=2010-10-04"),
    ("2010-10-09", "dmy", """ADMITTED 04/10/10  DISCHARGED 09/10/10
HD IL-2 C1
11 doses. Stopped as creat 310. Dopamine 2 mcg/kg/min from day 3. Outreach reviewed daily. Not for ITU transfer as improved with fluids.""", "d1=11 ino=yes s1=2010-10-04"),
    ("2010-12-01", "dmy", "IL-2 was stopped after the 6th dose when he went into fast AF and was taken to CCU.", "d=6 icu=yes"),
    ("2014-01-01", "mdy", """ONCOLOGIC HISTORY
- 03/2011: HD IL-2, 2 cycles (9 and 7 doses), SD
- 10/2011: ipilimumab 3 mg/kg x 4 doses, PD
- 03/2012: vemurafenib
- 01/2013: nivolumab, 6 doses, stopped for pneumonitis, was in ICU for 5 days""", "d1=9 d2=7"),
    ("2014-01-01", "dmy", "He had IL-2 (8 doses) then ipilimumab (4 doses) then pembrolizumab (cycle 1 on 3 June 2013).", "d=8"),
    ("2014-01-01", "dmy", "He has had two cycles of IL-2 and four cycles of dacarbazine; the first cycle of dacarbazine was on 3 June 2013 and he had six doses.", ""),
    ("2014-01-01", "dmy", "Past treatment: sunitinib cycle 1 3 May 2012, IL-2 June 2013 (11 + 9 doses).", "d1=11 d2=9"),
    ("2010-10-01", "dmy", "She remains on sunitinib, cycle 3 started 1 September 2010. IL-2 was discussed.", ""),
    ("2010-10-01", "dmy", "Sunitinib cycle 4 began on 6 September. We have referred her for interleukin-2.", ""),
    ("2010-10-01", "dmy", "IL-2 was turned down. Capecitabine cycle 2 began 6 September 2010; doses 5 and 6 were missed.", ""),
    ("2010-10-01", "dmy", "He completed IL-2 in July 2010 (12 and 10 doses). He has now started pazopanib, cycle 1 on 6 September 2010, and has missed two doses.", "d1=12 d2=10"),
    ("2010-10-01", "dmy", "After interleukin-2 in July he had zoledronic acid, six doses.", ""),
    ("2010-10-01", "dmy", "During her interleukin-2 she required 4 doses of pethidine and two units of blood.", ""),
    ("2010-10-01", "dmy", "IL-2 C1 given. He received 3 doses of haloperidol overnight.", ""),
    ("2010-10-01", "dmy", "Interleukin-2 dose was 49.2 MIU; 600,000 IU/kg; weight 82 kg; 14 of 20 nodes were positive.", ""),
    ("2010-10-01", "dmy", "Echo: LVEF 60. IL-2 considered. He has two of three criteria. ECOG 1 of 5.", ""),
    ("2010-10-01", "dmy", "High-dose IL-2 is given as up to 14 doses in each of two cycles, most patients managing 9 to 11 doses.", ""),
    ("2010-10-01", "dmy", "For IL-2 cycle 1 on 18 October 2010, provided stress echo satisfactory.", ""),
    ("2010-10-20", "dmy", "IL-2 cycle 1, planned for 18 October 2010, was postponed because of a chest infection.", ""),
    ("2010-10-20", "dmy", "He was to have started IL-2 on 18 October but the bed was cancelled.", ""),
    ("2010-10-20", "dmy", "His IL-2 is booked for 25 October and 8 November.", ""),
    ("2010-10-20", "dmy", "Cycle 1 of IL-2 started on 4 October (11 doses); cycle 2 is booked for 25 October.", "d1=11 s1=2010-10-04"),
    ("2010-10-20", "dmy", "She has had the first cycle of interleukin-2 (4 October, 11 doses) and comes in for the second on Monday 25 October.", "d1=11 s1=2010-10-04"),
    ("2010-10-20", "dmy", "He never required more than fluids for his blood pressure during IL-2.", ""),
    ("2010-10-20", "dmy", "IL-2 admission: hypotension needing 3 litres of fluid but nothing more.", ""),
    ("2010-10-20", "dmy", "Interleukin-2 11/14 and 9/14. Hypotension G2 (fluids only).", "d1=11 d2=9"),
    ("2010-10-20", "dmy", "IL-2 given as an inpatient, 11 doses then 9. ICU avoided. Pressors avoided.", "d1=11 d2=9 icu=no ino=no"),
    ("2010-10-20", "dmy", "The patient received a total of 18 doses of IL-2 (10 in cycle 1, 8 in cycle 2).", "d1=10 d2=8 d=18"),
    ("2010-10-20", "dmy", "HD IL-2: C1D1 4/10/10, 11 doses; C2D1 18/10/10, 8 doses.", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-10-20", "dmy", "IL2 C1 4/10-8/10 x11; C2 18/10-22/10 x8", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-20", "dmy", "Interleukin-2 (4/10/10 and 18/10/10): 11 doses and 8 doses.", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-20", "dmy", "IL-2: first cycle 4 Oct - 8 Oct 2010, eleven doses, second cycle 18 Oct - 22 Oct 2010, eight doses.", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-20", "dmy", "Mrs X had two cycles of high dose interleukin two in October, eleven doses in the first and eight in the second, and no inotropes.", "d1=11 d2=8 ino=no"),
    ("2010-12-20", "dmy", "the patient had into leukin 2, first cycle fourth of October twenty ten eleven doses second cycle eighteenth of October eight doses", "d1=11 d2=8 s1=2010-10-04 s2=2010-10-18"),
    ("2010-12-20", "dmy", "She tolerated 11 of 14 and 8 of 14 doses of IL-2.", "d1=11 d2=8"),
    ("2010-12-20", "dmy", "In cycle 1 of IL-2 three doses were omitted and eleven given.", "d1=11"),
    ("2010-12-20", "dmy", "IL-2 cycle 1: 14 doses planned, 3 omitted, 11 given.", "d1=11"),
    ("2010-12-20", "dmy", "IL-2 cycle 1 (planned 14 / given 11), cycle 2 (planned 14 / given 8).", "d1=11 d2=8"),
    ("2010-12-20", "dmy", "IL-2 cycle 1: 11 doses (3 held). Cycle 2: 8 doses (6 held).", "d1=11 d2=8"),
    ("2010-12-20", "dmy", "He had 11 doses (out of 14) in his first week of interleukin-2 and 8 (out of 14) in his second.", "d1=11 d2=8"),
    ("2010-12-20", "dmy", "He got eleven doses of interleukin-2 in first time, and eight second time round.", "d1=11 d2=8"),
    ("2010-12-20", "dmy", "He had the full fourteen doses of IL-2 both times.", "d1=14 d2=14"),
    ("2010-12-20", "dmy", "He had two cycles of IL-2, 12 doses each.", "d1=12 d2=12"),
    ("2010-07-11", "dmy", "IL-2 discharge summary, cycle 1. He managed 11 of the planned 14, next cycle due Monday.", "d1=11"),
    ("2010-07-11", "dmy", "Dobutamine stress echo negative before interleukin-2.", ""),
    ("2012-09-10", "mdy", """CROSS CANCER CENTRE
Date of Visit: 2012-09-10
Mr. Tremblay has metastatic RCC. He received two cycles of high dose IL-2 at the General (cycle 1 2012-06-04, 11 doses; cycle 2 2012-06-18, 8 doses). The second was complicated by hypotension requiring norepinephrine in the ICU for 2 days. CT 2012-09-04 shows PR.""", "d1=11 d2=8 icu=yes ino=yes s1=2012-06-04 s2=2012-06-18"),
    ("2012-06-10", "mdy", """DISCHARGE SUMMARY
Admitted: June 4, 2012   Discharged: June 9, 2012
Most responsible diagnosis: Metastatic renal cell carcinoma, admitted for high-dose interleukin-2 (Cycle 1).
Course in hospital: The patient received 11/14 doses of IL-2 at 600,000 IU/kg starting June 4 at 1600h. Three doses were held (#8, #12, #13). BP was supported with boluses of normal saline; pressors were not started. CCOT assessed once; no ICU admission.""", "d1=11 icu=no ino=no s1=2012-06-04"),
    ("2011-09-02", "dmy", """62M mRCC
Rx: SUN 1/09-3/10 PD; IL2 6/10 x2 cycles (11, 9) no inotropes/ITU, PR; now PD
O/E well""", "d1=11 d2=9 icu=no ino=no"),
    ("2011-09-02", "dmy", "HDIL2 C1 (Jun 10): 11/14. C2 (Jul 10): 9/14. No pressors. No HDU.", "d1=11 d2=9 icu=no ino=no s1=2010-06 s2=2010-07"),
    ("2010-06-30", "dmy", "Ward r/v: D4 C1 IL-2. 9 doses so far. BP 84/50, resp to fluids. Not on inotropes. For HDU if drops further.", "d1=9 ino=no"),
    ("2010-07-02", "dmy", "IL-2 C1 completed 2/7 (D1 28/6), 12 doses in, dose 7+11 omitted. No ITU. Norad not needed.", "d1=12 icu=no ino=no s1=2010-06-28"),
    ("2010-11-02", "dmy", """Dear Mrs Owen,
You have now had both weeks of your interleukin-2 treatment. In the first week, which began on 20 September, you had twelve doses, and in the second, beginning on 4 October, you had eight. As I explained at the time we stopped early because of your kidneys. You did not need any special medicines for your blood pressure and you did not have to go to the intensive care unit.""", "d1=12 d2=8 icu=no ino=no s1=2010-09-20 s2=2010-10-04"),
    ("2010-11-02", "dmy", "You had nine doses of interleukin-2 the first time and ten the second time.", "d1=9 d2=10"),
    ("2010-12-07", "dmy", """RENAL MDT LIST 07/12/2010
4. SMITH J, 54M. mRCC. HD IL-2 Jun 2010 (C1 12 doses, C2 9 doses). CT Sept PR. No ITU/inotropes. ?course 2
Outcome: offer course 2, beds 10/1 and 24/1.""", "d1=12 d2=9 icu=no ino=no"),
    ("2010-12-07", "dmy", "Mr Y received a total of 22 doses of interleukin-2 in two cycles beginning 7 and 21 June.", "d=22 s1=2010-06-07 s2=2010-06-21"),
    ("2010-12-07", "dmy", "He went through two cycles of interleukin-2 in June, tolerating 12 and 10 of the planned 14 doses.", "d1=12 d2=10"),
    ("2010-12-07", "dmy", "In June she was given 12 doses of IL-2, followed by a further 10 two weeks later.", "d1=12 d2=10"),
    ("2010-12-07", "dmy", "IL-2: 12 doses 7/6/10, 10 doses 21/6/10. Pressors nil. ITU nil.", "d1=12 d2=10 icu=no ino=no s1=2010-06-07 s2=2010-06-21"),
    ("2010-12-07", "dmy", """7/6/10 IL-2 C1 (12 doses)
21/6/10 IL-2 C2 (10 doses)
30/8/10 CT PR""", "d1=12 d2=10 s1=2010-06-07 s2=2010-06-21"),
    ("2010-12-07", "dmy", """June 2010: high-dose IL-2 cycle 1, 12 doses
June 2010: high-dose IL-2 cycle 2, 10 doses""", "d1=12 d2=10 s1=2010-06 s2=2010-06"),
    ("2010-12-07", "dmy", "Cycle 1 (7/6/10) of HD IL-2 was abandoned after five doses because of delirium; there was no second cycle.", "d1=5 s1=2010-06-07"),
    ("2010-12-07", "dmy", "He managed five doses of IL-2 before developing myocarditis, and was taken to coronary care. No inotropes were used.", "d=5 icu=yes ino=no"),
    ("2015-06-01", "dmy", "Nivolumab cycle 1 4 March 2015, cycle 2 18 March 2015. 6 doses given. Prior IL-2 2008.", ""),
    ("2012-06-01", "dmy", "She had bevacizumab, six doses from 5 January 2012. IL-2 not suitable.", ""),
    ("2010-06-01", "dmy", "He is in for his second cycle of sunitinib. IL-2 is the plan thereafter, 14 doses per cycle.", ""),
    ("2010-12-01", "dmy", "The trial compares interleukin-2, 12 doses in cycle 1, with sunitinib.", ""),
    ("2010-12-01", "dmy", "Stress echo with dobutamine to 40 mcg/kg/min, for interleukin-2 work-up: no ischaemia.", ""),
    ("2010-12-01", "dmy", "Follow-up after IL-2 given in June 2009. He takes adrenaline pen for wasp allergy.", ""),
    ("2010-12-01", "dmy", "IL-2 course 2 was offered: cycles on 10 and 24 January.", ""),
    ("2010-12-01", "dmy", "After IL-2 there was a treatment-free interval of nine months before progression.", ""),
    ("2010-12-01", "dmy", "Time from nephrectomy to IL-2 12 weeks.", ""),
    ("2010-12-01", "dmy", "Sunitinib 50 mg, 4 weeks on, 2 weeks off, before IL-2 in June.", ""),
    ("2010-12-01", "dmy", "He started IL-2 four weeks after his stress echo.", ""),
    ("2010-12-01", "dmy", "IL-2 was started six weeks after nephrectomy.", ""),
    ("2010-12-01", "dmy", "Radiotherapy finished four weeks before IL-2.", ""),
]  # fmt: skip

#: Inotropes and intensive care.
SUPPORT: list[tuple[str, str, str, str]] = [
    ("2010-06-14", "dmy", "We discussed high dose interleukin-2. If his stress echo is satisfactory we would aim to admit him on Monday 5 July for the first of two cycles of up to 14 doses. He knows he may need inotropes or intensive care.", ""),
    ("2010-06-14", "dmy", """PLAN
1. HD IL-2 cycle 1 14/06, cycle 2 28/06, 14 doses each.
2. ITU bed to be reserved.""", ""),
    ("2011-03-01", "dmy", "He was given interleukin-2 last summer; he needed neither inotropes nor intensive care.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "She had two cycles of IL-2 without recourse to vasopressors and was kept out of intensive care.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "IL-2 in June: no pressors, never left the ward.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "During the second cycle of interleukin-2 he became profoundly hypotensive and was moved to the high dependency unit for two days, where he had noradrenaline.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "Aldesleukin given. Required phenylephrine for 12 hours on the ward. Did not require ICU transfer.", "icu=no ino=yes"),
    ("2011-03-01", "dmy", "Following IL-2 he had an elective hip replacement and spent a night in ITU post-operatively.", ""),
    ("2011-03-01", "dmy", "IL-2 toxicity: hypotension managed with fluids alone; pressors were not required and he was not admitted to the ICU.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "IL-2 cycle 1: Pressors: none ITU: no", "icu=no ino=no"),
    ("2011-03-01", "dmy", """Interleukin-2 given June.
Inotropes: No
ITU/HDU: No""", "icu=no ino=no"),
    ("2011-03-01", "dmy", """Interleukin-2 given June.
Inotropic support      [ ] Yes  [x] No
ICU admission          [x] Yes  [ ] No""", "icu=yes ino=no"),
    ("2011-03-01", "dmy", """Interleukin-2 given June.
Vasopressors required?   Y / N    N
ITU admission?   No""", "icu=no ino=no"),
    ("2011-03-01", "dmy", "He tolerated IL-2 badly, needing dopamine at a renal dose overnight, but ITU were only told of him and he stayed on the ward.", "icu=no ino=yes"),
    ("2011-03-01", "dmy", "After interleukin-2 he was on the intensive care unit for 36 hours on metaraminol and then noradrenaline.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "Course of IL-2 complicated by capillary leak syndrome requiring ICU admission and vasopressor support.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "ITU were aware but he stayed on the ward during his interleukin-2.", "icu=no"),
    ("2011-03-01", "dmy", "During IL-2 metaraminol was written up but not used.", "ino=no"),
    ("2011-03-01", "dmy", "Interleukin-2 may cause low blood pressure; one in twenty need drugs to raise it or a spell in intensive care.", ""),
    ("2011-03-01", "dmy", "He asks whether he might need ITU with IL-2.", ""),
    ("2011-03-01", "dmy", "Treatment: HD IL-2 06/2010, two cycles. Neither inotropic support nor ITU was needed at any point.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "At no stage of his interleukin-2 did he require vasopressors, and transfer to HDU was not necessary.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "You needed no drips to keep your blood pressure up while on interleukin-2 and you did not have to go to intensive care.", "icu=no ino=no"),
    ("2010-08-01", "dmy", "He progressed on IL-2 (2008) and then had nivolumab, 12 doses, stopped for colitis. He was in ITU with sepsis.", ""),
    ("2010-08-01", "dmy", "His brother had high-dose interleukin-2, 12 doses, and ended up in ITU on pressors.", ""),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 without inotropes.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no need for inotropes.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and at no point were inotropes needed.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no inotropic support.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and did not need pressors.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 without vasopressor support.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and vasopressors were avoided.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 never requiring vasopressors.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no call for pressor drugs.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 (inotropes nil).", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 (no vasopressors).", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with nil inotropes.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and inotropes: not required.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 without the need for noradrenaline.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and was not given any noradrenaline.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and he didn't need any drugs to support his blood pressure.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and managed without inotropes.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and none of the admissions needed inotropes.", "ino=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 without going to intensive care.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and stayed out of intensive care.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no ITU admission.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and was never in ITU.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and never needed a critical care bed.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 without ITU.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and was not transferred to HDU.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no escalation to critical care.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and ICU was not needed.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and was spared the intensive care unit.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and avoided ITU.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 on the ward throughout, without leaving it.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and he remained on the ward throughout.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and was managed entirely on the ward with no ICU input.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and did not at any time need to go to the ICU.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 with no critical care admission.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and ITU/HDU: none.", "icu=no"),
    ("2011-03-01", "dmy", "He came through both cycles of interleukin-2 and he kept clear of the ITU.", "icu=no"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He needed noradrenaline for a day.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was started on metaraminol.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Hypotension required vasopressors.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was put on a noradrenaline infusion.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. BP supported with phenylephrine.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Peripheral metaraminol was needed overnight.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He required inotropic support.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Pressors were needed twice.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He had a short spell of dopamine.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Low-dose dopamine was used.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Norepinephrine was started at 0.05 mcg/kg/min.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was given vasopressors.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He received inotropes for 36 hours.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. On pressors for 12 h.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Hypotension responded to metaraminol boluses.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was on noradrenaline from the third day.", "ino=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was transferred to ITU.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He spent two nights in HDU.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was taken to the intensive care unit with pulmonary oedema.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He needed intensive care for three days.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was admitted to ICU.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He had to go to the high dependency unit.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He was moved to critical care overnight.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He required a 48 hour stay on ITU.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. It ended with three days in intensive care.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He went to HDU for CPAP.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. HDU overnight for hypotension.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. Level 2 care was needed for 24 hours.", "icu=yes"),
    ("2011-03-01", "dmy", "Interleukin-2 cycle 1 was hard. He returned from ITU on the fifth day.", "icu=yes"),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. He understands he might need ITU.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. We discussed the small risk of intensive care.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. He would be transferred to HDU if he became hypotensive.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. An ITU bed has been requested for the admission.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. She is worried about ending up in intensive care.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. The consent form mentions ICU and inotropes.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. HDU bed booked as a precaution.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. His wife works in ITU.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. He was an ICU nurse before he retired.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. He was in ITU after his nephrectomy.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. For full escalation including ITU.", ""),
    ("2010-06-14", "dmy", "He is to have interleukin-2 next month. Not for ITU or resuscitation.", ""),
    ("2011-03-01", "dmy", "IL-2 toxicities: hypotension (fluids + dopamine), oliguria. No ICU.", "icu=no ino=yes"),
    ("2011-03-01", "dmy", "Toxicity of IL-2: grade 3 hypotension, pressors x 2 days in ICU.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "Admitted electively to HDU for high-dose IL-2, as is our routine. No vasopressors.", "ino=no"),
    ("2011-03-01", "dmy", "IL-2 is given on our intensive care unit in this hospital; he needed no pressors.", "ino=no"),
    ("2011-03-01", "dmy", "Cycle 1 IL-2: inotropes no, ITU no. Cycle 2: inotropes yes (noradrenaline), ITU yes.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "She has had two cycles of IL-2. Critical care were consulted on the third night but did not need to take her.", "icu=no"),
    ("2011-03-01", "dmy", "She has had two cycles of IL-2. The ICU team reviewed her and were content for her to stay where she was.", "icu=no"),
    ("2011-03-01", "dmy", "During IL-2 he did not respond to fluids and was transferred to ITU for noradrenaline.", "icu=yes ino=yes"),
    ("2011-03-01", "dmy", "No arrhythmia during IL-2. Hypotension, fluids, transferred to HDU.", "icu=yes"),
    ("2011-03-01", "dmy", "Tolerated IL-2 well with no arrhythmia, confusion, or ICU stay.", "icu=no"),
    ("2011-03-01", "dmy", "IL-2 complications: none requiring ICU or pressors.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "He had IL-2 with hypotension treated with fluids only. Inotropes - none; ITU - N/A.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "Pt received HD IL-2. Denies need for pressors. ICU: 0 days.", "icu=no ino=no"),
    ("2011-03-01", "dmy", "After IL-2 he had sunitinib and was admitted to ITU with sepsis in 2010.", ""),
    ("2011-03-01", "dmy", "PMH: ITU admission 2003 (pneumonia). Had IL-2 in 2010.", ""),
    ("2010-12-01", "dmy", "Side effects of IL-2: low blood pressure needing fluids but not inotropes; no admission to intensive care.", "icu=no ino=no"),
    ("2010-12-01", "dmy", "No inotropes/ITU with IL-2.", "icu=no ino=no"),
    ("2010-12-01", "dmy", "IL-2 in Oct (no pressors; ward-based care throughout).", "icu=no ino=no"),
    ("2010-12-01", "dmy", "He did have IL-2 in 2010 and I note that there was no requirement for either pressors or level 3 care.", "icu=no ino=no"),
    ("2010-12-01", "dmy", "Noradrenaline was needed for eighteen hours after the seventh dose of interleukin-2, on the intensive care unit.", "icu=yes ino=yes"),
    ("2010-12-01", "dmy", "Interleukin-2 caused hypotension, for which she was treated with vasopressors in the intensive care unit for 2 days.", "icu=yes ino=yes"),
    ("2010-12-01", "dmy", "The second cycle of IL-2 was complicated by a 3-day ICU stay.", "icu=yes"),
    ("2010-12-01", "dmy", "IL-2 x2 cycles, uncomplicated: pressors 0, ICU 0.", "icu=no ino=no"),
    ("2010-12-01", "dmy", "During cycle 1 of IL-2 he was given a vasopressor (metaraminol) through a peripheral line; HDU declined him as he was improving.", "icu=no ino=yes"),
    ("2010-12-01", "dmy", "His interleukin-2 went well. I am glad to say that the intensive care team did not have to be called.", "icu=no"),
    ("2010-12-01", "dmy", "Despite the dire warnings he needed no intensive care and no noradrenaline with his interleukin-2.", "icu=no ino=no"),
    ("2010-12-01", "dmy", "The patient tolerated HD IL-2 with expected toxicities (hypotension, rigors) managed on the floor without pressors or ICU transfer.", "icu=no ino=no"),
    ("2010-10-20", "dmy", "His sister had two cycles of IL-2, 12 and 11 doses, in Leeds and needed inotropes in ITU.", ""),
    ("2010-10-20", "dmy", "Reviewed on ITU day 2 after hemicolectomy. Known RCC, IL-2 2008. On noradrenaline 0.1.", ""),
    ("2010-10-20", "dmy", "Anaesthetic assessment. PMH: metastatic RCC treated with IL-2 in 2008. Plan: HDU post-op, may need metaraminol.", ""),
    ("2010-10-20", "dmy", """Dear Dr Smith,
He had two cycles of high-dose IL-2 in the summer. He came through them without needing the intensive care unit or inotropes.
He had a fall in September, broke his hip and spent a night on HDU after the operation.""", "icu=no ino=no"),
    ("2010-10-20", "dmy", """IL-2 follow up clinic
Diagnosis: mRCC
IL-2: June 2010
Complications: pulmonary oedema (CPAP on HDU 2 nights), hypotension (metaraminol 24 h)
Currently well.""", "icu=yes ino=yes"),
    ("2010-10-20", "dmy", "IL-2 cycle 2: given on ITU because of previous hypotension, noradrenaline running.", "icu=yes ino=yes"),
    ("2010-10-20", "dmy", "In cycle 2 of interleukin-2 dopamine was considered but not started, and he was seen by but not transferred to ITU.", "icu=no ino=no"),
    ("2010-10-20", "dmy", "Interleukin-2 was tolerated well. No ITU. No pressors. No arrhythmia.", "icu=no ino=no"),
    ("2010-10-20", "dmy", "Interleukin-2. ITU none. Vasopressors none.", "icu=no ino=no"),
    ("2010-10-20", "dmy", "IL-2 summary: no ICU/no pressors/no dialysis.", "icu=no ino=no"),
    ("2010-10-20", "dmy", "IL-2: ICU - no; pressors - yes (phenylephrine < 24 h)", "icu=no ino=yes"),
    ("2010-10-20", "dmy", "IL-2 tox: BP - fluids + phenylephrine; no ICU.", "icu=no ino=yes"),
    ("2010-10-20", "dmy", "He did need noradrenaline during IL-2, but only for six hours, and did so on the ward rather than in intensive care.", "icu=no ino=yes"),
    ("2010-10-20", "dmy", "She had a stormy second week of interleukin with 48 hours in ITU on inotropes.", "icu=yes ino=yes"),
    ("2010-07-11", "dmy", "IL-2: ITU were aware but he stayed on the ward.", "icu=no"),
    ("2010-07-11", "dmy", "IL-2: metaraminol written up but not used.", "ino=no"),
    ("2012-06-10", "mdy", "High-dose IL-2, cycle 1: Admitted to step-down unit for hypotension on day 3, phenylephrine @ 60 mcg/min x 10 hours.", "icu=yes ino=yes"),
    ("2011-09-02", "dmy", "PMHx: IL-2 x2 2010 - ITU 24h w/ norad 2nd cycle.", "icu=yes ino=yes"),
    ("2010-11-02", "dmy", "You were in intensive care for two days during your second cycle of interleukin-2 because your blood pressure was so low, and were given a drug called noradrenaline to bring it up.", "icu=yes ino=yes"),
    ("2010-06-02", "dmy", "As we discussed, interleukin-2 is given in hospital, up to fourteen doses over five days, then a second week about a fortnight later. Most people have nine or ten doses. Your blood pressure will drop and you may need to go to intensive care.", ""),
    ("2010-12-07", "dmy", "IL-2 was given on the ward without incident; inotropes and intensive care were not needed in either cycle.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "IL-2 cycles uneventful; there were no admissions to critical care and no requirement for vasoactive drugs.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "During IL-2 her blood pressure needed only fluids (no inotropes), and though the outreach team saw her on two evenings she remained with us.", "ino=no"),
    ("2010-12-07", "dmy", "Interleukin-2: hypotension requiring vasopressors (phenylephrine, then norepinephrine) on 5 West; ICU consulted but no transfer.", "icu=no ino=yes"),
    ("2010-12-07", "dmy", "The interleukin was hard on her. Two nights in the HDU, one of them on dopamine.", "icu=yes ino=yes"),
    ("2010-12-07", "dmy", "After the ninth dose of interleukin-2 she was transferred to the Intensive Care Unit, intubated, and ventilated for four days, needing adrenaline and noradrenaline.", "icu=yes ino=yes"),
    ("2010-12-07", "dmy", "Interleukin-2 went ahead with an HDU bed on standby which was not used.", "icu=no"),
    ("2010-12-07", "dmy", "With interleukin-2 there was no need to involve intensive care, nor to use inotropes.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "She got away without inotropes or ITU during both cycles of IL-2.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "Vasopressor requirement with IL-2: nil. Critical care: nil.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "Maximum support during IL-2: ward-level fluids. HDU - no. Inotropes - no.", "icu=no ino=no"),
    ("2010-12-07", "dmy", "IL-2 complications: Hypotension - yes; inotropes - no; ITU - no; confusion - yes", "icu=no ino=no"),
    ("2010-12-07", "dmy", "Inotropes Y/N: N   ITU Y/N: N   (IL-2 cycle 1)", "icu=no ino=no"),
    ("2010-12-07", "dmy", "IL-2 audit: inotropes 0/2 cycles, ITU 0/2 cycles.", "icu=no ino=no"),
    ("2015-06-01", "dmy", "Previous treatment: high dose interleukin-2 (2008). Ipilimumab 4 doses, first dose 2 March 2015. Admitted to ITU with colitis, perforation.", ""),
    ("2015-06-01", "dmy", "IL-2 in 2008. He is now on pembrolizumab, has had eight doses, and was in HDU with pneumonitis in April.", ""),
    ("2012-06-01", "dmy", "Interferon 9 MU three times a week. Never had IL-2. Sepsis needing ITU and noradrenaline in May.", ""),
    ("2012-06-01", "dmy", "R-CHOP cycle 2 started 4 May 2012; ITU 6-8 May on noradrenaline.", ""),
    ("2010-06-01", "dmy", "Admitted with hypercalcaemia. Seen by the IL-2 team. Cycle 1 of IL-2 will start on 14 June. Not for ITU.", ""),
    ("2010-12-01", "dmy", "His wife, who had IL-2 in 2009 (11 and 8 doses, inotropes, three days in ITU), came with him. He is to have sunitinib.", ""),
    ("2010-12-01", "dmy", "Thank you for referring this man for interleukin-2. I have explained that he would have two cycles of up to 14 doses, usually 9 to 12, and that 1 in 20 need ITU. He will be admitted on 13 December for cycle 1.", ""),
    ("2010-12-01", "dmy", "Anaesthetic chart for adrenalectomy: metaraminol 0.5 mg x3, HDU overnight as planned. IL-2 in 2009.", ""),
    ("2010-12-01", "dmy", "IL-2 in June 2009 put him into remission. He was in ITU in November after a road accident.", ""),
    ("2010-12-01", "dmy", "IL-2 receptor antibody basiliximab 20 mg, two doses, at transplant; ITU overnight.", ""),
    ("2010-12-01", "dmy", "Interleukin-6 raised. He had tocilizumab, 2 doses, in ICU.", ""),
    ("2010-12-01", "dmy", "We talked about IL-2. He said: would I need intensive care? I said one patient in twenty needs it.", ""),
    ("2010-06-14", "dmy", "He had high-dose IL-2, cycle 1. Hypotension responded to fluid boluses each time (total 3L Hartmann's).", ""),
    ("2010-06-14", "dmy", "HD IL-2 cycle 1, 9 doses. Stress: DSE 7/14 inconclusive, then MPI 7/21 normal.", "d1=9"),
    ("2010-06-14", "dmy", "HD IL-2 cycle 1: eleven doses (11 of 14).", "d1=11"),
    ("2010-06-14", "dmy", "He is for HD IL-2. Finished the last capsule of cycle 5 on Sunday 6 June.", ""),
    ("2010-06-14", "dmy", "He had HD IL-2, and a second course (cycles 3 and 4, eight and seven doses) was delivered from 14 January 2010.", "d3=8 d4=7 s3=2010-01-14"),
    ("2010-06-14", "dmy", "He had two cycles of interleukin-2. For this he had frusemide and, for one night only, a bed on the High Dependency Unit.", "icu=yes"),
    ("2010-06-14", "dmy", "Goals of care: does not want ICU again. He had interleukin-2 in May.", ""),
    ("2010-06-14", "dmy", "He had interleukin-2 in May and did not need ICU.", "icu=no"),
    ("2010-06-14", "dmy", "HD IL-2 cycle 1. Seven given (7/14).", "d1=7"),
]  # fmt: skip

_SHORT = {
    "il2_cycle_start": "s", "il2_doses": "d", "inotropes": "ino", "icu": "icu", "washout": "w",
}  # fmt: skip


def _facts(reader: Reader, date: str, order: str, text: str) -> set[str]:
    """The facts in the tables' shorthand: s1 a start, d2 doses, d a total, w:drug a washout."""
    anchor = EdtfDate.parse(date) if date else None
    view = View(reader.read(text), reader.lexicon).dated(anchor, order)
    found = set()
    for draft in (*il2.find(view), *washout.find(view)):
        assert text[draft.start : draft.end]
        name = _SHORT[draft.field.value]
        item = draft.item if name in "sd" else f":{draft.item}" if draft.item else ""
        found.add(f"{name}{item}={draft.value.rstrip('~')}")
    return found


@pytest.mark.parametrize(("date", "order", "text", "expected"), [*CYCLES, *SUPPORT])
def test_facts(reader: Reader, date: str, order: str, text: str, expected: str) -> None:
    assert _facts(reader, date, order, text) == {e.rstrip("~") for e in expected.split()}
