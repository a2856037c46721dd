"""What in a report does not fit the rest of it: a file a check, each a function of what was read. See ``finding``.

Which module does what:

    captions, figures, headlines, marks, spellings   the checks
    report, words                                    the report and its words, as they see them
"""
