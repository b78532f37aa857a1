"""Facts of treatment that a person should look at because of what the letter does not add.

How sure a rule is of its own words says little of whether a drug was had: of the drugs of
which a letter gives no date, line, reason or response nearly one in four was read wrongly on
letters that the rules had never met, of the others one in thirty. The shares are those of
``scripts/accuracy`` and its houses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from extract.fields.view import Draft, View
from extract.language.pipeline import AGENT
from extract.records import Field, Reason

#: What else a letter may tell of a drug.
_TOLD = frozenset(
    {
        Field.THERAPY_START,
        Field.THERAPY_END,
        Field.THERAPY_END_REASON,
        Field.THERAPY_LINE,
        Field.RESPONSE,
    }
)
#: Reasons that are read wrongly where the drug is named in another sentence.
_FAR = frozenset({"toxicity", "completed"})


def doubted(view: View, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, those in doubt with a reason for a review."""
    found = list(drafts)
    told = Counter(draft.item for draft in found if draft.field in _TOLD)
    planned = {d.item for d in found if d.field is Field.THERAPY and d.value == "planned"}
    return [_doubted(view, draft, told, planned) for draft in found]


def _doubted(view: View, draft: Draft, told: Counter[str], planned: set[str]) -> Draft:
    if draft.field is Field.THERAPY:
        bare = draft.value == "given" and not told[draft.item]
        again = "#" in draft.item and told[draft.item] < 2
        return draft.flagged(Reason.INFERRED) if bare or again or draft.item in planned else draft
    if draft.field is Field.THERAPY_START and draft.item in planned:
        return draft.flagged(Reason.INFERRED)
    if draft.field is Field.THERAPY_END_REASON:
        if draft.value == "switch":
            return draft.flagged(Reason.INFERRED)
        if draft.value in _FAR and not _named_there(view, draft):
            return draft.flagged(Reason.DISTANT)
    return draft


def _named_there(view: View, draft: Draft) -> bool:
    """Whether the drug is named in the sentence that the draft was read from."""
    agent = draft.item.split("#")[0]
    index = bisect_right(view.sentences, draft.start, key=attrgetter("start")) - 1
    named = view.sentences[index].of(AGENT) if index >= 0 else []
    return any(agent in mention.value("agents").split("|") for mention in named)
