"""Auditing a run: what to check, the reviewers' desk, what the reviews say and change."""
