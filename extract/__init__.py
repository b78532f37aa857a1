"""Read clinic letters into validated records that quote their evidence."""

__version__ = "0.1.0"
