"""Untrusted bytes to documents: knows formats, nothing of language."""
