"""Values: what a report says in words and figures, as dates and numbers that can be reckoned with."""
