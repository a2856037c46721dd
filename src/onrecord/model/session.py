"""The network at run time: its ONNX graphs, each window scored alone on one thread.

Dynamic int8 takes its activation scale from the whole input; scoring each window by itself, without
padding, makes the result independent of batches, of neighbours and of the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.errors import ModelDamaged
from onrecord.model.manifest import Manifest, advice_for, model_folder, read_manifest
from onrecord.model.scores import (
    CueScores,
    EventScores,
    Floats,
    LinkLogits,
    MentionScores,
    PairScores,
    PartyScores,
    Sightings,
    WindowScores,
)
from onrecord.model.surroundings import goes_on, see_all, see_around, spread
from onrecord.model.windows import Window
from onrecord.runtime import load_runtime

if TYPE_CHECKING:
    import onnxruntime

ENCODER = "encoder.onnx"
OUTPUTS = ("hidden", "cue", "names", "nominals", "vectors", "lower")
"""What the encoder's graph answers."""
LINKER = "linker.onnx"
LINKED = ("source_start", "source_end", "content", "valid")
"""What the linker's graph answers."""
RANKER = "ranker.onnx"
MENTIONS = "mentions.onnx"
REFERENTS = "referents.onnx"
EVENTS = "events.onnx"
PARTIES = "parties.onnx"
VOCABULARY = "tokenizer.json"
LINKER_INPUTS: Final = {"hidden", "first", "last", "seen"}
"""What the linker's graph is given; one made before each cue was told what it sees lacks the last."""
SLOWER_FUSIONS: Final = ["SkipLayerNormFusion"]
"""What ONNX Runtime fuses to its loss: its fused addition and normalisation is a scalar loop, six times slower than the
two by themselves (1.32 on a processor with AVX-512); without it the graphs take a tenth to a fifth less."""


