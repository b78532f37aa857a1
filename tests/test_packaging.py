"""The wheel, built and installed where the checkout cannot be seen, and run there.

Nothing is downloaded: the clean environment sees the libraries of this one through a path file.
"""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import extract
from extract.resources import patterns_dir

ROOT = Path(__file__).resolve().parent.parent

LETTERS = {
    "2011-03-04-clinic.txt": """\
Department of Medical Oncology
Date: 4 March 2011
Re: Mr A Sample, NHS No 999 000 0018

Diagnosis: metastatic clear cell renal cell carcinoma

He progressed on sunitinib, which was stopped on 12 January 2011.
On examination he is well. ECOG performance status 1.
""",
    "2011-06-20-scan.txt": """\
Department of Medical Oncology
Date: 20 June 2011
Re: Mr A Sample, NHS No 999 000 0018

ECOG performance status 0. He will be seen again in three months.
""",
}
OUT_FILES = (
    "facts.csv",
    "letters.jsonl",
    "patients.jsonl",
    "eligibility.csv",
    "outcomes.json",
    "rejects.csv",
    "run.json",
)


def run(*words: object, cwd: Path) -> str:
    """Run a command with nothing that would lead it back to the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with the wheel and this one's libraries; return its Python."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # Path files inside a folder named by a path file are not read, so the checkout,
    # which is installed here through one, stays out of sight.
    Path(site.strip(), "libraries.pth").write_text("\n".join(sorted(here)), encoding="utf-8")
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    return python


def test_the_wheel_holds_the_package_and_every_rule_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {
        f"extract/_patterns/{path.relative_to(ROOT / 'patterns').as_posix()}"
        for path in (ROOT / "patterns").rglob("*")
        if path.is_file()
    }
    assert rules <= names
    assert "extract/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "extract",
        f"extract_letters-{extract.__version__}.dist-info",
    }


def test_the_installed_program_is_the_wheel_s_own(clean: Path, tmp_path: Path) -> None:
    code = "import extract, extract.resources as r; print(extract.__file__, r.patterns_dir())"
    module, rules = run(clean, "-c", code, cwd=tmp_path).split()
    home = clean.parent.parent
    assert Path(module).is_relative_to(home)
    assert Path(rules).is_relative_to(home)


def test_the_checkout_uses_its_own_rules() -> None:
    assert patterns_dir() == ROOT / "patterns"


def test_the_installed_program_tells_its_version(clean: Path, tmp_path: Path) -> None:
    assert extract.__version__ in run(clean, "-m", "extract", "--version", cwd=tmp_path)
    assert extract.__version__ in run(clean.with_name("extract"), "--version", cwd=tmp_path)


def test_the_installed_program_does_the_main_job(clean: Path, tmp_path: Path) -> None:
    patient = tmp_path / "letters" / "sample-0001"
    patient.mkdir(parents=True)
    for name, text in LETTERS.items():
        (patient / name).write_text(text, encoding="utf-8")

    printed = run(clean, "-m", "extract", "letters", "--out", "out", cwd=tmp_path)

    out = tmp_path / "out"
    assert {name for name in OUT_FILES if (out / name).is_file()} == set(OUT_FILES)
    facts = (out / "facts.csv").read_text(encoding="utf-8")
    assert "sample-0001" in facts
    assert "ecog" in facts
    assert len((out / "letters.jsonl").read_text(encoding="utf-8").splitlines()) == len(LETTERS)
    assert "Mr A Sample" not in printed
