"""The tuning of the embedder: `python -m evals.embedding`.

MiniLM learns from the questions of `../shared/training`, each with the passage that answers it
and one that looks as if it did (in-batch negatives and mined ones: Karpukhin et al. 2020, "Dense
passage retrieval"). Two halves of the councils train one model each; a model is validated on the
half that it did not see, whose vectors by it are what the ranker learns from. What ships is the
mean of the two ("model soups": Wortsman et al. 2022), layers only: the word vectors stay those
that were published, so that half of the weights need not be kept twice.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from torch.nn.functional import cross_entropy, normalize
from tqdm import tqdm

from assistant.build import build_index
from assistant.embedder import TUNED, Embedder, published_model
from assistant.index import Index
from assistant.passages import embedding_text
from assistant.questions import understand
from evals.scoring import bears, same_paper
from evals.suites import EVALS, SHARED
from evals.wording import words

# The folders of papers that are in the first half; the rest are in the second.
FIRST_HALF = ("kent_a", "limerick_b", "limerick_c")
SEED = 7
EPOCHS = 3
BATCH = 32
RATE = 4e-5
WARMING = 0.1  # share of the steps in which the rate rises to its height
SCALE = 20.0  # of cosines, as sentence-transformers' MultipleNegativesRankingLoss has it
TOKENS = 128  # of a passage; the rest of a longer one is left out in training
TOGETHER = 8  # texts of like length that are padded to one length
NEGATIVES = (3, 40)  # ranks among which a passage that only looks right is drawn


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the passages that answer it, and some that only look as if they did."""

    question: str
    paper: str
    right: tuple[int, ...]
    wrong: tuple[int, ...]


def main() -> int:
    """Tunes, reports and writes the weights; returns the exit code."""
    training = SHARED / "training"
    if not training.is_dir():
        print(f"{training}: not there; the weights in the repository stay", file=sys.stderr)
        return 2
    embedder = Embedder(str(published_model()))
    folder = EVALS / ".indexes" / "untuned"
    print(build_index(training / "papers", folder, embedder=embedder))
    index = Index.open(folder, embedder.name)
    found = examples(index, training, embedder)
    texts = [embedding_text(passage) for passage in index.store.every()]
    with ProcessPoolExecutor(2) as pool:
        halves = [[one for one in found if half_of(one.paper) == half] for half in (0, 1)]
        list(pool.map(tune, halves, [texts, texts], map(half_model, (0, 1))))
    save_file(_mean([half_model(0), half_model(1)]), TUNED)
    for half in (0, 1):
        _tell(half, training)
    return 0


def half_model(half: int) -> Path:
    """Where the model lies that learned from this half of the papers."""
    return EVALS / ".indexes" / f"model-{half}"


def half_index(half: int) -> tuple[Index, Embedder]:
    """The index of this half of the papers by the model of the other half, and that model.

    Raises AssistantError where that model has not been trained.
    """
    embedder = Embedder(str(half_model(1 - half)))
    corpus = EVALS / ".indexes" / f"papers-{half}"
    shutil.rmtree(corpus, ignore_errors=True)
    for folder in sorted((SHARED / "training" / "papers").iterdir()):
        if folder.is_dir() and half_of(folder.name) == half:
            (corpus / folder.name).mkdir(parents=True)
            for paper in folder.iterdir():
                shutil.copy(_as_published(paper), corpus / folder.name)
    index = EVALS / ".indexes" / f"training-{half}"
    print(build_index(corpus, index, embedder=embedder))
    return Index.open(index, embedder.name), embedder


@cache
def published() -> dict[str, Path]:
    """The training papers that are there as their councils published them, by stem."""
    return {paper.stem: paper for paper in sorted((SHARED / "papers").glob("*/*/*.pdf"))}


def _as_published(paper: Path) -> Path:
    """The PDF that a text was taken from, where there is one: only its tables still have rows."""
    return published().get(paper.stem, paper)


def _tell(half: int, training: Path) -> None:
    """Prints the dense recall on the half that the model did not see."""
    index, embedder = half_index(half)
    asked = [one for one in read_questions(training) if half_of(one[1]) == half]
    vectors = embedder.embed([question for question, _, _ in asked])
    _, nearest = index.vectors.search(vectors, 5)
    ranks = []
    for (_, paper, quote), keys in zip(asked, nearest, strict=True):
        hits = index.store.get(keys)
        good = [same_paper(paper, hit.paper) and bears(quote, hit.text) for hit in hits]
        ranks.append(good.index(True) if any(good) else 5)
    first, five = (sum(rank < k for rank in ranks) / len(ranks) for k in (1, 5))
    print(f"half {half} unseen: dense Recall@1 {first:.1%} @5 {five:.1%} of {len(ranks)}")


