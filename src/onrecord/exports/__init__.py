"""Readings in the formats of others: one file a format."""
