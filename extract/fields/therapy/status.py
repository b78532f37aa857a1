"""A disease status where it stands: the mention, its sentence, and the words round it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.fields.cues import Cues, load_cues
from extract.fields.therapy.events import Scene
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial

#: The value of words that say no more than that a response was like another.
SAME = "SAME"
_SAID = {"cr": "CR", "pr": "PR", "sd": "SD", "mr": "MR", "pd": "PD", "ne": "NE"}
#: What parts the words of one claim from those of another.
_BREAK = trial(
    r"[;:]|\.\s|\s-\s|->|\b(?:but|however|although|though|whereas|while)\b"
    r"|,\s+(?:and|so|he|she|it|we|I|you|which|who|with|then)\b|\band (?:he|she|it|the|we|I|you|then|his|her)\b",
    re.IGNORECASE,
)


def cues() -> Cues:
    """The cues of ``patterns/response.yaml``."""
    return load_cues("response")


@dataclass(frozen=True, slots=True)
class Status:
    """A RECIST category said in a sentence, before it is known to be a fact.

    ``at`` and ``to`` are characters of the folded sentence.
    """

    scene: Scene
    mention: Mention
    value: str
    at: int
    to: int

    @property
    def sentence(self) -> Sentence:
        """The sentence that holds it."""
        return self.scene.sentence

    @property
    def text(self) -> str:
        """The folded sentence."""
        return self.scene.sentence.text

    @property
    def words(self) -> str:
        """The words of the mention itself."""
        return self.text[self.at : self.to]

    def before(self, reach: int = 160) -> str:
        """The words before it in its sentence."""
        return self.text[max(0, self.at - reach) : self.at]

    def after(self, reach: int = 160) -> str:
        """The words after it in its sentence."""
        return self.text[self.to : self.to + reach]

    def clause(self) -> str:
        """The words before it back to the last break between claims."""
        before = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), self.text[: self.at])
        cut = 0
        for match in _BREAK.finditer(before):
            cut = match.end()
        return before[cut:]


def statuses(scene: Scene) -> list[Status]:
    """Every status said in a sentence, facts or not, in order of place."""
    laid_out = scene.sentence.unit.kind in (UnitKind.ROW, UnitKind.PAIR)
    named = scene.sentence.of("RESP")
    weak = scene.sentence.of(*(("RESP_BARE", "RESP_CELL") if laid_out else ("RESP_BARE",)))
    free = [w for w in weak if not any(w.start < m.end and m.start < w.end for m in named)]
    return [_status(scene, m) for m in sorted([*named, *free], key=lambda m: m.start)]


def _status(scene: Scene, mention: Mention) -> Status:
    value = mention.value()
    if value == "SAID":
        value = next(v for name, v in _SAID.items() if mention.value(name))
    at = scene.sentence.folded(mention.start)
    return Status(scene, mention, value, at, scene.sentence.folded(mention.end - 1) + 1)
