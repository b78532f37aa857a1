"""Systemic therapy: which drugs, when, which line, why they ended, and what they did.

A letter tells a story in clauses, list items and table rows. ``groups`` finds the drugs
and whether each mention is real, planned or only talked about; ``events`` finds what is
said to have happened and when; ``story`` ties each event to the drugs it is about and
builds courses; ``facts`` turns courses into facts.
"""

from extract.fields.therapy.facts import find, may_tell

__all__ = ["find", "may_tell"]
