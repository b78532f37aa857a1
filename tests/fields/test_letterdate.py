"""The letter's own date, and the order of its numeric dates."""

from __future__ import annotations

import pytest

from extract.fields import letterdate
from extract.fields.dateorder import date_order
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Stands for ``@`` in a letter below.
BODY = """

Dear Dr Smith,

I saw this man today. He is well. CT on 8 June 2010 showed stable disease.
He started sunitinib on 12.01.09.

Yours sincerely

Dr A Jones
Consultant Oncologist
"""

LETTERS: list[tuple[str, str | None, str]] = [
    (
        "A 68-year-old man had prostate cancer. In April 2015 CT showed progression, with new liver "
        "metastases and larger nodes; the last dose of abiraterone was taken on 4 May 2015. He died "
        "in a hospice in June 2015.",
        None,
        "dmy",
    ),
    (
        "NORTHMOOR CANCER CENTRE\nRef: HV/sp  Clinic date: 14 June 2010  Typed: 17/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Typed: 17/06/2010   Clinic date: 14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Date typed 17/06/2010\nDate of clinic 14/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Dictated: 15/06/2010\nTyped: 17/06/2010@",
        "2010-06-15",
        "dmy",
    ),
    (
        "Printed 20/06/2010 10:14  Page 1 of 2\nLETTERHEAD\n14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Date of Clinic:\n14 June 2010\nDate Typed:\n17 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Clinic date    Dictated      Typed\n14/06/10       15/06/10      17/06/10@",
        "2010-06-14",
        "dmy",
    ),
    (
        "| Clinic date | Typed |\n|---|---|\n| 14/06/10 | 17/06/10 |@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Re: Mr John SMITH 12/03/1948\n14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "D Farrowgill 22.7.51. 999 880 4078\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "I saw this man today. He is well. CT on 8 June showed stable disease. He "
            "started sunitinib on 12.01.09.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
            "Consultant Oncologist\n"
        ),
        None,
        "dmy",
    ),
    (
        "Re: Mr John SMITH, DOB 12/03/1948@",
        None,
        "dmy",
    ),
    (
        "HOSPITAL\nOncology Clinic, Tuesday 14th June, 2010\nMr J Smith@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Clinic Date 14/06/2010 (Dr Jones)@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "Date dictated 16.6.10\n"
            "Date typed 17.6.10\n"
            "\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "I reviewed this man in clinic on 14 June 2010. He is well. CT on 8 June 2010 "
            "showed stable disease. He started sunitinib on 12.01.09.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
            "Consultant Oncologist\n"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "17 June 2010\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "Thank you for referring this man whom I saw in clinic on 14 June 2010. He is "
            "well. CT on 8 June 2010 showed stable disease. He started sunitinib on 12.01.09.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
            "Consultant Oncologist\n"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "17 June 2010\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "Thank you for your letter of 10 June 2010. He is well. CT on 8 June 2010 "
            "showed stable disease. He started sunitinib on 12.01.09.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
            "Consultant Oncologist\n"
        ),
        "2010-06-17",
        "dmy",
    ),
    (
        "17 June 2010\nYour letter dated 10 June 2010@",
        "2010-06-17",
        "dmy",
    ),
    (
        "Clinic 14/6, typed 17/6/10@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "RENAL MDT MEETING\n"
            "Date of meeting: 14/06/2010\n"
            "Date of next MDT: 21/06/2010\n"
            "1. John Smith@"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        "Urology MDM outcome 14/06/2010 - printed 15/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "DISCHARGE SUMMARY\n"
            "Date of admission: 10/06/2010\n"
            "Date of discharge: 14/06/2010\n"
            "Date of summary 16/06/2010@"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        "DISCHARGE SUMMARY\nAdmitted 10/06/2010 - Discharged 14/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "DISCHARGE SUMMARY\nAdmission: 10/06/2010 - 14/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Discharge notification\nInpatient stay 10 June 2010 to 14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "Ward 11 discharge letter\n"
            "16 June 2010\n"
            "Dear Dr Smith\n"
            "This man was admitted on 10 June 2010 for cycle 1 of interleukin-2. He was "
            "discharged home on 14 June 2010."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "Discharge letter\n"
            "Discharged 14/06/2010\n"
            "Dear Dr\n"
            "He came in on 10/06/2010. Previously discharged on 1/6/2010."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "DATE OF DISCHARGE: 06/14/2010\n"
            "DATE OF ADMISSION: 06/10/2010\n"
            "ATTENDING: X, MD\n"
            "DICTATED: 06/15/2010"
        ),
        "2010-06-14",
        "mdy",
    ),
    (
        (
            "Progress Note\n"
            "Patient: DOE, JOHN\n"
            "MRN: 12345\n"
            "DOB: 4/22/1951\n"
            "Date of Service: 06/04/2010\n"
            "Signed: 06/05/2010 07:12"
        ),
        "2010-06-04",
        "mdy",
    ),
    (
        (
            "D: 06/04/2010\n"
            "T: 06/05/2010\n"
            "Medical Oncology, Springfield, IL 62701\n"
            "MRN 3333\n"
            "Attending: J Roe, MD\n"
            "Tumor board"
        ),
        "2010-06-04",
        "mdy",
    ),
    (
        (
            "Office Visit  03/04/2011\n"
            "PCP: Jane Roe, MD\n"
            "HPI: 55 y.o. male with metastatic RCC to the lung. Tumor stable."
        ),
        "2011-03-04",
        "mdy",
    ),
    (
        "Encounter Date: 3/4/2011\nProvider: Jane Roe, MD\nMRN: 77",
        "2011-03-04",
        "mdy",
    ),
    (
        "The Princess Clinic, Toronto, ON\nDate: 2011-03-04\nMRN 55@",
        "2011-03-04",
        "dmy",
    ),
    (
        (
            "Clinic Date: 04/03/2011\n"
            "Toronto, ON M5G 2M9\n"
            "J Roe MD FRCPC\n"
            "MRN 55\n"
            "The tumour is stable."
        ),
        "2011-03-04",
        "dmy",
    ),
    (
        "OPD 04/03/2011\nUHID 12345\nTata Memorial Hospital, Mumbai\nThe tumour is stable.",
        "2011-03-04",
        "dmy",
    ),
    (
        "Seen 14/06/10 with wife. PS 1. Sunitinib from 12/1/09.",
        "2010-06-14",
        "dmy",
    ),
    (
        "14/06/10 - tel call from wife. Unwell. Sunitinib held.",
        "2010-06-14",
        "dmy",
    ),
    (
        "14/6/10\nONC OPD\nWell. PS 1.",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "RADIOLOGY REPORT\n"
            "Exam: CT CAP\n"
            "Exam date: 14/06/2010   Reported: 16/06/2010\n"
            "Comparison: 3/3/2010\n"
            "PD."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "HISTOPATHOLOGY\n"
            "Specimen taken: 10/06/2010  Received: 11/06/2010  Reported: 14/06/2010\n"
            "Clear cell."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "Date collected 10/06/2010\n"
            "Date received 11/06/2010\n"
            "Date reported 14/06/2010\n"
            "Clear cell."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "Dear Dr Smith\n"
            "\n"
            "John Doe, 12/3/1948\n"
            "\n"
            "He is well.\n"
            "\n"
            "Yours sincerely\n"
            "Dr A Jones\n"
            "14 June 2010"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        "Dear Dr Smith\n\nHe is well. CT on 3 May 2010 stable.\n\nSigned: A Jones  Date: 14/06/10",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "A 61-year-old man was seen on 12 March 2009 with a lump. CT on 3 May 2009 "
            "showed PD. He died on 3 June 2010."
        ),
        None,
        "dmy",
    ),
    (
        (
            "Case report. On 12 March 2009, a 61-year-old man was admitted. Sunitinib was "
            "started on 3 May 2009."
        ),
        None,
        "dmy",
    ),
    (
        (
            "A 45-year-old woman was discharged on 12 March 2009. She was followed up "
            "until 3 May 2010."
        ),
        None,
        "dmy",
    ),
    (
        (
            "Dear Mr Smith,\n"
            "I was glad to meet you in the clinic on 14 June 2010 and to hear that you are "
            "well.\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        "[Text from letter of 14/06/10: PS 1, sunitinib]\n\nDear Dr Smith, he is well.",
        None,
        "dmy",
    ),
    (
        "Today's date: 14/06/2010\nNext appointment: 20/07/2010\nName: John Smith",
        "2010-06-14",
        "dmy",
    ),
    (
        "Appointment: 14/06/2010 10:30\nNext appointment: 20/07/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "FAX 17-JUN-2010 14:32 FROM ONCOLOGY P.01/02\nClinic 14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "RECEIVED 21 JUN 2010\nONCOLOGY\n14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Our ref: AB/cd/2010-06-01\n14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "June 2010\nOncology newsletter@",
        "2010-06",
        "dmy",
    ),
    (
        "Clinic: week commencing 14 June 2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Letter dictated on: 16/06/2010\nDate of Consultation: 14/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Consultation date 14/06/2010 Letter sent 18/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "ONCOLOGY CLINIC LETTER\nDATE SEEN ........ 14/06/2010\nDATE TYPED ....... 18/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "HOSPICE\n14 June 2010\nDear Dr\nMrs Smith died here on 12 June 2010.",
        "2010-06-14",
        "dmy",
    ),
    (
        "Date of death: 12/06/2010\nDate of letter: 14/06/2010\nDear Dr\nMrs Smith died.",
        "2010-06-14",
        "dmy",
    ),
    (
        "Notification of death\nDied: 12/06/2010\nDear Dr\nMrs Smith died.\n\nSigned 13/06/2010",
        "2010-06-13",
        "dmy",
    ),
    (
        "14th of June 2010\n@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Date: Mon, 14 Jun 2010 09:12:01 +0100\nFrom: a\nTo: b\nSubject: John Smith@",
        "2010-06-14",
        "dmy",
    ),
    (
        (
            "From: Dr A Jones\n"
            "Sent: 14 June 2010 10:12\n"
            "To: Dr B\n"
            "Subject: RE: Mr Smith\n"
            "\n"
            "He is well.\n"
            "\n"
            "-----Original Message-----\n"
            "Sent: 10 June 2010 10:00\n"
            "Please see."
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        "Clinic of Dr Jones held on 14/06/10 at St Elsewhere's@",
        "2010-06-14",
        "dmy",
    ),
    (
        "St Elsewhere's Hospital\nOncology\n\n14 June 2010 [dictated 16 June 2010]@",
        "2010-06-14",
        "dmy",
    ),
    (
        "14 June 2010 (typed 16 June 2010)@",
        "2010-06-14",
        "dmy",
    ),
    (
        "16 June 2010 (typed)\n14 June 2010 (clinic)@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Date of birth: 12/03/1948   Date: 14/06/2010@",
        "2010-06-14",
        "dmy",
    ),
    (
        "DOB 12/03/48 Age 62 Clinic 14/06/10@",
        "2010-06-14",
        "dmy",
    ),
    (
        "NAME JOHN SMITH D.O.B. 3-4-48 CLINIC 14-6-10 DICT 15-6-10 TYPED 17-6-10@",
        "2010-06-14",
        "dmy",
    ),
    (
        "Virtual clinic (telephone) 14/06/2020@",
        "2020-06-14",
        "dmy",
    ),
    (
        "Video consultation on 14/06/2020@",
        "2020-06-14",
        "dmy",
    ),
    (
        "Ward round 14/06/2020\nInpatient day 3 (admitted 11/06/2020)@",
        "2020-06-14",
        "dmy",
    ),
    (
        "ADMISSION NOTE\nDate of admission 14/06/2020\nPresenting complaint: SOB",
        "2020-06-14",
        "dmy",
    ),
    (
        "ED note\nArrival: 06/14/2020 02:14\nMRN 33\nHR 128",
        "2020-06-14",
        "mdy",
    ),
    (
        "Chemotherapy Day Unit: cycle 3 day 1   14/06/2020\nPS 1",
        "2020-06-14",
        "dmy",
    ),
    (
        "Diagnosis: RCC, nephrectomy 12/03/2009\nCT 14/06/2010: PD\nPlan: sunitinib",
        None,
        "dmy",
    ),
    (
        (
            "17 June 2010\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "I saw this man in clinic on Monday 14 June. He is well. CT on 8 June 2010 "
            "showed stable disease. He started sunitinib on 12.01.09.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
            "Consultant Oncologist\n"
        ),
        "2010-06-14",
        "dmy",
    ),
    (
        ("Date:\t2012-05-03\nRe:\tMs J Doe\nDOB:\t1950-04-02@"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "PRINCESS HOSPITAL\n"
            "Consultation Note\n"
            "Patient Name: DOE, JOHN\n"
            "HCN: 1234\n"
            "Visit/Admit Date: 03-May-2012\n"
            "Dictated By: Dr A\n"
            "D: 04-May-2012\n"
            "T: 05-May-2012\n"
            "Re: clinic@"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("To: Dr Smith\nFrom: Oncology\nDate: 3 May 2012\nSubject: John Doe@"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "MDT LIST 3 May 2012 (Thursday)\n"
            "1. DOE John 02/04/1950 - RCC. CT 28/4/12 PD. For sunitinib.@"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Uro-oncology SMDT, 03.05.12, seminar room 2\n"
            "Present: AB, CD\n"
            "\n"
            "DOE John 02/04/50\n"
            "CT 28/4/12: PD.\n"
            "Outcome: sunitinib"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "SMDT outcomes for meeting on Thursday 3rd May 2012 (next meeting 10th May)\n"
            "\n"
            "DOE John 02/04/50 ..."
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Week 18: MDT 3/5/12\nPt John Doe dob 2/4/50. Nephrectomy 3/2/09."),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Weekly meeting minutes\nHeld 3rd May 2012\nCirculated 7th May 2012\nDOE John"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Dear Mrs Doe\n"
            "\n"
            "Thank you for coming to see me on Thursday 3 May 2012. Your scan (28 "
            "April) is stable.\n"
            "\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "10 May 2012\n"
            "\n"
            "Dear Mrs Doe\n"
            "\n"
            "It was good to meet you and your husband in clinic last Thursday, 3 May. "
            "Your scan (28 April) is stable.\n"
            "\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "10 May 2012\n"
            "\n"
            "Dear Mrs Doe\n"
            "\n"
            "Following your appointment on 3 May I am writing with the results.\n"
            "\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "10 May 2012\n"
            "\n"
            "Dear Mrs Doe\n"
            "\n"
            "I am writing with the result of your scan of 3 May.\n"
            "\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2012-05-10",
        "dmy",
    ),
    (
        (
            "10 May 2012\n"
            "\n"
            "Dear Mrs Doe\n"
            "\n"
            "Your case was discussed at our meeting on 3 May 2012 and we recommend "
            "sunitinib.\n"
            "\n"
            "Yours\n"
            "Dr Jones"
        ),
        "2012-05-10",
        "dmy",
    ),
    (
        ("SpR note 3/5/12 ONC CLINIC\n62M RCC. Neph 3/2/09. CT 28/4 PD"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("3/5/12 SpR r/v\n62M RCC. Neph 3/2/09. CT 28/4 PD"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Seen by Dr A Jones (ST4) 3/5/12\n62M RCC. Neph 3/2/09. CT 28/4 PD"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Onc SpR, bleep 123, 3/5/12 14:20\n62M RCC. Neph 3/2/09."),
        "2012-05-03",
        "dmy",
    ),
    (
        ("ATSP re low BP 3/5/12 02:10\nDay 3 IL-2 (started 1/5/12)."),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Handover 3/5/12\nMr Doe bed 4, IL-2 started 1/5/12."),
        "2012-05-03",
        "dmy",
    ),
    (
        ("On-call registrar review, 3rd May 2012 at 02:30\nMr Doe bed 4, IL-2 started 1/5/12."),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Mr John DOE (02/04/1950)\n"
            "Reviewed in clinic: 03/05/2012\n"
            "Next review: 03/06/2012\n"
            "Sunitinib since 12/1/11"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Clinic letter\n"
            "\n"
            "Clinic: Renal Oncology, Thursday AM\n"
            "Consultant: Dr A\n"
            "Date of clinic: 3rd May 2012\n"
            "Date of typing: 10th May 2012@"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("DICTATED BUT NOT READ\nDD: 03/05/2012\nDT: 10/05/2012@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Ref AB/CD/123456\nDictated 3/5/2012 Typed 10/5/2012@"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Hospital No: 123456\n"
            "DOB: 2/4/1950\n"
            "Date: 3/5/2012\n"
            "Admission date: 1/5/2012\n"
            "Discharge date: 3/5/2012\n"
            "DISCHARGE SUMMARY"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "INPATIENT SUMMARY\n"
            "Admitted: 30/4/12\n"
            "Date of death: 3/5/12\n"
            "Date of this letter: 10/5/12"
        ),
        "2012-05-10",
        "dmy",
    ),
    (
        (
            "Discharge summary\n"
            "Date of admission 30 April 2012\n"
            "Predicted date of discharge 2 May 2012\n"
            "Actual date of discharge 3 May 2012"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("| Admission | Discharge |\n| 30/04/2012 | 03/05/2012 |\nDischarge summary\nHDIL-2"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "e-DISCHARGE\n"
            "Admission date      30/04/2012 09:00\n"
            "Discharge date      03/05/2012 15:00\n"
            "Printed             04/05/2012"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("TRANSFER LETTER\nDate of transfer 03/05/2012\nAdmitted 30/04/2012"),
        "2012-05-03",
        "dmy",
    ),
    (
        (
            "Outpatient Clinic Letter\n"
            "Attendance Date: 03/05/2012 Created: 07/05/2012 Approved: 08/05/2012@"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Copied to patient. Clinic 3.5.12 / dict 4.5.12 / typed 10.5.12 ab@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("03.05.12/ab (clinic)   typed 10.05.12@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("ab/cd 10.05.12\nClinic 03.05.12@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("10/05/2012\nRE: DOE John DOB 02/04/1950\nCLINIC DATE 03/05/2012@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("10/05/2012\nRE: DOE John DOB 02/04/1950\nDiagnosis: RCC, nephrectomy 3/2/2009\n@"),
        "2012-05-10",
        "dmy",
    ),
    (
        (
            "Trust\n"
            "\n"
            "   10 May 2012\n"
            "\n"
            "Dr Smith\n"
            "The Surgery\n"
            "\n"
            "\n"
            "Dear Dr Smith,\n"
            "\n"
            "I reviewed John Doe in the oncology clinic on 03/05/2012. He is well. CT "
            "on 8 April 2012 showed stable disease. He started sunitinib on 12.01.11.\n"
            "\n"
            "Yours sincerely\n"
            "\n"
            "Dr A Jones\n"
        ),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Telephone clinic 03/05/2012. Letter typed 10/05/2012.@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Letter from: Dr A Jones. Date: Thursday 3rd May 2012. To: Dr Smith.@"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("DATE OF REPORT : 03/05/2012\nDATE OF SCAN : 28/04/2012\nCT TAP\nReason: RCC"),
        "2012-04-28",
        "dmy",
    ),
    (
        ("Histology report\nDate taken 28/04/2012\nDate reported 03/05/2012\nNephrectomy"),
        "2012-05-03",
        "dmy",
    ),
    (
        ("Pathology\nReceived 28.4.12   Reported 3.5.12\nAddendum 10.5.12: CAIX 90%"),
        "2012-05-03",
        "dmy",
    ),
    (
        "Uro-Oncology MDM, Kilbrannock\nMinutes, Thursday 28 February 2013 (by video)\n\nItem 6. CT 11/02/2013: PD. Sutent stopped.\n",
        "2013-02-28",
        "dmy",
    ),
    (
        "PATHOLOGY ADDENDUM\nSpecimen: left kidney (collected 07/08/2008)\nMaterials received: 25/02/2011\nAddendum signed out: 03/03/2011\n",
        "2011-03-03",
        "dmy",
    ),
    (
        "REGIONAL CENTRE - clinic note to GP\n\n5 March 2012\nJ BLACK  25/08/44\n\nChair most of the day, wife dresses him. PS 2 in the referral (10 Feb), today I say 3.\n",
        "2012-03-05",
        "dmy",
    ),
    (
        "A 60-year-old woman visited our hospital with a neck mass in April 2009. Biopsy showed lymphoma.\n",
        None,
        "dmy",
    ),
    (
        "MINUTES OF URO-ONCOLOGY TUMOUR BOARD\n\nHeld on: Wednesday, 2nd April 2014, Seminar Hall\nMinutes circulated: 07/04/2014\n\nCase 4. PS 1.\n",
        "2014-04-02",
        "dmy",
    ),
]


@pytest.mark.parametrize(("text", "date", "order"), LETTERS)
def test_letter_date(reader: Reader, text: str, date: str | None, order: str) -> None:
    view = View(reader.read(text.replace("@", BODY)), reader.lexicon)
    anchor, found, drafts = letterdate.find(view)
    assert [d.value for d in drafts] == ([date] if date else [])
    assert found == order
    assert (str(anchor) if anchor else None) == date
    for draft in drafts:
        assert any(c.isdigit() for c in view.text[draft.start : draft.end]) or "l" in text


def test_doubt_is_said(reader: Reader) -> None:
    view = View(reader.read("MRN 12345\nPCP: J Roe\nDate: 04/03/2011\nNHS Trust"), reader.lexicon)
    _, _, drafts = letterdate.find(view)
    assert [(d.value, bool(d.reasons)) for d in drafts] == [("2011-03-04", True)]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Conference date: 04/06/2011. Admit Mon 05/02/2011.", "mdy"),
        ("Clinic 04/06/2011. To come in on Tue 05/07/2011.", "dmy"),
        ("Date: 04/06/2011. Seen Monday 04/04/2011.", "dmy"),  # it fits both
    ],
)
def test_a_weekday_shows_the_order(reader: Reader, text: str, order: str) -> None:
    assert date_order(View(reader.read(text), reader.lexicon))[0] == order
