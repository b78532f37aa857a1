"""Writers of the test-suite's own: a letter's text rendered into every format that is read.

None of them shares code with the readers; what libraries can write is written by libraries.
"""
