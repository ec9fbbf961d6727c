"""The measures of a set of scored cases, and the plain tables that show them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from evals.cases import Kind
from evals.scoring import DEPTH, Score, Stage


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts over a set of cases; a share is a count over `answerable` or `unanswerable`."""

    cases: int
    answerable: int
    recall_at_1: int
    recall_at_5: int
    recall_at_10: int
    recall_at_50: int
    mrr: float
    cited: int
    right: int
    right_and_cited: int
    refused_wrongly: int
    unanswerable: int
    refused_rightly: int
    unsupported: int
    pages: int
    pages_right: int
    median_ms: float
    p95_ms: float


def measure(scores: Sequence[Score]) -> Measures:
    """Return the measures of these scores; right and cited count answerable cases only."""
    asked = [s for s in scores if s.case.answerable]
    ranks = [s.rank for s in asked if s.rank is not None]
    times = sorted(s.reply.milliseconds for s in scores)
    return Measures(
        cases=len(scores),
        answerable=len(asked),
        recall_at_1=sum(rank <= 1 for rank in ranks),
        recall_at_5=sum(rank <= 5 for rank in ranks),
        recall_at_10=sum(rank <= 10 for rank in ranks),
        recall_at_50=sum(rank <= DEPTH for rank in ranks),
        mrr=sum(1 / rank for rank in ranks) / len(asked) if asked else 0.0,
        cited=sum(s.cited for s in asked),
        right=sum(s.right for s in asked),
        right_and_cited=sum(s.passed for s in asked),
        refused_wrongly=sum(s.reply.refused for s in asked),
        unanswerable=len(scores) - len(asked),
        refused_rightly=sum(s.passed for s in scores if not s.case.answerable),
        unsupported=sum(len(s.unsupported) for s in scores),
        pages=sum(s.pages for s in asked),
        pages_right=sum(s.pages_right for s in asked),
        median_ms=median(times) if times else 0.0,
        p95_ms=times[math.ceil(0.95 * len(times)) - 1] if times else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of text; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = (self.columns, *self.rows)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join([self.title, *(_aligned(line, widths) for line in lines)])


def _aligned(line: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join([f"  {first}", *rest]).rstrip()


def suite_table(suites: dict[str, Sequence[Score]]) -> Table:
    """Return every measure, one a row, with a column for each suite."""
    columns = [_spelled(measure(scores)) for scores in suites.values()]
    rows = tuple((name, *(column[name] for column in columns)) for name in _spelled(measure([])))
    return Table("Measures", ("", *suites), rows)


def _spelled(m: Measures) -> dict[str, str]:
    return {
        "cases": str(m.cases),
        "Recall@1": _share(m.recall_at_1, m.answerable),
        "Recall@5": _share(m.recall_at_5, m.answerable),
        "Recall@10": _share(m.recall_at_10, m.answerable),
        f"Recall@{DEPTH}": _share(m.recall_at_50, m.answerable),
        "MRR": f"{m.mrr:.3f}",
        "cited": _share(m.cited, m.answerable),
        "right": _share(m.right, m.answerable),
        "right and cited": _share(m.right_and_cited, m.answerable),
        "refused wrongly": _share(m.refused_wrongly, m.answerable),
        "refused rightly": _share(m.refused_rightly, m.unanswerable),
        "unsupported figures": str(m.unsupported),
        "right PDF page": _share(m.pages_right, m.pages),
        "median ms": f"{m.median_ms:.0f}",
        "p95 ms": f"{m.p95_ms:.0f}",
    }


def _share(count: int, of: int) -> str:
    return f"{count} of {of} {count / of:4.0%}" if of else "-"


_KIND_COLUMNS = (
    *("kind", "cases", "first", "in 5", "in 10", f"in {DEPTH}", "MRR", "cited", "right", "both"),
    *("ref.wrong", "ref.right", "unsup.", "page", "median ms", "p95 ms"),
)


def kind_table(suite: str, scores: Sequence[Score]) -> Table:
    """Return the stages of each kind of question: retrieved, at which rank, chosen, shown."""
    rows = [
        _kind_row(kind, measure(of_kind))
        for kind in Kind
        if (of_kind := [s for s in scores if s.case.kind is kind])
    ]
    return Table(f"{suite}, by kind", _KIND_COLUMNS, (*rows, _kind_row("all", measure(scores))))


def _kind_row(name: str, m: Measures) -> tuple[str, ...]:
    asked = (m.recall_at_1, m.recall_at_5, m.recall_at_10, m.recall_at_50, f"{m.mrr:.2f}")
    answered = (m.cited, m.right, m.right_and_cited, m.refused_wrongly)
    return (
        name,
        str(m.cases),
        *(str(value) if m.answerable else "-" for value in (*asked, *answered)),
        str(m.refused_rightly) if m.unanswerable else "-",
        str(m.unsupported),
        f"{m.pages_right}/{m.pages}" if m.pages else "-",
        f"{m.median_ms:.0f}",
        f"{m.p95_ms:.0f}",
    )


def stage_table(suites: dict[str, Sequence[Score]]) -> Table:
    """Return how many cases failed at each stage, by kind, over all suites."""
    scores = [score for of_suite in suites.values() for score in of_suite]
    kinds = [kind for kind in Kind if any(s.case.kind is kind for s in scores)]
    rows = [
        (
            stage,
            *(_count(stage, [s for s in scores if s.case.kind is kind]) for kind in kinds),
            _count(stage, scores),
        )
        for stage in Stage
    ]
    heads = tuple("unansw." if kind is Kind.UNANSWERABLE else str(kind) for kind in kinds)
    return Table("Misses, by the stage that failed", ("stage", *heads, "all"), tuple(rows))


def _count(stage: Stage, scores: Sequence[Score]) -> str:
    count = sum(score.stage is stage for score in scores)
    return str(count) if count else "."
