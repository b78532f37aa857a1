"""The report: one page, its Markdown, and its tables for a manuscript."""

from extract.outputs.report.book import Book, Opened, Row, Share, Table
from extract.outputs.report.page import html_report

__all__ = ["Book", "Opened", "Row", "Share", "Table", "html_report"]
