"""A reading becomes facts: one module a field, each with ``find(view) -> drafts``.

The entry is :func:`extract.fields.assemble.extract_facts`.
"""
