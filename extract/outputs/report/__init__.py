"""The report: one page, its Markdown, its tables for a manuscript, its figures."""

from extract.outputs.report.book import Book, Opened, Row, Share, Table
from extract.outputs.report.files import (
    AT_HAND,
    STALE,
    Kind,
    write_files,
    write_page,
    write_provenance,
)
from extract.outputs.report.page import html_report
from extract.outputs.report.plain import markdown_report
from extract.outputs.report.word import word_report

__all__ = [
    "AT_HAND",
    "STALE",
    "Book",
    "Kind",
    "Opened",
    "Row",
    "Share",
    "Table",
    "html_report",
    "markdown_report",
    "word_report",
    "write_files",
    "write_page",
    "write_provenance",
]
