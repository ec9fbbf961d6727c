"""The training of the ranker, the reader and the verdict: `python -m evals.training`.

They learn from the pairs of `../shared/training`, the answered twins of its near misses, its
follow-ups, and the questions that we wrote over the same papers (`written-*.jsonl`); of papers that
are there as PDF too, from the PDF, whose tables have rows.
Each is validated on papers that it was not trained on, one folder of councils left out at a
time; the reader learns from the hits that the papers of an unseen council would have got, and
both from the vectors of a model that was tuned on other papers: `python -m evals.embedding`
comes first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant import coverage
from assistant.conversation import Turn, make_whole
from assistant.coverage import held_of
from assistant.embedder import Embedder
from assistant.expecting import Expecting, learn
from assistant.features import FEATURES
from assistant.index import Index
from assistant.nearness import places_of
from assistant.passages import Passage
from assistant.questions import Question, understand
from assistant.reader import READ, Scored, span_table
from assistant.retriever import Hit, candidates, stretched
from assistant.scope import holding
from assistant.spans import SPAN_FEATURES, Span
from assistant.traits import Traits
from assistant.trees import Trees
from assistant.verdict import bound_spans, verdict_features
from evals import judging
from evals.embedding import half_index, half_of, published
from evals.judging import BOOSTING, ELSEWHERE, NEAR, TAKEN_OUT, WIDEST, Judged
from evals.scoring import holds, same_paper
from evals.suites import SHARED
from evals.wording import words
from evals.written import Cells, Quote, Written, read_written

Table = NDArray[np.float32]
Labels = NDArray[np.int32]

RANKING: dict[str, object] = {
    **BOOSTING,
    "objective": "lambdarank",
    "lambdarank_truncation_level": 10,
    "learning_rate": 0.05,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.7,
}
ROUNDS = 300

LONG = 10  # words of an answer that is a sentence
# Of a passage that may well answer too, though the pair does not name it, nothing is learned.
UNSURE = -1
# Words of a quote that another paper holds by no chance, and how much less of the question a
# passage may hold than the evidence to be in doubt
TELLING_QUOTE, TELLING_WORDS, TELLING_LETTERS = 6, 3, 6
LESS_COVERED = 0.1
# Of the questions that are asked where they are not answered
ONE_IN = 5
_PERCENT = re.compile(r"\d\s?%|per ?cent", re.I)
_MONEY = re.compile(r"[£€]\s?\d|\bmillion\b", re.I)
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:19|20)\d\d(?:[-/]\d+)?\b",
    re.I,
)
_NUMBER = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|once|half)\b",
    re.I,
)
_WHO = re.compile(r"who\b|whom\b|whose\b", re.I)


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the training sets."""

    question: str
    paper: str
    evidence: Quote | Cells
    answers: tuple[tuple[str, ...], ...]  # any of them answers
    holds: tuple[bool, ...]  # which of `EXPECTED` the answer holds
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with the rows that a model scores and their labels."""

    group: str  # folder of the paper, left out together in validation
    table: Table
    labels: Labels

    def sure(self) -> Lesson:
        """The lesson without the rows that are in doubt."""
        kept = self.labels != UNSURE
        return Lesson(self.group, self.table[kept], self.labels[kept])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the index of the training papers."""

    pair: Pair
    index: Index  # of the half of the papers that its own is in
    question: Question
    passages: tuple[Passage, ...]
    traits: tuple[Traits, ...]
    lesson: Lesson
    lacking: str = ""  # why the index does not answer it, as `judging` has it


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a question: the spans of its hits, with what they teach the reader."""

    asked: Asked
    hits: list[Hit]
    spans: list[Span]
    lesson: Lesson


def main() -> int:
    """Learns, reports and writes the models; returns the exit code."""
    training = SHARED / "training"
    if not training.is_dir():
        print(f"{training}: not there; the models in the repository stay", file=sys.stderr)
        return 2
    pairs = read_pairs(training)
    halves = [half_index(half) for half in (0, 1)]
    seen = [
        _seen([p for p in pairs if half_of(p.paper) == half], halves[half][0]) for half in (0, 1)
    ]
    asked = []
    for half, (index, embedder) in enumerate(halves):
        own = [pair for pair in pairs if half_of(pair.paper) == half]
        coverage.save(coverage.learn(seen[1 - half]))
        expecting = _expecting([pair for pair in pairs if pair not in own], embedder)
        ask = partial(_ask, embedder=embedder, expecting=expecting)
        asked += [ask(pair, index) for pair in tqdm(own, desc="Asking")]
        lacking = list(lacking_of(pairs, read_near_misses(training), half, index))
        asked += [
            one
            for kind, pair, within in tqdm(lacking, desc="Asking what is not there")
            if not _is_answered(one := replace(ask(pair, within), lacking=kind))
        ]
    coverage.save(coverage.learn([*seen[0], *seen[1]]))
    _expecting(pairs, Embedder()).save()
    lessons = [one.lesson for one in asked if (one.lesson.labels > 0).any() and not one.lacking]
    boosters = _left_out(lessons, FEATURES)
    _tell("ranker", lessons, boosters)
    flatten(_fit(lessons, FEATURES)).save("ranker")
    hits = [_ranked(one, boosters[one.lesson.group]) for one in asked]
    read = [_read(one, found) for one, found in zip(asked, hits, strict=True) if found]
    lessons = [one.lesson for one in read if one.lesson.labels.any() and not one.asked.lacking]
    boosters = _left_out(lessons, SPAN_FEATURES)
    _tell("reader", lessons, boosters)
    flatten(_fit(lessons, SPAN_FEATURES)).save("reader")
    judged = list(filter(None, (_judged(one, boosters[one.lesson.group]) for one in read)))
    judging.tell(judged)
    flatten(judging.fit(judged)).save("verdict")
    return 0


def read_pairs(training: Path) -> list[Pair]:
    """The pairs, the twins of the near misses, which their passage does answer, follow-ups, ours.

    Follow-ups are taken as they were typed, after the turns before, and as the question made whole.
    """
    pairs = []
    for name, asked, said in (
        ("pairs", "question", "answer"),
        ("near-misses", "twin", "twin_answer"),
        ("followups", "standalone", "answer"),
        ("followups", "question", "answer"),
    ):
        for line in (training / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            # A question that was made whole needs no turns before it.
            history = row.get("history", []) if asked == "question" else []
            if row.get("quote") and (history or name != "followups" or asked != "question"):
                pairs.append(_pair(row, row[asked], row[said], history))
    return pairs + [_of_ours(one) for one in read_written(training)]


def read_near_misses(training: Path) -> list[Pair]:
    """The near misses and our traps, each with the passage that all but answers it."""
    lines = (training / "near-misses.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [_pair(row, row["question"], row["twin_answer"], ()) for row in map(json.loads, lines)]
    pairs += [_of_ours(one) for one in read_written(training, traps=True)]
    return [replace(pair, answers=()) for pair in pairs]


def _of_ours(one: Written) -> Pair:
    held = _holds(one.answers[0], is_person=one.kind == "person")
    answers = tuple(map(words, one.answers))
    return Pair(one.question, one.paper, one.evidence, answers, held, one.turns)


def _pair(
    row: Mapping[str, str], question: str, answer: str, history: Sequence[Mapping[str, str]]
) -> Pair:
    paper = Path(row["paper"])
    if paper.stem in published():
        paper = paper.with_suffix(".pdf")
    is_person = row.get("kind") == "person" or bool(_WHO.match(question))
    return Pair(
        question,
        str(paper),
        Quote(words(row["quote"])),
        (words(answer),),
        _holds(answer, is_person=is_person),
        tuple(Turn(turn["user"], turn["assistant"]) for turn in history),
    )


def _holds(answer: str, *, is_person: bool) -> tuple[bool, ...]:
    """Which of `EXPECTED` an answer holds: a year in it is a date, and no count."""
    size = len(answer.split())
    percentage, money = bool(_PERCENT.search(answer)), bool(_MONEY.search(answer))
    date = bool(_DATE.search(answer)) and not percentage and not money and size < LONG
    number = bool(_NUMBER.search(_DATE.sub("", answer))) and not date
    return percentage, money, number, date, is_person, size >= LONG


def _expecting(pairs: Sequence[Pair], embedder: Embedder) -> Expecting:
    pairs = [pair for pair in pairs if not pair.turns]
    vectors = embedder.embed([pair.question for pair in pairs])
    holds = np.asarray([pair.holds for pair in pairs], dtype=np.float64)
    return learn(vectors, holds, embedder.name)


def _seen(pairs: Sequence[Pair], index: Index) -> list[tuple[str, bool]]:
    """The terms of questions, each with whether the evidence and what is above it hold it."""
    papers: dict[str, list[Passage]] = {}
    for passage in index.store.every():
        papers.setdefault(passage.paper, []).append(passage)
    seen = []
    for pair in pairs:
        if pair.turns:
            continue
        keys = [p.key for p in _of(pair, papers) if pair.evidence.is_borne_by(p)]
        question = understand(pair.question, index.glossary, index.words)
        held = set().union(*({*one.terms} | one.beside for one in index.store.traits(keys)))
        found = held_of(question.own, held, question.alternates)
        seen += [(term, term in found) for term in question.own if keys]
    return seen


def _of(pair: Pair, papers: Mapping[str, list[Passage]]) -> list[Passage]:
    return [p for path, held in papers.items() if same_paper(pair.paper, path) for p in held]


def _ask(pair: Pair, index: Index, *, embedder: Embedder, expecting: Expecting) -> Asked:
    whole = make_whole(pair.question, pair.turns)
    vector = embedder.embed([whole.text])
    expected = expecting.expect(vector[0], embedder.name)
    question = understand(whole.core, index.glossary, index.words, whole.lent)
    question = replace(question, expected=expected, places=places_of(whole, index))
    passages, traits, table = candidates(question, vector, index)
    labels = labels_of(pair, passages, table[:, FEATURES.index("covered_all")])
    lesson = Lesson(pair.paper.split("/")[0], table, labels)
    return Asked(pair, index, question, tuple(passages), tuple(traits), lesson)


def labels_of(pair: Pair, passages: Sequence[Passage], covered: Table) -> Labels:
    """1 for the evidence, also where another paper says it word for word, 0 for what is none.

    `UNSURE` for what holds the answer and as much of the question as the evidence does: papers
    repeat each other, and the pairs name one of them ("RocketQA", Qu and others, NAACL 2021).
    """
    named = [same_paper(pair.paper, p.paper) and pair.evidence.is_borne_by(p) for p in passages]
    labels = np.array(named, dtype=np.int32)
    if not any(named):
        return labels
    enough = covered[labels > 0].max() - LESS_COVERED
    quote = pair.evidence.words if isinstance(pair.evidence, Quote) else ()
    for at, passage in enumerate(passages):
        if not named[at]:
            said = words(passage.text)
            if len(quote) >= TELLING_QUOTE and holds(quote, said):
                labels[at] = 1
            elif covered[at] >= enough and _is_told(pair, said):
                labels[at] = UNSURE
    return labels


def _is_told(pair: Pair, said: tuple[str, ...]) -> bool:
    """Whether words hold an answer that is long enough to stand there by no chance."""
    return any(
        (len(answer) >= TELLING_WORDS or len("".join(answer)) >= TELLING_LETTERS)
        and holds(answer, said)
        for answer in pair.answers
    )


def _ranked(one: Asked, booster: lightgbm.Booster) -> list[Hit]:
    scores = np.asarray(booster.predict(one.lesson.table))
    return stretched(one.passages, one.traits, one.lesson.table, scores, one.index, READ)


def _read(one: Asked, hits: list[Hit]) -> Read:
    """The spans of a question's hits: 2 for one that holds the answer, 1 for other evidence."""
    spans, table = span_table(one.question, hits, one.index)
    labels = []
    for span in spans:
        near = same_paper(one.pair.paper, span.passage.paper) and one.pair.evidence.is_part(span)
        told = any(holds(answer, words(span.text)) for answer in one.pair.answers)
        labels.append((1 + told) if near else 0)
    return Read(one, hits, spans, Lesson(one.lesson.group, table, np.asarray(labels, np.int32)))


