"""Tying events to drugs: the letter is walked once, with the drugs in focus carried on.

In a list item or table row the focus is the item's own drugs; in prose it is the drugs
last spoken of. A verb takes the drug after it when nothing but an article or a dose stands
between, else the drug before it, else the focus.
"""

from __future__ import annotations

from extract.fields.subject import Others
from extract.fields.therapy.dating import Dating
from extract.fields.therapy.events import scene
from extract.fields.therapy.walk import Story
from extract.fields.view import View


def tell(view: View, others: Others) -> Story:
    """Walk the letter and build its courses with their starts, ends and standings."""
    return _Teller(view, others).tell()


class _Teller(Dating):
    """Walks the sentences in order."""

    def tell(self) -> Story:
        for sentence in self.view.sentences:
            groups = self.groups.get(sentence.index, [])
            if not groups and not self._relevant(sentence):
                continue
            self._enter(sentence)
            made = scene(self.view, sentence, groups)
            self.story.scenes.append(made)
            self._place(made)
            self.story.focus_at[sentence.index] = list(self.focus)
            self._verbs(made)
            self._dates(made)
            self._leave(made)
        return self.story


__all__ = ["Story", "tell"]
