"""Make the table of meanings: `python training/meaning.py CACHE_DIR`.

Writes `src/onrecord/record/meaning.npy`: for each word piece of the vocabulary 48 numbers, so that the sum over a
text's word pieces points where all-MiniLM-L6-v2 would put the text. Needs the `train` extra and `../shared/data`.

1. Texts: sentences of unlabelled news and annotated contents, a quarter of them cut to a few words, as queries are.
2. Their 384 numbers each by all-MiniLM-L6-v2, kept in CACHE_DIR.
3. Each word piece by itself through the model, less what all have in common (as model2vec does).
4. A table is trained so that the cosine of two sums is the cosine that the model gives the two texts. A row is the
   word piece by itself turned to 48 directions, times a weight of its own, plus a step of its own: so that a word piece
   that no text has, or few, means what the model says.
5. int8, all by one scale: a sum's error is then the same whatever the word pieces.

Prints what it is worth on texts that it has not seen (numbers only): how many of the ten nearest are the model's, and
the rank correlation of cosines; beside the model's own numbers cut to 48, which is the most that 48 can give.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

from onrecord.document import Span
from onrecord.layout.sentences import find_sentences
from train import BASE, base_tokenizer

DATA = Path("../shared/data")
TARGET = Path(__file__).parent.parent / "src" / "onrecord" / "record" / "meaning.npy"
DIMENSIONS = 48  # with one byte each, what the record's size bar leaves for a statement
SENTENCES = 80_000
SHORTENED = 0.25
LONGEST = 128  # word pieces; longer contents are cut for the teacher only
HELD_OUT = 3_000  # annotated contents of train reports that are not trained on, with those of dev the texts to find
SEED = 7
EPOCHS = 10
BATCH = 1024
RATE = 1e-2
STEP_COST = 1e-2

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


def main() -> None:
    """Make the table, and say what it is worth."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("cache", type=Path)
    cache = arguments.parse_args().cache
    cache.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    tokenizer = base_tokenizer()

    texts, unseen = gather_texts()
    print(f"{len(texts)} texts to train on, {len(unseen)} to measure on")
    teacher = cached(cache / "texts.npy", lambda: embed(texts, tokenizer))
    wanted = cached(cache / "unseen.npy", lambda: embed(unseen, tokenizer))
    alone = cached(cache / "alone.npy", lambda: embed_alone(tokenizer))

    axes = main_axes(teacher)
    pieces, measured = cut_all(texts, tokenizer), cut_all(unseen, tokenizer)
    counts = count_pieces(pieces, tokenizer)
    rows = Table(centred(alone, counts), axes, counts)
    report("the model cut to 48", wanted @ axes, wanted)
    with torch.no_grad():
        report("word pieces by themselves", sums(rows(torch.arange(len(alone))).numpy(), measured), wanted)
    table = quantized(train(rows, pieces, teacher))
    report("trained, int8", np.round(127 * normal(sums(table.astype(np.float32), measured))), wanted)
    np.save(TARGET, table)


# ---- texts -------------------------------------------------------------------------------------------------


def gather_texts() -> tuple[list[str], list[str]]:
    """Return the texts to train on and those to measure on, in an order of chance that is always the same."""
    chance = random.Random(SEED)
    sentences = sorted(set(news_sentences()))
    chance.shuffle(sentences)
    contents = sorted(set(annotated_contents(DATA / "polnear" / "train.jsonl")))
    chance.shuffle(contents)
    texts = sentences[:SENTENCES] + contents[HELD_OUT:]
    unseen = contents[:HELD_OUT] + sorted(set(annotated_contents(DATA / "polnear" / "dev.jsonl")))
    return [shortened(text, chance) if chance.random() < SHORTENED else text for text in texts], unseen


def news_sentences() -> Iterator[str]:
    """Yield the sentences of the unlabelled reports."""
    for line in (DATA / "news" / "stories.jsonl").open(encoding="utf-8"):
        for paragraph in json.loads(line)["text"].split("\n"):
            yield from (span.of(paragraph) for span in find_sentences(paragraph, Span(0, len(paragraph))))


