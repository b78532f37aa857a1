"""Values the fields share: dates as intervals, quantities, durations and whole numbers.

Everything here is a pure function of a text or of other values. Scanning finds a value as
it is written (``RawDate``, ``RawDuration``, ``RawQuantity``, offsets into the text given);
resolving makes it what the annotation contract calls for.
"""

from extract.values.cardinals import scan_numbers
from extract.values.counts import Bound, Unit
from extract.values.datekinds import DateContext, Kind, Offset, Order, Part, Reading
from extract.values.dateranges import find_ranges, is_birth_date
from extract.values.dates import FAR_FUTURE, FAR_PAST, EdtfDate, Precision
from extract.values.datescan import scan_dates
from extract.values.durations import RawDuration, scan_durations
from extract.values.percentages import RawQuantity, scan_percentages
from extract.values.quantities import Quantity, holds
from extract.values.rawdates import RawDate

__all__ = [
    "FAR_FUTURE",
    "FAR_PAST",
    "Bound",
    "DateContext",
    "EdtfDate",
    "Kind",
    "Offset",
    "Order",
    "Part",
    "Precision",
    "Quantity",
    "RawDate",
    "RawDuration",
    "RawQuantity",
    "Reading",
    "Unit",
    "find_ranges",
    "holds",
    "is_birth_date",
    "scan_dates",
    "scan_durations",
    "scan_numbers",
    "scan_percentages",
]
