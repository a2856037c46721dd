"""Text to zones, paragraphs, sentences and quotation marks."""
