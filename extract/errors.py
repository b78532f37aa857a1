"""Everything that can go wrong, by code.

Errors are values: a reader or a loader returns or collects a :class:`Problem` and the
run goes on. Only what makes the whole run pointless is raised, as
:class:`ExtractError`. Neither ever holds a letter's text or a person's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Reason codes, stable across versions; a user may filter on them."""

    PATH_MISSING = "path_missing"
    NO_LETTERS = "no_letters"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_A_FILE = "not_a_file"
    OUTSIDE = "outside_folder"
    LINK_LOOP = "link_loop"
    LINK_FOLDER = "link_to_folder"
    LINK_BROKEN = "broken_link"
    BAD_NAME = "bad_name"
    UNSUPPORTED = "unsupported_format"
    MISSING_READER = "reader_not_installed"
    NEEDS_OCR = "needs_ocr"
    NO_LETTER = "no_letter_inside"
    NO_COLUMN = "column_missing"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "archive_bomb"
    NESTED = "nested_too_deep"
    UNSAFE_PATH = "unsafe_path"
    XML_ENTITIES = "xml_entities"
    TOO_LONG = "too_long"
    TOO_MANY_PAGES = "too_many_pages"
    NUL_BYTES = "nul_bytes"
    SURROGATES = "lone_surrogates"
    BIDI = "bidi_override"
    MEMORY = "out_of_memory"
    CRASHED = "reader_crashed"
    DUPLICATE_ID = "duplicate_id"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    PATTERN = "bad_pattern"
    SETTINGS = "bad_settings"
    GOLD = "bad_gold"
    OUTPUT = "output_not_writable"
    NO_OUT = "no_out_folder"
    MISSING_EXTRA = "extra_not_installed"


#: What a person should do about a code, in one sentence.
ADVICE: dict[Code, str] = {
    Code.PATH_MISSING: "Check the path; it must be a file or a folder of letters.",
    Code.NO_LETTERS: "Point to the folder that holds the letters themselves.",
    Code.EMPTY: "The file holds no text; if it is a scan, run text recognition first.",
    Code.UNREADABLE: "Check the file's permissions and that it opens elsewhere.",
    Code.TOO_LARGE: "Split the file, or raise the limit with --max-bytes.",
    Code.NOT_TEXT: "Convert it to plain text, or install the reader for its format.",
    Code.NOT_A_FILE: "Devices, pipes and sockets are not read; remove it from the folder.",
    Code.OUTSIDE: "Links out of the folder are not followed; copy the file in.",
    Code.LINK_FOLDER: "Links to folders are not followed; what lies in it is read once, in its place.",
    Code.LINK_BROKEN: "The link leads nowhere; remove it, or copy in what it led to.",
    Code.LINK_LOOP: "The link leads back to itself; remove it from the folder.",
    Code.BAD_NAME: "Rename the file with letters that every system shows as they are.",
    Code.UNSUPPORTED: "Convert it to plain text, or install the reader for its format.",
    Code.MISSING_READER: "Install the reader: `pip install 'extract-letters[ingest,ocr,parquet]'`.",
    Code.NEEDS_OCR: "Its pages are pictures: install the `ocr` extra and Tesseract's English data.",
    Code.NO_LETTER: "Nothing in it is a letter; remove it, or point to the file that holds one.",
    Code.NO_COLUMN: "Name the columns of the table: --text-column and its neighbours.",
    Code.ENCRYPTED: "Save a copy without the password.",
    Code.DAMAGED: "The file is cut short or broken; fetch it again from where it came.",
    Code.BOMB: "It unpacks to far more than letters do; unpack it by hand if you trust it.",
    Code.NESTED: "Archives inside archives inside archives are not opened; unpack them by hand.",
    Code.UNSAFE_PATH: "The name inside the archive leads out of it; look at where it came from.",
    Code.XML_ENTITIES: "It defines XML entities, which no letter needs; look at where it came from.",
    Code.TOO_LONG: "No letter is that long; split the file.",
    Code.TOO_MANY_PAGES: "No letter has that many pages; split the file.",
    Code.NUL_BYTES: "The text holds NUL bytes; fetch it again or convert it to plain text.",
    Code.SURROGATES: "The text is wrongly encoded (lone surrogates); save it again as UTF-8.",
    Code.BIDI: "The text reverses its own direction, so what is shown is not what it says; look at it.",
    Code.MEMORY: "Reading it took too much memory; split the file.",
    Code.CRASHED: "The reader died on it; report the code and the format to the maintainers.",
    Code.DUPLICATE_ID: "Two files give the same letter id; rename one of them.",
    Code.FAILED: "Report the code and the file's name to the maintainers.",
    Code.TIMED_OUT: "Look at the file; it is likely no letter. Raise --seconds if it is.",
    Code.PATTERN: "Mend the rule; `python -m extract patterns check` shows all of them.",
    Code.SETTINGS: "Mend the setting that the message names.",
    Code.GOLD: "The gold file needs the columns letter_id, field, item and value.",
    Code.OUTPUT: "Choose another folder with --out, or free space there.",
    Code.NO_OUT: "Point to a folder that the main job wrote to (its --out), or run it again.",
    Code.MISSING_EXTRA: "Install it: `pip install 'extract-letters[stats,ingest,parquet]'`.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong: where, which code, and a sentence without letter text."""

    path: str
    code: Code
    detail: str = ""

    def sentence(self) -> str:
        """What happened and what to do, for a person."""
        return " ".join(part for part in (self.detail, ADVICE[self.code]) if part)


class ExtractError(Exception):
    """The run cannot go on. Carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{p.path}: [{p.code}] {p.sentence()}" for p in self.problems)
