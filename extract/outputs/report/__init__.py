"""The report: one page, its Markdown, and its tables for a manuscript."""

from extract.outputs.report.book import Book, Opened, Row, Share, Table
from extract.outputs.report.page import html_report
from extract.outputs.report.plain import markdown_report
from extract.outputs.report.word import word_report

__all__ = [
    "Book",
    "Opened",
    "Row",
    "Share",
    "Table",
    "html_report",
    "markdown_report",
    "word_report",
]
