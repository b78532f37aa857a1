"""The command line: ``app`` is the Typer application, ``main`` runs it."""

from extract.cli.commands import app, main

# Each adds its commands to the application.
from extract.cli import audit, eligibility, exports, reporting, schemas  # isort: skip

__all__ = ["app", "audit", "eligibility", "exports", "main", "reporting", "schemas"]
