"""The command line: ``app`` is the Typer application, ``main`` runs it."""

from extract.cli.commands import app, main

__all__ = ["app", "main"]
