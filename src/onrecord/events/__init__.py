"""Who did what to whom: PLOVER events of a report."""
