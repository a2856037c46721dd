"""What in a report does not fit the rest of it."""
