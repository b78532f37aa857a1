"""What stands before and behind a date and decides whether it is one.

All regexes run on lower-case text, at one place or on a short window before it, so that
a scan stays linear in the length of the text.
"""

from __future__ import annotations

import re
from typing import Final

from extract.values.datewords import CENTURY, MONTH, ORDINAL, WEEKDAY, YEAR_IN_WORDS

_DASH: Final = r"\-–—−"
_TH: Final = r"(?:st|nd|rd|th)(?![a-z])"
# What may follow a number that is a count or a measure, and so no day and no year.
_MEASURE: Final = (
    r"(?:mgs?|mcg|µg|g|mls?|l|units?|iu|miu|mu|kcals?|hrs?|h|hours?|hundred|am|pm|doses?|cycles?"
    r"|courses?|weeks?|wks?|days?|months?|mths?|years?|yrs?|patients|mm|cm|kg|x|×|fractions?"
    r"|of\s+\d+|minutes?|mins?|stone|cells|copies|steps|mmol|umol|µmol|micromol|ng|kua?|pg|cgy"
    r"|gy|cc|metres|calories|points|nodes?|lesions?|tablets?|capsules?|sessions?|grams?)(?![a-z])"
)
#: A measure even where a year could stand ("in 2000 ml").
STRICT_MEASURE: Final = (
    r"(?:mgs?|mcg|µg|g|mls?|l|units?|iu|miu|kcals?|hrs?|h|hours|kg|cc|%)(?![a-z])"
)
MEASURED: Final = re.compile(rf"\s?{STRICT_MEASURE}")
_NO_COUNT: Final = rf"(?!\d)(?![:.,]\d)(?!\s?{_TH})(?!\s{{0,2}}(?:%|{_MEASURE}))"

#: The year behind a month or a season.
TAIL: Final = re.compile(
    rf"\s?(?:[,.{_DASH}/]|\s)?\s?(?:of\s+)?(?:(?P<y4>{CENTURY}\d\d)(?!\w)(?![.:]\d)"
    rf"|['’‘`´](?P<ya>\d\d)(?!\d))(?!\s?{STRICT_MEASURE})"
    rf"|[ \t\xa0]?[{_DASH}./]?[ \t\xa0]?(?P<y2>\d\d){_NO_COUNT}(?!\s?(?:of\s+)?{MONTH})(?![/-]\d)"
    rf"|(?:\s|,\s?)(?P<yw>{YEAR_IN_WORDS})"
    r"|\s(?:of\s)?(?P<ry>last|this|next)\s+year(?![a-z])"
)
#: The day behind a month: March 3rd, March 3, 2010, March the third; a lone March 3.
DAY_AFTER: Final = re.compile(
    rf"(?P<sep>-|/|\.?\s{{1,2}})(?:the\s+)?(?P<d>\d{{1,2}})"
    rf"(?:(?P<o>{_TH})|(?=(?:,?\s+|(?P=sep)){CENTURY}\d\d(?!\w)))"
    rf"(?:(?:,?\s+|(?P=sep))(?P<y>{CENTURY}\d\d)(?!\w)|\s?['’](?P<ya>\d\d)(?!\d))?"
    rf"|\.?\s+the\s+(?P<w>{ORDINAL})(?!\s+(?:line|cycle|course|dose|week|time|scan)s?(?![a-z]))"
)
LONE_DAY: Final = re.compile(rf"\.?\s(?P<d>[1-9]){_NO_COUNT}(?![/%{_DASH}]\d)(?!\s?[+x×/])")
#: The second year of "winter 2009/10".
SECOND_YEAR: Final = re.compile(r"[/–-]\d\d(?:\d\d)?(?!\w)")

_PARTS: Final = (
    r"(?:very\s+)?early(?:\s+on)?(?:\s+in)?|late(?:r)?(?:\s+in)?|mid(?:dle)?(?:\s+of)?"
    r"|early\s?(?:-|–|/|to|or)\s?mid|(?:early-)?to-mid|mid\s?(?:-|–|/|to|or)\s?late|mid-to-late"
    r"|(?:the\s+)?(?:very\s+)?end(?:\s+of|(?=-))|(?:the\s+)?(?:beginning|start)\s+of"
    r"|(?:the\s+)?(?:first|1st|second|2nd|latter)\s+(?:half|part)\s+(?:of|in)"
    r"|(?:the\s+)?(?:first|1st|second|2nd|third|3rd|fourth|4th|last|final)\s+week\s+(?:of|in)"
)
#: What may stand before a date and belongs to it, matched at the end of a short window.
PREFIX: Final = re.compile(
    rf"(?<![\w])(?:(?P<part>{_PARTS})[\s-]+(?:the\s+)?)?(?:(?P<dir>last|next|this|previous)\s+)?"
    r"(?:(?P<wc>w/c|wc|w/b|w\.c\.|(?:the\s+)?(?:week|wk)\s+(?:commencing|beginning|starting|of))"
    r"\s?:?\s*(?:the\s+)?)?"
    rf"(?:(?P<wd>{WEEKDAY})[.,]?\s+(?:the\s+)?)?\Z"
)
#: The words that :data:`PREFIX` is made of, and those of them that alone make none.
PREFIX_FILLERS: Final = frozenset({"on", "in", "of", "the", "to", "or"})
PREFIX_WORDS: Final = PREFIX_FILLERS | {
    "early", "late", "later", "mid", "middle", "end", "beginning", "start", "half", "part", "week",
    "wk", "last", "next", "this", "previous", "w/c", "wc", "w/b", "w.c", "w", "c", "commencing",
    "starting",
    "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "early/mid", "mid/late",
}  # fmt: skip

