"""The same line on Spark: letters of a table or folder read by a cluster, written as Parquet.

>>> from extract.spark import extract_letters, facts_of
>>> letters = extract_letters(df, text="text")     # a row a letter: its record, or why not
>>> facts = facts_of(letters)                      # a row a fact, as in facts.csv

Needs the extra ``spark`` and Java 17. Each Python worker of Spark starts one process with
the pipeline, in which a letter may hang or die alone, and keeps it for all its tasks.
"""

from extract.spark.letters import extract_letters, facts_of
from extract.spark.run import Written, run

__all__ = ["Written", "extract_letters", "facts_of", "run"]
