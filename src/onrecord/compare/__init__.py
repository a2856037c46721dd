"""Across reports: where the same words stand elsewhere, and whether a quotation is in the record.

Which module does what:

    words      wording, alignment, meaningwords   words as they are compared, their diff, what they mean
               tying, kinds, naming               what two utterances are to each other; whether two names are one's
               crossencoder                       the network that reads two utterances together
               logistic                           a probability from what two have in common
    variants   candidates, variants               what is looked at at all; all appearances of a statement
    verify     verifying                          a verdict, from grading, presence, joining; tables: many at once
               pasting                            a quotation without what an outlet says around it
               takenback                          what a report quotes, and says nobody said
               intext                             reports whose text has what no statement has
    stories    stories, storypages                groups of reports: nearby, sketches, likeness, stars
    compare    comparing                          reports side by side: carried, lines, ownvoice, segments
    framing    framing, intervals                 shares of cue classes, and how sure they are

Above the record, which never imports it.
"""

from __future__ import annotations

from onrecord.compare.tying import Tie, tie
from onrecord.compare.variants import Variant, find_variants
from onrecord.compare.verifying import Asked, Verdict, verify

__all__ = ["Asked", "Tie", "Variant", "Verdict", "find_variants", "tie", "verify"]
