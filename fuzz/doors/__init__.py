"""One module a door: what comes from outside, and what a user has onrecord do with it."""
