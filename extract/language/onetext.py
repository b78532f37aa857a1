"""medspaCy's regular expressions, with a letter's text asked for once instead of once a rule.

spaCy builds the text of a document anew at every call, and the matcher calls for every rule:
with some two hundred rules that was most of the time of reading a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MATCHER = "_MedspacyMatcher__regex_matcher"


def search_text_once(component: Any) -> None:
    """Give a TargetMatcher or ConText the matcher below in place of its own.

    Both keep it under a private name; where a later medspaCy has none there, its own stays.
    """
    for name in ("_TargetMatcher__matcher", "_ConText__matcher"):
        holder = getattr(component, name, None)
        own = getattr(holder, _MATCHER, None)
        if own is not None:
            setattr(holder, _MATCHER, _OneText(own))


class _OneText:
    """The same matches in the same order as medspaCy's RegexMatcher."""

    def __init__(self, own: Any) -> None:
        self._own = own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def __call__(self, doc: Doc) -> list[tuple[int, int, int]]:
        return list(self._own(_Held(doc)))


class _Held:
    """A document whose text is kept."""

    __slots__ = ("_doc", "text_with_ws")

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.text_with_ws = doc.text_with_ws

    def __getattr__(self, name: str) -> Any:
        return getattr(self._doc, name)

    def __getitem__(self, item: Any) -> Any:
        return self._doc[item]

    def __iter__(self) -> Any:
        return iter(self._doc)

    def __len__(self) -> int:
        return len(self._doc)
