"""What each learned part adds: `python -m evals.ablation` writes `docs/ablation.md`.

The first turns of every suite that is there are ranked by one part after another, from the bare
words to what ships; follow-ups are left out, since they would measure the conversation too. Then
all questions are answered without the reader or the verdict.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.build import build_index
from assistant.embedder import Embedder, published_model
from assistant.features import FEATURES
from assistant.index import Index
from assistant.passages import Passage
from assistant.questions import Question
from assistant.reader import Reader, Scored
from assistant.retriever import Hit, candidates
from assistant.trees import Trees
from assistant.verdict import Verdict, bound_spans
from evals.cases import Case
from evals.replies import Hit as Found
from evals.replies import read_row
from evals.scoring import DEPTH, retrieved_at, score
from evals.suites import EVALS, ROOT, Suite, batch_row, find_cases

TABLE = ROOT / "docs" / "ablation.md"
WHAT = """\
What each part of the retrieval adds: Recall@1 / Recall@5 of the evidence in per cent, over the
first turns of each suite, from the bare words to what ships (`python -m evals.ablation`)."""
ANSWERED = """\
What reading and judging add: of all questions, follow-ups too, those answered rightly and cited,
and of those that the papers do not answer the ones refused. Without the reader the spans stand in
the order of their hits; without the verdict all is told that holds a value of the kind and the
period asked for."""
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
    pieces, answered = ["# Ablation", WHAT], [ANSWERED]
    for suite, cases in find_cases([]).items():
        if suite.corpus.is_dir():
            first = [case for case in cases if case.answerable and not case.history]
            pieces.append(_table(suite.name, first, _ranks(suite, first)))
            answered.append(_answered(suite, cases))
    pieces += answered
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


class _Unread(Reader):
    """Leaves the spans in the order of their hits."""

    def read(self, question: Question, hits: Sequence[Hit], index: Index) -> list[Scored]:
        read = super().read(question, hits, index)
        in_order = sorted(
            read, key=lambda one: (one.span.hit, one.span.passage.key, one.span.start)
        )
        return [replace(one, score=float(-at)) for at, one in enumerate(in_order)]


class _Unjudged(Verdict):
    """Lets everything pass that can answer."""

    def answering(
        self, question: Question, hits: Sequence[Hit], spans: Sequence[Scored]
    ) -> list[Scored]:
        return bound_spans(spans)


def _answered(suite: Suite, cases: Sequence[Case]) -> str:
    """A table of what is answered rightly, and refused, without the parts that read and judge."""
    assistant = Assistant.open(suite.index)
    without: dict[str, tuple[Reader, Verdict]] = {
        "neither": (_Unread(), _Unjudged()),
        "no verdict": (Reader(), _Unjudged()),
        "as it ships": (Reader(), Verdict()),
    }
    passed: dict[str, list[bool]] = {}
    for name, (reader, verdict) in without.items():
        assistant.reader, assistant.verdict = reader, verdict
        replies = (
            read_row(assistant.answer_row(batch_row(case), hits=DEPTH))
            for case in tqdm(cases, desc=f"{suite.name}, {name}")
        )
        passed[name] = [score(*one).passed for one in zip(cases, replies, strict=True)]
    rows = [
        f"| {suite.name} | n | {' | '.join(without)} |",
        "|---|---" + "|---" * len(without) + "|",
    ]
    for kind in sorted({case.kind for case in cases}):
        of_kind = [at for at, case in enumerate(cases) if case.kind == kind]
        right = [str(sum(passed[name][at] for at in of_kind)) for name in without]
        rows.append(f"| {kind} | {len(of_kind)} | {' | '.join(right)} |")
    return "\n".join(rows)


def _scores(table: NDArray[np.float32], ranker: Trees) -> list[NDArray[np.float32]]:
    """What each part gives the candidates, but for the published vectors."""
    column = {name: table[:, at] for at, name in enumerate(FEATURES)}
    fused = np.sum([column[name] for name in FUSED], axis=0)
    return [column["words"], column["all"], column["dense"], fused, ranker.score(table)]


def _ordered(passages: Sequence[Passage], scores: NDArray[np.float32]) -> list[Found]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [_hit(passages[at], passages[at].text) for at in order]


def _hit(passage: Passage, text: str) -> Found:
    return Found(passage.paper, text, passage.heading, passage.page)


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
