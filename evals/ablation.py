"""What each part of the retrieval adds: `python -m evals.ablation` writes `docs/ablation.md`.

The first turns of every suite that is there are ranked by one part after another, from the bare
words to what ships; follow-ups are left out, since they would measure the conversation too.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.build import build_index
from assistant.embedder import Embedder, published_model
from assistant.features import FEATURES
from assistant.index import Index
from assistant.passages import Passage
from assistant.retriever import candidates
from assistant.trees import Trees
from evals.cases import Case
from evals.replies import Hit
from evals.scoring import DEPTH, retrieved_at
from evals.suites import EVALS, ROOT, Suite, find_cases

TABLE = ROOT / "docs" / "ablation.md"
WHAT = """\
What each part of the retrieval adds: Recall@1 / Recall@5 of the evidence in per cent, over the
first turns of each suite, from the bare words to what ships (`python -m evals.ablation`)."""
FUSED = ("words_rank", "all_rank", "dense_rank")
PARTS = (
    "BM25, own words",
    "BM25, with headings",
    "vectors as published",
    "vectors, tuned",
    "the three fused",
    "ranker",
    "ranker, with neighbours",
)

Ranks = Mapping[str, Sequence[int | None]]


def main() -> int:
    """Measures every suite whose papers are there and writes the table; returns the exit code."""
    pieces = ["# Ablation", WHAT]
    for suite, cases in find_cases([]).items():
        if suite.corpus.is_dir():
            first = [case for case in cases if case.answerable and not case.history]
            pieces.append(_table(suite.name, first, _ranks(suite, first)))
    TABLE.write_text("\n\n".join(pieces) + "\n", encoding="utf-8")
    print(f"{TABLE.relative_to(ROOT)} written")
    return 0


def _ranks(suite: Suite, cases: Sequence[Case]) -> Ranks:
    """The rank of each case's evidence by every part, in the order of `PARTS`."""
    tuned, published = Embedder(), Embedder(str(published_model()))
    build_index(suite.corpus, suite.index, embedder=tuned, progress=True)
    folder = EVALS / ".indexes" / f"{suite.name}-published"
    build_index(suite.corpus, folder, embedder=published, progress=True)
    untuned = Index.open(folder, published.name)
    assistant = Assistant(Index.open(suite.index, tuned.name), tuned)
    ranker = Trees.load("ranker")
    ranks: dict[str, list[int | None]] = {part: [] for part in PARTS}
    for case in tqdm(cases, desc=suite.name):
        found = assistant.search(case.question, limit=DEPTH)
        vector = tuned.embed([case.question])
        passages, _, table = candidates(found.question, vector, assistant.index)
        nearest = untuned.vectors.search(published.embed([case.question]), DEPTH)[1][0]
        lists = [
            *(_ordered(passages, scores) for scores in _scores(table, ranker)),
            [_hit(passage, hit.text) for hit in found.hits for passage in [hit.passage]],
        ]
        lists.insert(2, [_hit(passage, passage.text) for passage in untuned.store.get(nearest)])
        for part, hits in zip(PARTS, lists, strict=True):
            ranks[part].append(retrieved_at(case, hits))
    return ranks


def _scores(table: NDArray[np.float32], ranker: Trees) -> list[NDArray[np.float32]]:
    """What each part gives the candidates, but for the published vectors."""
    column = {name: table[:, at] for at, name in enumerate(FEATURES)}
    fused = np.sum([column[name] for name in FUSED], axis=0)
    return [column["words"], column["all"], column["dense"], fused, ranker.score(table)]


def _ordered(passages: Sequence[Passage], scores: NDArray[np.float32]) -> list[Hit]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [_hit(passages[at], passages[at].text) for at in order]


def _hit(passage: Passage, text: str) -> Hit:
    return Hit(passage.paper, text, passage.heading, passage.page)


def _table(name: str, cases: Sequence[Case], ranks: Ranks) -> str:
    """A table with a row for each kind of question and a column for each part."""
    kinds = sorted({case.kind for case in cases})
    rows = [f"| {name} | n | {' | '.join(PARTS)} |", "|---|---" + "|---" * len(PARTS) + "|"]
    for kind in [*kinds, None]:
        chosen = [at for at, case in enumerate(cases) if kind in (None, case.kind)]
        shares = [_shares([ranks[part][at] for at in chosen]) for part in PARTS]
        rows.append(f"| {kind or '**all**'} | {len(chosen)} | {' | '.join(shares)} |")
    return "\n".join(rows)


def _shares(ranks: Sequence[int | None]) -> str:
    first, five = (sum(rank is not None and rank <= k for rank in ranks) for k in (1, 5))
    return f"{100 * first / len(ranks):.0f} / {100 * five / len(ranks):.0f}"


if __name__ == "__main__":
    sys.exit(main())
