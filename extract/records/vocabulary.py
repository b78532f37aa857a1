"""The closed vocabularies of the facts contract: fields, organs, toxicity terms, values."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a fact can be about. The order is the order of rows in ``facts.csv``."""

    LETTER_DATE = "letter_date"
    ECOG = "ecog"
    ECOG_PAST = "ecog_past"
    KARNOFSKY = "karnofsky"
    CAIX = "caix"
    THERAPY = "therapy"
    THERAPY_START = "therapy_start"
    THERAPY_END = "therapy_end"
    THERAPY_END_REASON = "therapy_end_reason"
    THERAPY_LINE = "therapy_line"
    RESPONSE = "response"
    RESPONSE_DATE = "response_date"
    HISTOLOGY = "histology"
    HISTOLOGY_FEATURE = "histology_feature"
    HISTOLOGY_GROUP = "histology_group"
    STRESS_ECHO = "stress_echo"
    STRESS_ECHO_DATE = "stress_echo_date"
    LVEF = "lvef"
    SITE = "site"
    SITE_COUNT = "site_count"
    WASHOUT = "washout"
    IL2_CYCLE_START = "il2_cycle_start"
    IL2_DOSES = "il2_doses"
    INOTROPES = "inotropes"
    ICU = "icu"
    TOXICITY = "toxicity"
    RELAPSE = "relapse"
    DEATH = "death"
    FOLLOW_UP = "follow_up"


FIELDS: tuple[Field, ...] = tuple(Field)

#: Fields whose value is an EDTF date.
DATE_FIELDS = frozenset(
    {
        Field.LETTER_DATE,
        Field.THERAPY_START,
        Field.THERAPY_END,
        Field.STRESS_ECHO_DATE,
        Field.IL2_CYCLE_START,
    }
)

#: Fields whose value is a number or an interval.
QUANTITY_FIELDS = frozenset(
    {
        Field.ECOG,
        Field.ECOG_PAST,
        Field.KARNOFSKY,
        Field.LVEF,
        Field.SITE_COUNT,
        Field.WASHOUT,
        Field.IL2_DOSES,
        Field.FOLLOW_UP,
        Field.THERAPY_LINE,
    }
)

#: Fields whose item is a systemic agent.
AGENT_FIELDS = frozenset(
    {
        Field.THERAPY,
        Field.THERAPY_START,
        Field.THERAPY_END,
        Field.THERAPY_END_REASON,
        Field.THERAPY_LINE,
    }
)

THERAPY_STATUS = frozenset({"given", "current", "planned"})
END_REASONS = frozenset(
    {"progression", "toxicity", "completed", "response", "switch", "choice", "other"}
)
RESPONSES = frozenset({"CR", "PR", "SD", "PD", "NE", "MR"})
HISTOLOGIES = frozenset(
    {
        "clear_cell",
        "papillary",
        "chromophobe",
        "collecting_duct",
        "medullary",
        "unclassified",
        "other",
        "non_renal",
    }
)
HISTOLOGY_FEATURES = frozenset(
    {"alveolar", "granular", "papillary", "sarcomatoid", "rhabdoid", "necrosis"}
)
HISTOLOGY_GROUPS = frozenset({"favourable", "intermediate", "unfavourable"})
STRESS_ECHO_RESULTS = frozenset({"satisfactory", "unsatisfactory", "inconclusive", "awaited"})

ORGANS = frozenset(
    {
        "lung",
        "lymph_node",
        "liver",
        "bone",
        "brain",
        "adrenal",
        "pancreas",
        "kidney",
        "renal_bed",
        "pleura",
        "peritoneum",
        "soft_tissue",
        "skin",
        "thyroid",
        "spleen",
        "heart",
        "bowel",
        "ovary",
        "other",
    }
)

TOXICITIES = frozenset(
    {
        "anaemia", "anorexia", "arrhythmia", "bleeding", "capillary leak syndrome",
        "cardiac failure", "colitis", "confusion", "constipation", "cough", "diarrhoea",
        "dry skin", "dyspnoea", "fatigue", "fever", "hand-foot syndrome", "headache",
        "hepatitis", "hyperglycaemia", "hypertension", "hyperthyroidism", "hypotension",
        "hypothyroidism", "infection", "mucositis", "myocardial ischaemia", "myocarditis",
        "nausea", "neuropathy", "neutropenia", "oedema", "oliguria", "pain", "pneumonitis",
        "proteinuria", "pruritus", "pulmonary oedema", "rash", "renal impairment", "rigors",
        "seizure", "stroke", "taste change", "thrombocytopenia", "thrombosis", "vomiting",
        "weight gain", "weight loss",
    }
)  # fmt: skip
