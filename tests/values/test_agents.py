"""The drug lexicon: what came with the program, and what the loader says of bad files."""

from pathlib import Path

import pytest

from extract.errors import Code, ExtractError
from extract.resources import patterns_dir
from extract.values.agents import check_agents, load_agents
from extract.values.lexicon_file import code_spellings, spellings

LEXICON = load_agents()
GOOD = """\
classes:
  VEGFR-TKI: {targeted: true, washout: true}
  chemotherapy: {targeted: false, washout: false}
agents:
  VEGFR-TKI:
    sunitinib: {brands: [Sutent], codes: [SU11248], context: [SUN]}
  chemotherapy:
    cisplatin: {}
regimens:
  SunCis: [sunitinib, cisplatin]
not_agents:
  steroids: [prednisolone]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "agents.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_lexicon_is_sound_and_large() -> None:
    assert check_agents(patterns_dir() / "agents.yaml") == ()
    named = [a for a in LEXICON.agents.values() if a.drug_class != "unnamed"]
    assert len(named) >= 250


@pytest.mark.parametrize(
    ("surface", "generics"),
    [
        ("Sutent", "sunitinib"),
        ("SU11248", "sunitinib"),
        ("SU 11248", "sunitinib"),
        ("su-11248", "sunitinib"),
        ("sunitinb", "sunitinib"),
        ("sunny tinib", "sunitinib"),
        ("ever roll imus", "everolimus"),
        ("RAD001", "everolimus"),
        ("Afinitir", "everolimus"),
        ("IL-2", "aldesleukin"),
        ("IL2", "aldesleukin"),
        ("IL 2", "aldesleukin"),
        ("1L-2", "aldesleukin"),
        ("into leukin", "aldesleukin"),
        ("interleukin two", "aldesleukin"),
        ("Interleukin–2", "aldesleukin"),
        ("IFN-α", "interferon alfa"),
        ("alpha interferon", "interferon alfa"),
        ("5-FU", "fluorouracil"),
        ("5FU", "fluorouracil"),
        ("Caelyx", "doxorubicin"),
        ("chemo", "chemotherapy"),
        ("study drug", "trial agent"),
        ("androgen deprivation", "androgen deprivation therapy"),
        ("hormone therapy", "endocrine therapy"),
        ("FOLFOX", "fluorouracil oxaliplatin"),
        ("FOLFIRI", "fluorouracil irinotecan"),
        ("FOLFIRINOX", "fluorouracil irinotecan oxaliplatin"),
        ("R-CHOP", "rituximab cyclophosphamide doxorubicin vincristine"),
        ("R CHOP", "rituximab cyclophosphamide doxorubicin vincristine"),
        ("CHOP", "cyclophosphamide doxorubicin vincristine"),
        ("ABVD", "doxorubicin bleomycin vinblastine dacarbazine"),
        ("BEACOPP", "bleomycin etoposide doxorubicin cyclophosphamide vincristine procarbazine"),
        ("FEC-T", "fluorouracil epirubicin cyclophosphamide docetaxel"),
        ("AC-T", "doxorubicin cyclophosphamide paclitaxel"),
        ("TCHP", "docetaxel carboplatin trastuzumab pertuzumab"),
        ("CMF", "cyclophosphamide methotrexate fluorouracil"),
        ("BEP", "bleomycin etoposide cisplatin"),
        ("VIDE", "vincristine ifosfamide doxorubicin etoposide"),
        ("MVAC", "methotrexate vinblastine doxorubicin cisplatin"),
        ("CAPOX", "capecitabine oxaliplatin"),
        ("XELOX", "capecitabine oxaliplatin"),
        ("GemCarbo", "gemcitabine carboplatin"),
        ("VTD", "bortezomib thalidomide"),
        ("KRd", "carfilzomib lenalidomide"),
        ("DVd", "daratumumab bortezomib"),
        ("R-ICE", "rituximab ifosfamide carboplatin etoposide"),
        ("DHAP", "cytarabine cisplatin"),
        ("ESHAP", "etoposide cytarabine cisplatin"),
        ("hyper-CVAD", "cyclophosphamide vincristine doxorubicin"),
        ("FCR", "fludarabine cyclophosphamide rituximab"),
        ("FLOT", "fluorouracil oxaliplatin docetaxel"),
        ("PCV", "procarbazine lomustine vincristine"),
        ("MAID", "doxorubicin ifosfamide dacarbazine"),
        ("BEAM", "carmustine etoposide cytarabine melphalan"),
        ("IPI/NIVO", "ipilimumab nivolumab"),
    ],
)
def test_lookup(surface: str, generics: str) -> None:
    names = tuple(generics.split())
    if generics in LEXICON.agents:
        names = (generics,)
    assert LEXICON.lookup(surface) == names


@pytest.mark.parametrize(
    "surface",
    ["prednisolone", "dexamethasone", "Zometa", "folinic acid", "ondansetron", "filgrastim",
     "TKI", "targeted therapy", "VEGF inhibitor", "Certican", "act", "rice", "paracetamol"],
)  # fmt: skip
def test_never_an_agent(surface: str) -> None:
    assert LEXICON.lookup(surface) == ()


def test_supportive_drugs_are_said_to_be_so() -> None:
    assert LEXICON.is_supportive("Prednisolone")
    assert not LEXICON.is_supportive("sunitinib")


@pytest.mark.parametrize(
    "surface",
    [
        "len",
        "tem",
        "axi",
        "bev",
        "thal",
        "MPA",
        "gem",
        "cape",
        "SUN",
        "ICE",
        "AC",
        "BR",
        "interleukin",
    ],
)
def test_short_forms_need_context(surface: str) -> None:
    assert LEXICON.lookup(surface)
    assert LEXICON.needs_context(surface)


@pytest.mark.parametrize("surface", ["nivo", "sunitinib", "FOLFOX", "IL-2", "R-CHOP"])
def test_clear_forms_do_not(surface: str) -> None:
    assert not LEXICON.needs_context(surface)


def test_a_form_that_is_a_first_name_needs_context() -> None:
    assert LEXICON.is_first_name("Bev")
    assert LEXICON.needs_context("Bev")
    assert not LEXICON.is_first_name("SUN")


@pytest.mark.parametrize(
    ("generic", "targeted", "drug_class"),
    [
        ("sunitinib", True, "VEGFR-TKI"),
        ("sunitinib#2", True, "VEGFR-TKI"),
        ("cabozantinib", True, "VEGFR-TKI"),
        ("everolimus", True, "mTOR"),
        ("bevacizumab", True, "anti-VEGF mAb"),
        ("belzutifan", True, "HIF-2a inhibitor"),
        ("erlotinib", True, "EGFR-TKI"),
        ("imatinib", True, "kinase inhibitor"),
        ("interferon alfa", False, "cytokine"),
        ("aldesleukin", False, "cytokine"),
        ("nivolumab", False, "checkpoint inhibitor"),
        ("gemcitabine", False, "chemotherapy"),
        ("thalidomide", False, "immunomodulator"),
        ("girentuximab", False, "antibody"),
        ("trial agent", False, "unnamed"),
        ("no such drug", False, ""),
    ],
)
def test_class_and_targeted(generic: str, targeted: bool, drug_class: str) -> None:
    assert LEXICON.is_targeted(generic) is targeted
    assert LEXICON.drug_class(generic) == drug_class


def test_verified_codes_only() -> None:
    sunitinib, nivolumab = LEXICON.agent("sunitinib"), LEXICON.agent("nivolumab")
    assert sunitinib is not None
    assert nivolumab is not None
    assert (sunitinib.atc, sunitinib.rxnorm, sunitinib.omop) == ("L01EX01", "357977", "1336539")
    assert nivolumab.rxnorm == "1597876"  # not 1547545, which is pembrolizumab
    unverified = LEXICON.agent("pertuzumab")
    assert unverified is not None
    assert (unverified.atc, unverified.rxnorm, unverified.omop) == ("", "", "")


def test_surfaces_are_literals_with_one_meaning() -> None:
    seen = [surface.text for surface in LEXICON.surfaces()]
    assert len(seen) == len(set(seen))
    for surface in LEXICON.surfaces():
        assert surface.text == surface.text.lower().strip()
        assert surface.generics
        assert all(generic in LEXICON.agents for generic in surface.generics)


def test_folinic_acid_and_steroids_are_in_no_regimen() -> None:
    for name, drugs in LEXICON.regimens.items():
        assert not [drug for drug in drugs if LEXICON.is_supportive(drug)], name


def test_spellings_stay_safe() -> None:
    assert set(spellings("IL-2")) == {"il-2", "il 2", "il2"}
    assert set(spellings("AC-T")) == {"ac-t"}
    assert set(code_spellings("SU11248")) == {"su11248", "su-11248", "su 11248"}
    assert "bay 43-9006" in set(code_spellings("BAY 43-9006"))


def test_a_small_file_loads(tmp_path: Path) -> None:
    lexicon = load_agents(write(tmp_path, GOOD))
    assert lexicon.lookup("SunCis") == ("sunitinib", "cisplatin")
    assert lexicon.needs_context("sun")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("cisplatin: {}", "cisplatin: {brand: [X]}", "unknown key 'brand'"),
        ("cisplatin: {}", "cisplatin: {brands: X}", "brands must be a list"),
        ("cisplatin: {}", "cisplatin: {brands: [5]}", "put it in quotes"),
        ("cisplatin: {}", "cisplatin: {brands: [Sutent]}", "'sutent' already stands for sunitinib"),
        ("cisplatin: {}", "cisplatin: {rxnorm: 5}", "rxnorm must be in quotes"),
        ("cisplatin: {}", "cisplatin: {half_life_hours: 30}", "must be two numbers of hours"),
        ("cisplatin: {}", "cisplatin: {half_life_hours: [9, 3]}", "the smaller first"),
        ("cisplatin: {}", "cisplatin: {targeted: often}", "targeted must be true or false"),
        ("cisplatin: {}", "cisplatin: {}\n    cisplatin: {}", "stands twice"),
        ("  chemotherapy:\n", "  cytotoxic:\n", "this class is not explained"),
        ("[sunitinib, cisplatin]", "[sunitinib, cisplatine]", "'cisplatine' is not under agents"),
        ("[sunitinib, cisplatin]", "[]", "a regimen needs its drugs"),
        ("[prednisolone]", "[Sutent]", "'Sutent' is also an agent"),
        ("targeted: true, washout: true", "targeted: true", "needs targeted and washout"),
        ("regimens:", "regimes:", "unknown key 'regimes'"),
        ("classes:", "classes: [", "the file: line"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    problems = check_agents(write(tmp_path, GOOD.replace(old, new, 1)))
    assert problems
    assert {problem.code for problem in problems} == {Code.PATTERN}
    assert any(reason in problem.detail for problem in problems), problems
    assert all(problem.detail.startswith("agents.yaml: ") for problem in problems)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("cisplatin: {}", "cisplatin: {brand: [X]}").replace(
        "[prednisolone]", "[sutent]"
    )
    assert len(check_agents(write(tmp_path, bad))) == 2


def test_a_missing_file_is_a_bad_pattern(tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as caught:
        load_agents(tmp_path / "none.yaml")
    assert caught.value.problems[0].code is Code.PATTERN
