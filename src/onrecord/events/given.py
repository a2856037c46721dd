"""Events whose actor and recipient are known, marked by hand or by another tool: what the one does to the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.triggers import hints_of
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model.scores import EVENT_TYPES
from onrecord.model.states import SentenceStates, states_of
from onrecord.model.tokens import tokenize
from onrecord.model.windows import pack_windows
from onrecord.reading import EventType

MOST_TOKENS = 510


class Coded(NamedTuple):
    """What the head says of a pair."""

    types: dict[EventType, float]
    """The probability of each type; what they lack of 1 is that of there being no event."""
    trigger: Span
    """The word piece that tells most of it."""


def code_given(sentence: str, actor: Span | None, recipient: Span | None, model: Scorer) -> Coded:
    """Return what a marked actor does to a marked recipient in a sentence.

    Args:
        sentence: its text; what is beyond 510 word pieces is not seen.
        actor: who does it; None where the sentence names nobody.
        recipient: to whom it is done; None likewise.
        model: a loaded :class:`onrecord.model.Model`.
    """
    states = _states(sentence, model)
    if states is None:
        return Coded(dict.fromkeys(EVENT_TYPES, 0.0), Span(0, 0))
    masks = np.zeros((2, len(states.starts)), dtype=np.float32)
    for row, span in enumerate((actor, recipient)):
        tokens = None if span is None else states.tokens_of(span)
        if tokens is not None:
            masks[row, tokens] = 1
    answer = model.code(
        model.tell(states.states.astype(np.float32), hints_of(sentence, states)).read, masks[:1], masks[1:]
    )
    best = int(answer.trigger[0].argmax())
    types = {name: float(value) for name, value in zip(EVENT_TYPES, answer.types[0, :-1], strict=True)}
    return Coded(types, Span(states.starts[best], states.ends[best]))


def _states(sentence: str, model: Scorer) -> SentenceStates | None:
    whole = Span(0, len(sentence))
    quoted = [quotation.inner for quotation in outermost(sentence, pair_quotemarks(sentence))]
    tokens = tokenize(sentence, [whole], quoted, model.tokenizer)
    if not tokens or not len(tokens[0]):
        return None
    text = sentence[int(tokens[0].starts[0]) :]
    window = next(pack_windows(tokens, [text], limit=MOST_TOKENS + 2))
    return next(states_of(window, model.tag(window).lower, [whole]), None)
