"""The way back: what annotators changed in an export, as corrections of the record."""
