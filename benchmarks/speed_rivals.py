"""Time other tools on texts, for ``stages.py``: a JSON list of texts on stdin, words per CPU second on stdout.

    PYTHON benchmarks/speed_rivals.py < texts.json

Runs in an interpreter that has spaCy and textacy. spaCy's small English model is used where it is installed. Where it
is not (it is no package of the index), a pipeline of the same parts and sizes stands in for it, untrained: a token2vec
layer of four convolutions shared by tagger and parser, and names with one of their own. What it says is noise, what it
costs is what the trained one costs; the answer says which of the two ran. sayswho needs the trained one: left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import spacy
from spacy.training import Example

TAGS, LABELS, KINDS = 50, 45, 18
"""As many part-of-speech tags, dependency labels and kinds of names as the small model has."""


def embedding(width: int = 96) -> dict[str, Any]:
    """Return the small model's token2vec."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def untrained() -> Any:
    """Build a pipeline of the small model's parts and sizes."""
    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": embedding()})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": _transitions(listener, "parser", 64)})
    nlp.add_pipe("ner", config={"model": _transitions(embedding(), "ner", 64)})
    nlp.initialize(lambda: _examples(nlp))
    return nlp


def _transitions(tok2vec: dict[str, Any], state: str, hidden: int) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def _examples(nlp: Any) -> list[Example]:
    words = [f"w{n}" for n in range(60)]
    doc = nlp.make_doc(" ".join(words))
    return [
        Example.from_dict(
            doc,
            {
                "tags": [f"T{n % TAGS}" for n in range(60)],
                "heads": [max(0, n - 1) for n in range(60)],
                "deps": ["ROOT", *(f"d{n % LABELS}" for n in range(59))],
                "entities": [f"U-K{n % KINDS}" for n in range(60)],
            },
        )
    ]


def rate(work: Callable[[str], object], texts: list[str]) -> float:
    """Return words per CPU second of one thread; the first text is not counted."""
    work(texts[0])
    began = time.process_time()
    for text in texts:
        work(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - began)


def main() -> None:
    """Time what is installed."""
    texts = json.load(sys.stdin)
    trained = find_spec("en_core_web_sm") is not None
    nlp = spacy.load("en_core_web_sm") if trained else untrained()
    name = "en_core_web_sm" if trained else "a pipeline of en_core_web_sm's sizes, untrained"
    found: dict[str, Any] = {f"spaCy {spacy.__version__}, {name}": round(rate(nlp, texts))}
    if find_spec("textacy") is not None:
        from textacy.extract.triples import direct_quotations  # only where it is installed

        def quotations(text: str) -> int:
            count = 0
            for paragraph in filter(str.strip, text.split("\n")):  # a mark too many fails its paragraph only
                try:
                    count += len(list(direct_quotations(nlp(paragraph))))
                except ValueError:
                    continue
            return count

        found["textacy direct_quotations on it"] = round(rate(quotations, texts))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
