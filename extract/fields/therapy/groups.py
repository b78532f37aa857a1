"""Which drugs are named together, as one drug, a combination or a regimen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.subject import Others
from extract.fields.therapy.current import is_current
from extract.fields.therapy.drugs import is_agent, strong_agents
from extract.fields.therapy.evidence import had
from extract.fields.therapy.model import Group, Standing
from extract.fields.therapy.standing import standing
from extract.fields.therapy.unnamed import CLASSES, unnamed_trials
from extract.fields.view import View
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial

#: What may stand between two drugs of one group: doses, connectors, formulation words.
_JOIN = trial(
    r"""^\s*(?:\s+|[,/+&(;)-]|and|plus|with|in|combination|combined|associated|concurrently|alongside|together|followed\s+by(?=\s+$)
    |weekly|daily|oral|intravenous|intraperitoneal|subcutaneous|iv|i\.v\.|s\.?c\.?|low|high|dose|maintenance|monotherapy|alone|concurrent|concomitant
    |single|agent|based|regimen|\)|od|bd|tds|once|twice|infusional|hydrochloride|sul(?:ph|f)ate|mesylate|malate|tosylate|acetate|protocol|doublet|triplet|therapy
    |[\d.,]+\s*(?:mg|mcg|g|mu|miu|iu|units|auc|m2|kg|%)?(?:/\w+2?)?|auc|every|\d+-weekly|x\s?\d+|per|a|the)*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LIST_BREAK = trial(r";|\bthen\b|\bfollowed\b|->|→|\bor\b|\bversus\b|\bvs\b|\bto\b", re.IGNORECASE)


def names_drug(view: View) -> bool:
    """Whether any mention of a drug is one, and no namesake."""
    known = strong_agents(view)
    sentence = view.reading.sentence
    return any(is_agent(view, sentence(m), m, known) for m in view.mentions("AGENT"))


def find_groups(view: View, others: Others) -> dict[int, list[Group]]:
    """The groups of each sentence, by the sentence's index."""
    known = strong_agents(view)
    found: dict[int, list[Group]] = {}
    for sentence in view.sentences:
        mentions = [m for m in sentence.of("AGENT") if is_agent(view, sentence, m, known)]
        if trials := unnamed_trials(sentence):
            mentions = sorted([*mentions, *trials], key=lambda m: m.start)
        if mentions:
            groups = list(_grouped(view, sentence, mentions, others))
            for index, group in enumerate(groups):
                group.firm = had(sentence, group, groups[:index])
            found[sentence.index] = groups
    return found


def _grouped(
    view: View, sentence: Sentence, mentions: list[Mention], others: Others
) -> Iterator[Group]:
    run: list[Mention] = []
    for mention in mentions:
        if run and not _joined(sentence, run[-1], mention):
            yield _make(view, sentence, run, others)
            run = []
        run.append(mention)
    yield _make(view, sentence, run, others)


def _joined(sentence: Sentence, left: Mention, right: Mention) -> bool:
    between = sentence.text[sentence.folded(left.end - 1) + 1 : sentence.folded(right.start)]
    if set(left.value("agents").split("|")) == set(right.value("agents").split("|")):
        return bool(re.fullmatch(r"\W*(?:or|aka|also called|brand name)?\W*", between))
    if re.search(r"\d{1,2}/\d{1,2}|\d{4}", between):
        return False  # dates between them: two courses, not one combination
    if _spelt_out(sentence, left, between):
        return False
    return bool(_JOIN.match(between)) and not _LIST_BREAK.search(between)


def _spelt_out(sentence: Sentence, left: Mention, between: str) -> bool:
    """ "DHAP (dexamethasone, cisplatin and cytarabine) and ICE": the bracket ends a regimen."""
    close = between.find(")")
    if close < 0 or "(" in between[:close]:
        return False
    lead = sentence.text[: sentence.folded(left.start)]
    opened = lead.rfind("(")
    if opened < 0 or ")" in lead[opened:]:
        return False
    inside = [
        m for m in sentence.of("AGENT") if sentence.folded(m.start) >= opened and m.end <= left.end
    ]
    titles = [m for m in sentence.of("AGENT") if 0 <= opened - sentence.folded(m.end - 1) <= 3]
    return len(inside) > 1 and any("|" in m.value("agents") for m in titles)


def _make(view: View, sentence: Sentence, run: list[Mention], others: Others) -> Group:
    agents = tuple(dict.fromkeys(a for m in run for a in m.value("agents").split("|")))
    agents = tuple(a for a in agents if a not in CLASSES) or agents
    start, end = run[0].start, run[-1].end
    at, to = sentence.folded(start), sentence.folded(end - 1) + 1
    group = Group(agents, start, end, at, to, sentence.index, Standing.REAL)
    group.standing = standing(view, sentence, group, run, others)
    group.current = group.standing is Standing.REAL and is_current(sentence, group)
    return group