#: Words before a bare month, d/m or season that make it a date.
WHEN: Final = re.compile(
    r"(?<![\w])(?:in|since|from|until|till|til|by|during|of|to|through|before|after|around|about"
    r"|between|for|and|or|early|late|mid|last|next|this|end|on|over|ending|dated|prior\s+to|ct"
    r"|mri|pet|scan|echo|cxr|clinic|bloods|report"
    r"|relapsed?|died|due|as|started|stopped|diagnosed|seen|admitted|progress(?:ion|ed)|pd|sd|pr"
    r"|done|booked|surgery|that|into|completed|finished|reported|nephrectomy|resected)"
    r"\s+(?:the\s+|about\s+|around\s+|early\s+|late\s+|mid[\s-])?\Z|[>(\[/,:|\t–—-]\s*\Z"
)
#: Words before a d/m that make it a date and not a fraction.
DATED: Final = re.compile(
    r"(?<![\w])(?:on|since|from|until|till|to|by|before|after|dated?|started?|stopped|stop|ended"
    r"|end|finished|completed|commenced|began|begun|due|seen|ct|mri|pet|scan|scans|echo|ese|dse|clinic|u&e"
    r"|taken|dose|relapsed|diagnosed|died|w/c|wc|admitted|discharged|reviewed|review|booked"
    r"|in|of|and|for|last|bloods?|letter|x-?ray|cxr|op|surgery|given|held|off|restarted|collected)"
    r"\s*(?::|was|on|the|-|–|\()?\s*(?:the\s+)?\Z"
)
#: Words that settle how a d/m or m/y is to be read.
BY_DAY: Final = re.compile(rf"(?<![\w])(?:on|the|dated|w/c|wc|{WEEKDAY})[.,:]?\s+(?:the\s+)?\Z")
BY_MONTH: Final = re.compile(r"(?<![\w])(?:in|early|mid|late|end\s+of|start\s+of)[\s-]+\Z")
#: Words before and behind a/b that make it a score, a schedule or a fraction.
FRACTION_BEFORE: Final = re.compile(
    r"(?:(?<![\w])(?:bp|ps|ecog|who|zubrod|grade|gr|g|power|mg|mcg|g|iu|va|acuity|scores?|scored"
    r"|gcs|nodes?|gleason|scale|pain|schedule|stage|ratio|tds|od|bd|continuous|status|×|x"
    r"|mrc|phase|level|rr|only|kps|type|cycles?|courses?|got|received|tolerated|managed"
    r"|had))[ \t\xa0]*(?:of|was|is|:|=|-|–)?[ \t\xa0]*\Z"
)
DIGIT_BEFORE: Final = re.compile(r"\d[ \xa0]?(?:of|:|=|-|–)?[ \xa0]?\Z")
FRACTION_AFTER: Final = re.compile(
    r"\s?(?:doses?|cycles?|courses?|nodes?|cores?|lymph|ln(?![a-z])|mg|power|mm|weeks?|weekly|days"
    r"|months|positive|of\s|pints|hpf|schedule|cases|patients|x(?![a-z])|×|in\s+(?:all|both)|regim"
    r"|fractions?|sessions?|tablets)"
)
#: The same behind two single figures, as in "5/5 left and right", but not "03/07 left kidney".
SCORE_AFTER: Final = re.compile(
    r"\s?(?:\+|full|bilateral|left|right|throughout|murmur|pain|units|high)"
)
#: Words before a number that make it a count, and what follows no day: "cycle 3 March 2010".
COUNTED: Final = re.compile(
    r"(?<![\w])(?:(?<!first )(?<!second )(?<!third )(?<!fourth )cycles?|courses?|c"
    r"|(?<!first )(?<!1st )(?<!last )(?<!final )doses?"
    r"|lines?|weeks?|wk|day|days|grade|gr|g|stage|ps|ecog|who"
    r"|status|aged?|phase|x|×|#|number|no\.?|level|page|score|(?<!the )(?<!our )ward|bed"
    r"|fraction|item|type|factor)"
    r"(?:(?<=s)[ \t\xa0]*:?[ \t\xa0]*\n?[ \t\xa0]*(?:\d+\s*(?:and|&|,|-|–|to|or)\s*)*"
    # "cycle 1, 29 November": what follows a single number and a comma is a day
    r"|(?<!s)[ \t\xa0]{0,2}:?[ \t\xa0]{0,2}(?:\d+\s*(?:and|&|-|–|to|or)\s*)*)\Z"
)
#: "13 doses 27 May": the number before the word is its count, and what follows is none.
COUNTED_BEFORE: Final = re.compile(
    r"(?<![\w])(?:[\dlo]{1,2}\s{1,6}(?:doses|cycles|courses|weeks|days)|1\s(?:dose|cycle))[\s:,]+\Z"
)
#: Titles and names before a word that is also a month.
NAMED: Final = re.compile(
    r"(?<![\w])(?:(?:dr|mr|mrs|miss|ms|prof|professor|sister|nurse|sir|lady|dame|rev)\.?\s+"
    r"(?:[a-z]\.?\s+|[a-z][\w'’-]+\s+)?|(?:wife|daughter|sister|mother|aunt|friend),?\s+)\Z"
)
#: Words before a year-like number that make it a measure, a name or a clock.
NO_YEAR_BEFORE: Final = re.compile(
    r"(?:(?<![\w])(?:creat(?:inine)?|cr|ca[\s-]?(?:125|15[-.]3|19[-.]9)|cea|psa|ldh|alp|alt|ast|ggt"
    r"|ferritin|platelets?|plts?|ck|afp|bnp|nt-probnp|cortisol|tsh|counts?|doses?|total|volume"
    r"|levels?|urea|wcc|neutrophils?|anc|d-dimer|troponin|trop(?:\s[ti])?|glucose|vitamin|b12"
    r"|protein|bilirubin|hcg|at|room|pages?|ext|extension|bleep|ward|box|number|nos?|ref|tel"
    r"|telephone|fax|phone|mrn|ajcc|tnm|uicc|figo|isup|who|asco|et\s+al|pin|code|ctcae|recist"
    r"|version|route|suite|weight|output|intake|score|rate|than|over|approximately)"
    r"|[£$€#@<>=≥≤~+])"
    r"[.,:]?\s*(?:was|is|of|to|at|no\.?|count|number|level|:|=|-|\()?\s*\Z"
    r"|(?<!\w)x\s\Z|(?<!il-)(?<!\wil)\d\s?[\s,:/–-]\s?\Z|[a-z]-\Z"
)
#: Words before a number in running text that leave no doubt of a year.
YEAR_CUE: Final = re.compile(
    r"(?<![\w])(?:in|since|until|till|during|early|late|mid)[\s-]+(?:about\s+)?\Z"
)
NO_YEAR_AFTER: Final = re.compile(
    rf"\s?(?:{_MEASURE}|%|/(?:\d\d(?!\d)|[a-z])|s\b|['’]s\b|[-–]\d{{3}}(?!\d)|\s\d{{3,}}(?!\d)"
    r"|classification|edition|criteria|guidelines?|staging|/h|/l|\+\d|[.:]\d)|[-–][a-z]|,\d{3}"
)
#: What stands before and behind "the 12th" where it is a day and not the 12th of something.
DAY_BEFORE: Final = re.compile(
    r"(?:(?<![\w])(?:on|since|until|till|by|from|dated)\s+(?:the\s+)?|\((?:the\s+)?|(?<!\w)the\s+)\Z"
)
DAY_LOOSELY_BEFORE: Final = re.compile(
    r"(?<![\w])(?:(?:letter|evening|morning|night|afternoon|scan|ct|visit|clinic|meeting)\s+of"
    r"|before|after|for|cancel)\s+the\s+\Z"
)
COURSE_TALK: Final = re.compile(r"(?:cycle|dose|course|infusion|line|nerve|rib|vertebra|grade)")
AFTER_DAY: Final = re.compile(
    r"\s*(?:[.,;:)\]–—-]|\Z|\n|(?:but|he|she|they|i|we|when|with|at|until|was|is|were|will|has|had"
    r"|and(?!\s+(?:the\s+)?(?:\d|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final))"
    r"|which|as|so|then|because|before|by|if|who|where|without|showed|shows|although|while)(?![a-z])"
    r"|of\s+(?P<m>this|last|next|that|the\ssame)\s+month|(?:and|or|to|&)\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\s*[.,;)])"
)
#: A day before a range: "3 to 10 March" needs no more, "the 3rd and 10th March" a cue.
LISTED: Final = re.compile(r"(?<![\w])(?:on|between|from|the|dated|both)\s+(?:the\s+)?\Z")
#: Words before a d/m that settle that it is a date, whatever the numbers.
STRONG: Final = re.compile(
    r"(?<![\w])(?:since|from|until|till|dated|diagnosed|dx|relapsed|started|stopped|completed"
    r"|finished|commenced|ended|discontinued|died|admitted|discharged|resected|nephrectomy)"
    r"\s*(?:on|:|-|–|\()?\s*(?:the\s+)?\Z"
)
RANGE_AFTER: Final = re.compile(
    r"\s{0,2}(?:-|–|—|to|until|till|->|→)\s?\d{1,2}/\d{1,2}(?:/\d{2}|(?<=/\d\d))(?!\d)"
    r"|\s{2,12}\d{1,2}/\d{1,2}/\d{2}"
)
#: The second of two months with dots, "06.07 to 04.08".
DOTTED_AFTER: Final = re.compile(
    r"\s?(?:-|–|—|to|until|till|->|→)\s?(?P<aa>0[1-9]|1[0-2])\.(?P<bb>\d\d)(?!\d|\.\d|\s?(?:am|pm|hrs?))"
)
#: The first of the two before a whole date, "05.08 to 24.11.08", and one month alone, "from 04.09".
DOTTED_FULL_AFTER: Final = re.compile(
    r"\s?(?:-|–|—|to|until|till|->|→)\s?(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d(?!\d)"
)
DOTTED_SINCE: Final = re.compile(r"(?<![\w])(?:since|from|until|till)\s+\Z")
DOTTED_END: Final = re.compile(
    r"(?=[.,;:)\n]|\s+(?!am|pm|hrs?|h\b|%|c?m\b|mm\b|kg|g\b|to\s+\d))|\Z"
)
#: Things that happen on a day: after these even 9/24 and 14/12 are dates.
EVENT: Final = re.compile(
    r"(?<![\w])(?:ct|mri|pet|scans?|echo|ese|dse|ett|muga|taken|clinic|bloods?|u&e|lfts?|seen|see|died"
    r"|admitted|admission|adm|disch|discharged|booked|surgery|cxr|x-?ray|visit|appt|opa|infusion)"
    r"\s*(?:was|is|of|on|for|:|-|–|\()?\s*(?:the\s+)?\Z"
)
VISIT_AFTER: Final = re.compile(r"\s(?:visit|appt|appointment|scan|ct|mri|clinic|labs|admission)")
#: Words before a season that has no year.
SEASON_WHEN: Final = re.compile(
    r"(?<![\w])(?:in|since|during|until|till|by|over|before|after|from|of|throughout|last|next|this"
    r"|early|late|mid)[\s-]+(?:the\s+)?\Z"
)
#: What makes "in six weeks" a plan and no length of time.
PLANNED: Final = re.compile(
    r"(?<![\w])(?:see|seen|review(?:ed)?|return(?:ing)?|repeat(?:ed)?|due|follow-?up|clinic|scan"
    r"|appointment|again|starts?|starting|back|commences?|begins?|booked|planned|bloods?|ct|mri"
    r"|restart(?:ing)?|rescan|re-?scanned|come|reassess(?:ed)?|rpt|appt|opd|fu|f/u|recheck)(?![a-z])"
    r"[^.;]{0,40}\Z"
)
#: A wish is no date: "happy Christmas".
WISH: Final = re.compile(r"(?:happy|merry|wish\w*\s+(?:\w+\s+){0,4}a?)\s*\Z")
#: Days of clinics and opening hours: "Thursday clinic", "Monday to Friday".
HABIT_AFTER: Final = re.compile(
    rf"s(?![a-z])|\s*(?:to|-|–|/|and|&)\s*{WEEKDAY}|\s+(?:clinics?|lists?|ward|mdt|meetings?"
    r"|sessions?|times|team|group|opd|mornings|afternoons|evenings)(?![a-z])"
)
HABIT_BEFORE: Final = re.compile(
    rf"(?<![\w])(?:every|each|alternate|most|an?|per|{WEEKDAY}\s*(?:to|-|–|/|and|&))\s*\Z"
)
#: Words before a short weekday name, without which "Sat" and "Mon" are none.
NEARBY: Final = re.compile(
    r"(?<![\w])(?:on|last|next|this|since|until|till|by|due|from|before|after|for)\s+\Z"
)
LAST_OR_NEXT: Final = re.compile(r"\s+(?P<dir>last|next)(?=\s*(?:[.,;)\n]|\Z))")