def _judged(read: Read, booster: lightgbm.Booster) -> Judged | None:
    """What a question teaches the verdict; nothing where something else than its evidence is told,
    or where no words can answer it at all.
    """
    one, table = read.asked, read.lesson.table
    scores = np.asarray(booster.predict(table))
    order = np.argsort(-scores, kind="stable")
    spans = [Scored(read.spans[at], float(scores[at]), table[at]) for at in order]
    row = verdict_features(one.question, read.hits, spans)
    # Of follow-ups there are no near misses to learn from.
    if not row or one.question.leans:
        return None
    best = bound_spans(spans)[0].span
    is_told = one.pair.evidence.is_part(best) or _is_told(one.pair, words(best.text))
    return Judged(read.lesson.group, one.lacking, tuple(row)) if one.lacking or is_told else None


def lacking_of(
    pairs: Sequence[Pair], near: Sequence[Pair], half: int, index: Index
) -> Iterator[tuple[str, Pair, Index]]:
    """Questions that a half of the papers does not answer, why, and the index to ask them of.

    They are its near misses, some of those about the other half's councils, and some of its own
    asked of all its papers but the one that answers.
    """
    yield from ((NEAR, pair, index) for pair in near if half_of(pair.paper) == half)
    alone = [pair for pair in pairs if not pair.turns]
    elsewhere = [pair for pair in alone if half_of(pair.paper) != half]
    yield from ((ELSEWHERE, pair, index) for pair in elsewhere[half::ONE_IN])
    records = index.store.records
    for pair in [pair for pair in alone if half_of(pair.paper) == half][half::ONE_IN]:
        rest = [path for path in records if not same_paper(pair.paper, path)]
        keys = [key for path in rest for key in index.store.span(path)]
        yield TAKEN_OUT, pair, holding(index, keys)


