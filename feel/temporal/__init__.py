"""Dates, times and zones of FEEL. Python's own end at the year 9999 and at microseconds; the standard's do not."""
