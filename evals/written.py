"""Where a question's evidence stands: as quoted words, or as cells of a page that were named.

The questions of `written-*.jsonl` are ours: over tables of the papers that are there as PDF, in
other words than the papers', and follow-ups as they are typed. Their evidence is named by page and
by cells or runs of a few words, since the papers' sentences stay with their councils.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.conversation import Turn
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.spans import Span
from evals.scoring import bears, holds
from evals.suites import EVALS
from evals.wording import words

MOST = 0.8  # of the words of a quote or of a row


@dataclass(frozen=True, slots=True)
class Quote:
    """Evidence as the words of a paper, folded."""

    words: tuple[str, ...]

    def is_borne_by(self, passage: Passage) -> bool:
        """Whether a passage is the evidence; of a row, whose words a PDF scatters, in any order.

        The row holds every number of the quote and most of its words, or is itself most of it.
        """
        if passage.kind is not Kind.TABLE_ROW:
            return bears(self.words, passage.text)
        own, wanted = set(words(passage.text)), set(self.words)
        held = own.union(words(passage.heading))
        numbers = {word for word in wanted if word[:1].isdigit()}
        is_held = numbers <= own and len(wanted & held) >= MOST * len(wanted)
        is_part = len(own) > 3 and len(own & wanted) >= MOST * len(own)
        return bool(numbers) and (is_held or is_part)

    def is_part(self, span: Span) -> bool:
        """Whether a span is part of the evidence or holds it."""
        found = words(span.text)
        if holds(self.words, found) or (len(found) > 2 and holds(found, self.words)):
            return True
        return span.passage.kind is Kind.TABLE_ROW and self.is_borne_by(span.passage)


@dataclass(frozen=True, slots=True)
class Cells:
    """Evidence as groups of cells or runs of words; a passage of the page that holds one is it."""

    page: int | None  # None where the paper has none
    groups: tuple[tuple[str, ...], ...]
    answers: tuple[str, ...]

    def is_borne_by(self, passage: Passage) -> bool:
        """Whether a passage stands on the page and holds all of one group."""
        if self.page and passage.page != self.page:
            return False
        held = _folded(f"{passage.text} {passage.heading}")
        return any(all(text in held for text in group) for group in self.groups)

    def is_part(self, span: Span) -> bool:
        """Whether a span is the row, or the sentence with an answer, that the groups stand in."""
        if not self.is_borne_by(span.passage):
            return False
        is_row = span.passage.kind is Kind.TABLE_ROW
        return is_row or any(answer in _folded(span.text) for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Written:
    """One question of ours."""

    question: str
    kind: str
    paper: str  # below the folder of training papers
    evidence: Cells
    answers: tuple[str, ...]
    turns: tuple[Turn, ...]


def read_written(training: Path, *, traps: bool = False) -> Iterator[Written]:
    """The questions that their papers answer, with the papers as the training folder has them.

    With `traps` those that they do not answer, with what stands there instead as evidence.
    """
    places = {paper.stem: paper.parent.name for paper in (training / "papers").glob("*/*")}
    for file in sorted(EVALS.glob("written-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            paper = Path(row["paper"])
            if bool(row.get("trap")) is not traps or paper.stem not in places:
                continue
            answers = tuple([row["answer"]] if isinstance(row["answer"], str) else row["answer"])
            groups = tuple(tuple(map(_folded, group)) for group in row["holds"])
            evidence = Cells(row["page"], groups, tuple(map(_folded, answers)))
            place = f"{places[paper.stem]}/{paper.name}"
            turns = tuple(Turn(turn["user"], turn["assistant"]) for turn in row.get("history", ()))
            yield Written(row["question"], row["kind"], place, evidence, answers, turns)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