def _mean(models: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of what the models learned, in half precision."""
    weights = [
        SentenceTransformer(str(path), device="cpu", local_files_only=True).state_dict()
        for path in models
    ]
    return {
        name: torch.stack([one[name].float() for one in weights]).mean(0).half().contiguous()
        for name in weights[0]
        if ".encoder." in name
    }


def half_of(paper: str) -> int:
    """The half, 0 or 1, that a training paper belongs to."""
    return int(paper.split("/")[0] not in FIRST_HALF)


def read_questions(training: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Question, paper and evidence of every line that has evidence: pairs, twins, follow-ups."""
    found = []
    for name, asked in (
        ("pairs", "question"),
        ("near-misses", "twin"),
        ("followups", "standalone"),
    ):
        for line in (training / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("quote"):
                found.append((row[asked], row["paper"], words(row["quote"])))
    return found


def examples(index: Index, training: Path, embedder: Embedder) -> list[Example]:
    """Every question whose evidence a passage of the index bears, with passages that tempt."""
    of_paper: dict[str, list[int]] = {}
    texts = {passage.key: passage.text for passage in index.store.every()}
    for passage in index.store.every():
        of_paper.setdefault(passage.paper, []).append(passage.key)
    asked = read_questions(training)
    vectors = embedder.embed([question for question, _, _ in asked])
    found = []
    for (question, paper, quote), vector in zip(tqdm(asked, desc="Mining"), vectors, strict=True):
        own = [key for at, keys in of_paper.items() if same_paper(paper, at) for key in keys]
        right = tuple(key for key in own if bears(quote, texts[key]))
        if right:
            wrong = _tempting(question, vector, index)
            held = {texts[key] for key in right}
            wrong = [key for key in wrong if key not in right and texts[key] not in held]
            found.append(Example(question, paper, right, tuple(wrong)))
    return found


def _tempting(question: str, vector: NDArray[np.float32], index: Index) -> list[int]:
    """The passages that words or vectors rank high, but for the very first."""
    first, last = NEGATIVES
    scores = index.words.scores(understand(question, index.glossary, index.words).weights)
    _, nearest = index.vectors.search(vector[None], last)
    by_words = np.argsort(-scores, kind="stable")[first:last]
    return list(dict.fromkeys([*map(int, nearest[0][first:]), *map(int, by_words)]))


def tune(found: Sequence[Example], texts: Sequence[str], into: Path) -> None:
    """Trains on these examples and saves the model; `texts` are what is embedded, by key."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # two models train side by side
    model = SentenceTransformer(str(published_model()), device="cpu", local_files_only=True)
    model.train()
    for name, weights in model.named_parameters():
        weights.requires_grad_(".encoder." in name)
    learnt = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01)
    batches = [batch for epoch in range(EPOCHS) for batch in _batches(found, SEED + epoch)]
    rise = WARMING * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / rise, 1 - (step - rise) / (len(batches) - rise))
    )
    halves = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    draw = random.Random(SEED)
    bar = tqdm(batches, desc=f"Tuning {into.name}", mininterval=10)
    for batch in bar:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves):
            loss = _loss(model, batch, texts, draw)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        schedule.step()
        bar.set_postfix(loss=f"{loss.item():.2f}")
    model.eval()
    model.save(str(into))


def _batches(found: Sequence[Example], seed: int) -> Iterator[list[Example]]:
    """Batches of neighbours: questions on one paper are each other's hardest negatives."""
    draw = random.Random(seed)
    rank: dict[str, float] = {}
    order = sorted(
        found, key=lambda one: (rank.setdefault(one.paper, draw.random()), draw.random())
    )
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    draw.shuffle(batches)
    return iter(batches)


def _loss(
    model: SentenceTransformer, batch: Sequence[Example], texts: Sequence[str], draw: random.Random
) -> torch.Tensor:
    """Cross entropy of the right passage among those of the whole batch, right and tempting."""
    keys = [draw.choice(one.right) for one in batch]
    keys += [draw.choice(one.wrong) for one in batch if one.wrong]
    asked = _encode(model, [one.question for one in batch])
    passages = _encode(model, [texts[key] for key in keys])
    cosines = (asked @ passages.T).float() * SCALE
    also_right = [
        [key in one.right and at != row for at, key in enumerate(keys)]
        for row, one in enumerate(batch)
    ]
    cosines = cosines.masked_fill(torch.tensor(also_right), -1e4)
    return cross_entropy(cosines, torch.arange(len(batch)))


def _encode(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Unit vectors in the order of the texts; those of like length go through together."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
    vectors = []
    for part in parts:
        read = model.tokenizer(
            [texts[at] for at in part],
            padding=True,
            truncation=True,
            max_length=TOKENS,
            return_tensors="pt",
        )
        vectors.append(model(dict(read))["sentence_embedding"])
    back = torch.argsort(torch.tensor(order))
    return normalize(torch.cat(vectors)[back], dim=-1)


if __name__ == "__main__":
    sys.exit(main())
