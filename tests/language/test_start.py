"""What is spared when the first letter is read, and that nothing else changes by it."""

from __future__ import annotations

import subprocess
import sys

READ = (
    "import sys, extract\n"
    "record = extract.extract_text('Clinic 4 March 2011. ECOG performance status 1.')\n"
    "assert record.facts\n"
)


def printed(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_letter_is_read_without_what_only_other_parts_need() -> None:
    spared = {"quickumls", "nltk", "scipy", "sqlalchemy", "pandas", "matplotlib"}
    assert printed(f"{READ}print({spared} & set(sys.modules) or '')") == ""


def test_medspacys_quickumls_can_be_imported_after() -> None:
    code = (
        f"{READ}import quickumls.spacy_component\nfrom spacy import Language\n"
        "print(Language.has_factory('medspacy_quickumls'), 'nltk' in sys.modules)"
    )
    assert printed(code) == "True True"


def test_what_was_imported_before_stays() -> None:
    code = (
        f"import medspacy, quickumls\nbefore = quickumls\n{READ}"
        "print(sys.modules['quickumls'] is before)"
    )
    assert printed(code) == "True"
