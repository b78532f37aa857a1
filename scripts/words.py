"""The words of the project's clean letters, the commonest first, as mending needs them.

    python scripts/words.py > extract/language/mending/words.txt

Letters that are damaged on purpose and letters that are sealed are left out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"cellar", "scanned", "canada", "lakeshore"}
WORD = re.compile(r"(?<![\w-])[A-Za-z]{2,}(?![\w-])")
BROKEN = re.compile(r"([a-z])-\n\s*([a-z])")


def main() -> None:
    """Write the words to the terminal."""
    letters, small = Counter[str](), set[str]()
    for path in sorted((ROOT / "corpora").rglob("letters/**/*.txt")):
        if LEFT_OUT & set(path.parts):
            continue
        words = WORD.findall(BROKEN.sub(r"\1\2", path.read_text("utf-8")))
        small |= {word for word in words if word.islower()}
        letters.update({word.lower() for word in words})
    for word, _ in sorted(letters.items(), key=lambda each: (-each[1], each[0])):
        if word in small:
            sys.stdout.write(f"{word}\n")


if __name__ == "__main__":
    main()
