"""Text to zones, paragraphs, sentences and quotation marks.

Which module does what:

    zones, linepatterns     what each line is, told from the lines alone
    kickers                 what stands before a headline's words and is none of them
    paragraphs, sentences   where they begin and end
    quotemarks              which stretches stand inside quotation marks
    blockquotes             which a page sets as blocks instead
    pullquotes              which only repeat what the story has
"""