def annotated_contents(path: Path) -> Iterator[str]:
    """Yield the words of the contents of annotated reports, as the record puts them together."""
    for line in path.open(encoding="utf-8"):
        report = json.loads(line)
        for attribution in report["attributions"]:
            yield " … ".join(report["text"][start:end] for start, end in attribution["content"])


def shortened(text: str, chance: random.Random) -> str:
    """Return a run of two to eight of a text's words."""
    words = text.split()
    count = chance.randint(2, 8)
    start = chance.randrange(max(1, len(words) - count + 1))
    return " ".join(words[start : start + count])


def cut_all(texts: Sequence[str], tokenizer: Tokenizer) -> list[NDArray[np.int64]]:
    """Return the word pieces of each text."""
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(each.ids, dtype=np.int64) for each in found]


def count_pieces(pieces: Sequence[NDArray[np.int64]], tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Count each word piece of the vocabulary."""
    return np.bincount(np.concatenate(pieces), minlength=tokenizer.get_vocab_size())


# ---- the teacher -------------------------------------------------------------------------------------------


def cached(path: Path, make: Callable[[], NDArray[np.float16]]) -> Floats:
    """Return what an earlier run has made, or make it."""
    if not path.exists():
        np.save(path, make())
    return np.asarray(np.load(path), dtype=np.float32)


def embed(texts: Sequence[str], tokenizer: Tokenizer) -> NDArray[np.float16]:
    """Return what all-MiniLM-L6-v2 makes of texts: [N, 384], each of length 1."""
    ids = [
        [101, *each.ids[: LONGEST - 2], 102] for each in tokenizer.encode_batch(list(texts), add_special_tokens=False)
    ]
    return run_teacher(ids)


def embed_alone(tokenizer: Tokenizer) -> NDArray[np.float16]:
    """Return what all-MiniLM-L6-v2 makes of each word piece by itself: [V, 384]."""
    return run_teacher([[101, piece, 102] for piece in range(tokenizer.get_vocab_size())])


@torch.inference_mode()
def run_teacher(ids: Sequence[Sequence[int]]) -> NDArray[np.float16]:
    """Run texts of like length together; return the mean over each one's word pieces, of length 1."""
    model = BertModel.from_pretrained(BASE, config=BertConfig.from_pretrained(BASE), add_pooling_layer=False).eval()
    result = np.zeros((len(ids), 384), dtype=np.float16)
    order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        batch = nn.utils.rnn.pad_sequence([torch.tensor(ids[row]) for row in rows], batch_first=True)
        mask = (batch != 0).long()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model(batch, attention_mask=mask).last_hidden_state
        mean = (hidden.float() * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        result[rows] = F.normalize(mean).numpy()
        if start % 3200 == 0:
            print(f"{start} of {len(order)} texts", flush=True)
    return result


# ---- the table ---------------------------------------------------------------------------------------------


def main_axes(teacher: Floats) -> Floats:
    """Return the 48 directions that keep most of the cosines: [384, 48]. Not centred, as cosines are not."""
    _, vectors = np.linalg.eigh(teacher.T @ teacher)
    return np.ascontiguousarray(vectors[:, ::-1][:, :DIMENSIONS], dtype=np.float32)


def centred(alone: Floats, counts: NDArray[np.int64]) -> Floats:
    """Take away what the word pieces have in common, each counted as often as it is used."""
    shares = (counts + 1) / (counts.sum() + len(counts))
    return (alone - (alone * shares[:, None]).sum(0)).astype(np.float32)


class Table(nn.Module):
    """The rows of the table: each word piece by itself, turned, weighed and moved."""

    def __init__(self, alone: Floats, axes: Floats, counts: NDArray[np.int64]) -> None:
        super().__init__()
        self.alone = torch.tensor(alone)
        shares = (counts + 1) / (counts.sum() + len(counts))
        self.turn = nn.Parameter(torch.tensor(axes))
        self.step = nn.Parameter(torch.zeros(len(alone), DIMENSIONS))
        # Frequent ones shorter to begin with, by a / (a + their share).
        self.weight = nn.Parameter(torch.tensor(np.log(1e-3 / (1e-3 + shares)), dtype=torch.float32))

    def forward(self, pieces: Tensor) -> Tensor:
        """[N] word pieces to [N, 48] rows."""
        return self.weight[pieces].exp()[:, None] * (self.alone[pieces] @ self.turn) + self.step[pieces]


def train(rows: Table, pieces: Sequence[NDArray[np.int64]], teacher: Floats) -> Floats:
    """Train the table on pairs of texts; return its rows."""
    rates = [RATE / 5, RATE, RATE * 5]
    optimizer = torch.optim.Adam([{"params": [each]} for each in (rows.turn, rows.step, rows.weight)], lr=RATE)
    steps = EPOCHS * (len(pieces) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rates, total_steps=steps)
    goal = torch.tensor(teacher)
    chance = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        order, losses = chance.permutation(len(pieces)), []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            loss, penalty = loss_of(rows, [pieces[row] for row in some], goal[torch.tensor(some)])
            optimizer.zero_grad()
            (loss + penalty).backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch}: {np.mean(losses):.5f}", flush=True)
    with torch.no_grad():
        return rows(torch.arange(len(rows.alone))).numpy()


def loss_of(rows: Table, pieces: Sequence[NDArray[np.int64]], goal: Tensor) -> tuple[Tensor, Tensor]:
    """Return how far the cosines of sums are from the model's, over all pairs of a batch; and what steps cost."""
    starts = torch.tensor(np.cumsum([0, *(len(each) for each in pieces[:-1])]))
    used, places = torch.unique(torch.tensor(np.concatenate(pieces)), return_inverse=True)
    found = F.normalize(F.embedding_bag(places, rows(used), starts, mode="sum"))
    return F.mse_loss(found @ found.T, goal @ goal.T), STEP_COST * rows.step[used].square().sum(1).mean()


def quantized(table: Floats) -> Bytes:
    """Return the table in int8, by one scale: one value in ten thousand is cut off."""
    scale = 127 / np.quantile(np.abs(table), 0.9999)
    return np.clip(np.round(table * scale), -127, 127).astype(np.int8)


# ---- what it is worth --------------------------------------------------------------------------------------


def sums(table: Floats, pieces: Sequence[NDArray[np.int64]]) -> Floats:
    """Return the sum over each text's word pieces."""
    return np.stack([table[each].sum(0) for each in pieces]).astype(np.float32)


def normal(vectors: Floats) -> Floats:
    """Return vectors of length 1; of length 0 where they are."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def report(name: str, found: Floats, wanted: Floats) -> None:
    """Print how well nearness in ``found`` agrees with nearness in ``wanted``."""
    mine, theirs = normal(found), normal(wanted)
    asked = np.random.default_rng(SEED).choice(len(mine), 500, replace=False)
    near, true = mine[asked] @ mine.T, theirs[asked] @ theirs.T
    near[np.arange(500), asked] = true[np.arange(500), asked] = -2
    best, wide = (np.argsort(-near, axis=1)[:, :size] for size in (10, 50))
    right = np.argsort(-true, axis=1)[:, :10]
    shared = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(best, right, strict=True)])
    within = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(wide, right, strict=True)])
    first = np.mean([b[0] in a for a, b in zip(best, right, strict=True)])
    rank = spearmanr(near[near > -2], true[true > -2]).statistic
    print(
        f"{name}: of the model's ten nearest {shared:.1%} are among the ten, {within:.1%} among the fifty nearest; "
        f"its nearest is among the ten for {first:.1%}; rank correlation {rank:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
