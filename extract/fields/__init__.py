"""A reading becomes facts: one module a field, each with ``find(view) -> drafts``."""

from extract.fields.assemble import extract_facts

__all__ = ["extract_facts"]