def _is_answered(one: Asked) -> bool:
    """Whether what was found for a question that is not to be answered holds its answer after all.

    A near miss is told beside what it asks for.
    """
    quote = one.pair.evidence.words if isinstance(one.pair.evidence, Quote) else ()
    said = [words(passage.text) for passage in one.passages] if one.lacking != NEAR else []
    return any(
        _is_told(one.pair, held) or (len(quote) >= TELLING_QUOTE and holds(quote, held))
        for held in said
    )


def _fit(lessons: Sequence[Lesson], names: Sequence[str]) -> lightgbm.Booster:
    sure = [lesson.sure() for lesson in lessons]
    data = lightgbm.Dataset(
        np.concatenate([lesson.table for lesson in sure]),
        np.concatenate([lesson.labels for lesson in sure]),
        group=[len(lesson.labels) for lesson in sure],
        feature_name=list(names),
    )
    return lightgbm.train(dict(RANKING), data, ROUNDS)


def flatten(booster: lightgbm.Booster) -> Trees:
    """The trees of a LightGBM model as the arrays that the assistant scores with."""
    roots = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    shape = (len(roots), WIDEST)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, leaf = (np.zeros(shape, np.float32) for _ in range(2))
    for number, root in enumerate(roots):
        waiting = [(root, 0)]
        if "split_index" not in root:  # a tree that found nothing to split on
            left[number, 0] = right[number, 0] = -1
            leaf[number, 0] = root["leaf_value"]
            continue
        while waiting:
            node, at = waiting.pop()
            feature[number, at] = node["split_feature"]
            threshold[number, at] = node["threshold"]
            for side, child in ((left, node["left_child"]), (right, node["right_child"])):
                if "split_index" in child:
                    side[number, at] = child["split_index"]
                    waiting.append((child, child["split_index"]))
                else:
                    side[number, at] = -1 - child["leaf_index"]
                    leaf[number, child["leaf_index"]] = child["leaf_value"]
    return Trees(feature, threshold, left, right, leaf)


def _left_out(lessons: Sequence[Lesson], names: Sequence[str]) -> dict[str, lightgbm.Booster]:
    """For each group, the model that learned from all the others."""
    return {
        group: _fit([one for one in lessons if one.group != group], names)
        for group in sorted({lesson.group for lesson in lessons})
    }


def _tell(name: str, lessons: Sequence[Lesson], boosters: Mapping[str, lightgbm.Booster]) -> None:
    """Prints Recall@1 and @5 of each group by the model that did not see it."""
    ranks: dict[str, list[int]] = {}
    for lesson in lessons:
        scores = np.asarray(boosters[lesson.group].predict(lesson.table))
        order = np.argsort(-scores, kind="stable")
        ranks.setdefault(lesson.group, []).append(int(np.argmax(lesson.labels[order] > 0)))
    for group, found in sorted(ranks.items()):
        first, five = (sum(rank < k for rank in found) / len(found) for k in (1, 5))
        print(f"{name} on {group:<15} unseen: Recall@1 {first:.1%} @5 {five:.1%} of {len(found)}")


if __name__ == "__main__":
    sys.exit(main())
