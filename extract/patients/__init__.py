"""Letters of one person become one record: therapy, timeline, setting, conflicts."""

from extract.patients.build import build_patients
from extract.patients.linking import link

__all__ = ["build_patients", "link"]