class Model:
    """The loaded network: vocabulary, encoder with cue tagger and mention heads, linker, ranker, and event head."""

    def __init__(
        self,
        *,
        manifest: Manifest,
        tokenizer: Tokenizer,
        encoder: onnxruntime.InferenceSession,
        linker: onnxruntime.InferenceSession,
        ranker: onnxruntime.InferenceSession,
        mentions: onnxruntime.InferenceSession,
        referents: onnxruntime.InferenceSession,
        events: onnxruntime.InferenceSession,
        parties: onnxruntime.InferenceSession,
    ) -> None:
        self.manifest = manifest
        self.tokenizer = tokenizer
        self._encoder = encoder
        self._linker = linker
        self._ranker = ranker
        self._mentions = mentions
        self._referents = referents
        self._events = events
        self._parties = parties
        self._only_asked = load_runtime().RunOptions()
        self._only_asked.only_execute_path_to_fetches = True  # by default a graph works out all of its outputs

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Model:
        """Load the model of a folder; by default the one that ``ONRECORD_MODEL`` names, else the one in the package.

        Raises:
            ModelMissing: a file is not there.
            ModelDamaged: a file is cut short, altered, or not of this version.
        """
        folder = Path(folder) if folder else model_folder()
        manifest = read_manifest(folder)
        unchecked = {VOCABULARY, ENCODER, LINKER, RANKER, MENTIONS, REFERENTS, EVENTS, PARTIES} - manifest.files.keys()
        if unchecked:
            what = f"the model's manifest doesn't name {', '.join(sorted(unchecked))}"
            raise ModelDamaged(what, where=str(folder), advice=advice_for(folder))
        try:
            model = cls(
                manifest=manifest,
                tokenizer=Tokenizer.from_file(str(folder / VOCABULARY)),
                encoder=open_graph(folder / ENCODER),
                linker=open_graph(folder / LINKER),
                ranker=open_graph(folder / RANKER),
                mentions=open_graph(folder / MENTIONS),
                referents=open_graph(folder / REFERENTS),
                events=open_graph(folder / EVENTS),
                parties=open_graph(folder / PARTIES),
            )
        except Exception as error:  # onnxruntime and tokenizers raise bare exceptions of their own making
            raise ModelDamaged(
                f"the model can't be loaded ({str(error) or type(error).__name__})",
                where=str(folder),
                advice=advice_for(folder),
            ) from error
        taken = {each.name for each in model._linker.get_inputs()}
        if taken != LINKER_INPUTS:
            what = f"the model's {LINKER} is another version's: it takes {', '.join(sorted(taken))}"
            raise ModelDamaged(what, where=str(folder), advice=advice_for(folder))
        return model

    @property
    def version(self) -> str:
        """The model's name and hash, as readings state it."""
        return self.manifest.version

    def tag(self, window: Window) -> WindowScores:
        """Run the encoder over a window and score each token as part of a cue, and of mentions."""
        hidden, cue, names, nominals, vectors, lower = self._encoder.run(OUTPUTS, _inputs(window))
        (read,) = self._mentions.run(["read"], {"hidden": hidden[0], "lower": lower[0]})
        mentions = MentionScores(
            names=names[0],
            nominals=nominals[0],
            vectors=vectors[0],
            read=read,
        )
        return WindowScores(hidden=hidden, cue=cue[0], mentions=mentions, lower=lower[0])

    def tag_cues(self, window: Window) -> CueScores:
        """Score each token as part of a cue, as :meth:`tag` does, without the heads for all else."""
        hidden, cue = self._encoder.run(["hidden", "cue"], _inputs(window), self._only_asked)
        return CueScores(hidden=hidden, cue=cue[0])

    def link(self, scores: CueScores, cues: Sequence[tuple[int, int]]) -> LinkLogits:
        """Ask each cue of a window, given as first and last token, for its source and content.

        Each sees what is around it, and the whole window where its content may go on beyond that.
        """
        size = scores.hidden.shape[1]
        seen = see_around(cues, size)
        near = self._link(scores, cues, seen)
        if seen.shape[1] == size:
            return near
        found = spread(near, seen, size)
        far = np.flatnonzero(goes_on(near.content, seen, size)).tolist()
        if far:
            whole = self._link(scores, [cues[row] for row in far], see_all(len(far), size))
            for name in LINKED:
                getattr(found, name)[far] = getattr(whole, name)
        return found

    def _link(self, scores: CueScores, cues: Sequence[tuple[int, int]], seen: NDArray[np.int64]) -> LinkLogits:
        """Ask each cue about the tokens that it sees, [C, W]."""
        positions = np.array(cues, dtype=np.int64)
        answers = self._linker.run(
            LINKED,
            {"hidden": scores.hidden, "first": positions[:, 0], "last": positions[:, 1], "seen": seen},
        )
        return LinkLogits(**dict(zip(LINKED, answers, strict=True)))

    def rank(self, rows: Floats, seen: Sightings) -> Floats:
        """Score K candidates, by their [K, F] features and the words around their mentions, as whom a source means.

        Trees know the features alone, a network both: the logarithms of the chances that they give are averaged.
        """
        by_trees: Floats = self._ranker.run(["scores"], {"rows": rows})[0][:, 0]
        by_network: Floats = self._referents.run(
            ["scores"],
            {
                "rows": rows,
                "query": seen.read.take(seen.query.ravel()).astype(np.float32).reshape(1, -1),
                "mentions": seen.read.take(seen.mentions.ravel()).astype(np.float32).reshape(-1, 2 * seen.read.width),
                "places": seen.places,
                "whose": seen.whose,
            },
        )[0]
        return self.manifest.ranking.average(by_trees, by_network)

    def tell(self, states: Floats, hints: Floats) -> EventScores:
        """Ask a sentence, [T, H] lower states with [T, 16] hints of the lexicon, for triggers."""
        read, tags = self._events.run(["read", "tags"], {"states": states[None], "hints": hints[None]})
        return EventScores(read=read, tags=tags)

    def ask(self, read: Floats, parties: Floats) -> PartyScores:
        """Ask the tokens of a sentence, as triggers, for their actors and recipients among [C, T] parties' tokens."""
        nobody = np.zeros((1, len(read)), dtype=np.float32)
        actors, recipients = self._parties.run(
            ["actor", "recipient"],
            {"read": read, "parties": parties, "actors": nobody, "recipients": nobody},
            self._only_asked,
        )
        return PartyScores(actors=actors, recipients=recipients)

    def code(self, read: Floats, actors: Floats, recipients: Floats) -> PairScores:
        """Ask what actors do to recipients, [P, T] 1 for the tokens of each, 0 for nobody."""
        types, trigger = self._parties.run(
            ["types", "trigger"],
            {"read": read, "parties": actors, "actors": actors, "recipients": recipients},
            self._only_asked,
        )
        return PairScores(types=types, trigger=trigger)


def _inputs(window: Window) -> dict[str, NDArray[np.int64]]:
    return {"ids": window.ids[None].astype(np.int64), "features": window.features[None].astype(np.int64)}


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """Return a graph, ready to run on one thread."""
    runtime = load_runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # windows run side by side instead; one thread also fixes the order of sums
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: onnxruntime.InferenceSession = runtime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
    )
    return session
