"""Those whom the report describes and nothing has tied to anybody yet: hearers, and parties of events."""

from __future__ import annotations

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.headnouns import find_head, look_up, without_determiner


def meet(discourse: Discourse, span: Span, *, by: str) -> int:
    """Return the referent that a description means: whoever it was tied to, one described so before, or somebody new.

    Args:
        discourse: the report; a new occurrence or referent is added to it.
        span: the description.
        by: the rule that asks, as mentions state it.
    """
    head = find_head(discourse.text, span)
    noun = look_up(head.of(discourse.text).lower()) if head else None
    occurrence = discourse.at(span)
    if occurrence is None:
        occurrence = discourse.nominal(span, noun.category if noun else "group")
        discourse.insert(occurrence)
    if occurrence.referent is not None:
        return occurrence.referent
    words = " ".join(span.of(discourse.text).split())
    one = noun is not None and noun.category == "person" and not noun.plural
    before = discourse.groups.get(without_determiner(words))
    if before is None:
        referent = discourse.introduce(words, "unnamed" if one else "group")
    else:
        referent = discourse.referents[before]  # "protesters", then "the protesters"
    discourse.assign(occurrence, referent, by=by)
    return referent.index
