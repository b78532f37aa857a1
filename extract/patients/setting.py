"""Salvage or consolidation: what the targeted lines before interleukin-2 came to.

The table "How a patient is judged" of the design: salvage after progression on targeted
therapy, also where a later agent was stopped for toxicity; consolidation where the latest
targeted agent was responded to or held the disease and no targeted line failed; none
without targeted therapy or with another cancer; else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.patients.readings import unique
from extract.records import Line, Setting, SettingLabel
from extract.values.kleene import Truth

#: Responses under which a drug controlled the disease.
_CONTROLLED = frozenset({"CR", "PR", "SD"})


def setting(
    lines: Sequence[Line], renal: Truth, responses: Iterable[tuple[str, str]], max_failed: int = 3
) -> Setting:
    """The setting of one patient.

    Args:
        lines: all lines of therapy, in order.
        renal: not met where the cancer of the letters is another.
        responses: agent and category (``sunitinib#2``, ``PR``) of every response.
        max_failed: the most failed targeted lines that salvage allows.

    The latest targeted line did not fail where a letter reports control on it and none
    progression; an earlier one whose end is not explained leaves the count open.
    """
    targeted = [
        line
        for line in lines
        if line.targeted is not Truth.NOT_MET and line.before_il2 is not Truth.NOT_MET
    ]
    controlled = {agent for agent, said in responses if said in _CONTROLLED}
    counts = [_counts(line) for line in targeted]
    if targeted and targeted[-1].failed is Truth.UNKNOWN and _held(targeted[-1], controlled):
        counts[-1] = Truth.NOT_MET
    low = sum(count is Truth.MET for count in counts)
    high = sum(count is not Truth.NOT_MET for count in counts)
    label, why = _label(targeted, renal, controlled, (low, high, max_failed))
    return Setting(
        label=label,
        failed_low=low,
        failed_high=high,
        why=why,
        sources=unique(source for line in targeted for source in line.sources),
    )


def _held(line: Line, controlled: set[str]) -> bool:
    """Whether a letter reports a response or stable disease on a line."""
    return not controlled.isdisjoint(line.agents)


def _counts(line: Line) -> Truth:
    """Whether a line counts as a failed targeted line before interleukin-2."""
    if line.failed is Truth.NOT_MET:
        return Truth.NOT_MET
    sure = all(part is Truth.MET for part in (line.failed, line.targeted, line.before_il2))
    return Truth.MET if sure else Truth.UNKNOWN


def _label(
    targeted: Sequence[Line],
    renal: Truth,
    controlled: set[str],
    counts: tuple[int, int, int],
) -> tuple[SettingLabel, str]:
    low, high, max_failed = counts
    if renal is Truth.NOT_MET:
        return SettingLabel.NONE, "another cancer"
    if not targeted:
        return SettingLabel.NONE, "no targeted therapy before interleukin-2"
    if low > max_failed:
        return SettingLabel.UNKNOWN, f"{low} targeted lines failed, more than {max_failed}"
    if low:
        if high > max_failed:
            return SettingLabel.UNKNOWN, f"{low} to {high} targeted lines failed"
        return SettingLabel.SALVAGE, f"progression on {low} targeted line{'s' * (low > 1)}"
    last = targeted[-1]
    if _held(last, controlled) and last.failed is not Truth.MET and last.targeted is Truth.MET:
        return SettingLabel.CONSOLIDATION, f"controlled on {' + '.join(last.agents)}"
    return SettingLabel.UNKNOWN, f"how {' + '.join(last.agents)} ended is not stated"
