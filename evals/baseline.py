"""The committed baseline: which cases did well when it was saved, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from evals.measures import Measures, measure
from evals.scoring import Score

ALLOWED = 2  # cases by which a measure may get worse
SAVE = "python -m evals --save"

RIGHT_AND_CITED = "right and cited"
REFUSED_RIGHTLY = "refused rightly"
REFUSED_WRONGLY = "refused wrongly"

# Each measure is the set of cases that it counts, so that a change can be named by its cases.
_COUNTED: dict[str, Callable[[Score], bool]] = {
    RIGHT_AND_CITED: lambda s: s.case.answerable and s.passed,
    "Recall@1": lambda s: s.rank is not None and s.rank <= 1,
    "Recall@5": lambda s: s.rank is not None and s.rank <= 5,
    REFUSED_RIGHTLY: lambda s: not s.case.answerable and s.passed,
    REFUSED_WRONGLY: lambda s: s.case.answerable and s.reply.refused,
}


class BaselineInvalid(AssistantError):
    """Raised for a baseline file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Record:
    """One suite of the baseline: the ids of its cases, and of those that each measure counts."""

    cases: frozenset[str]
    counted: dict[str, frozenset[str]]
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure of one suite moved, over the cases in both the baseline and this run."""

    suite: str
    measure: str
    before: int
    now: int
    worse: tuple[Score, ...]
    better: tuple[Score, ...]

    @property
    def too_far(self) -> bool:
        """Whether the measure got worse by more cases than are allowed."""
        return len(self.worse) - len(self.better) > ALLOWED

    def __str__(self) -> str:
        named = ", ".join(f"{s.case.id} ({_how(self.measure, s)})" for s in self.worse)
        return f"{self.suite}: {self.measure} went from {self.before} to {self.now}; worse: {named}"


def _how(name: str, score: Score) -> str:
    if name.startswith("Recall"):
        return f"rank {score.rank}" if score.rank else "not retrieved"
    return score.failing


def record(scores: Sequence[Score]) -> Record:
    """Return what the baseline keeps of a suite: counts and case ids, no words of any paper."""
    counted = {name: _ids(filter(counts, scores)) for name, counts in _COUNTED.items()}
    return Record(_ids(scores), counted, _kept(measure(scores)))


def _ids(scores: Iterable[Score]) -> frozenset[str]:
    return frozenset(score.case.id for score in scores)


def _kept(m: Measures) -> dict[str, float]:
    # Milliseconds belong to a machine, so a baseline kept with the code leaves them out.
    return {
        "cases": m.cases,
        "answerable": m.answerable,
        "Recall@1": m.recall_at_1,
        "Recall@5": m.recall_at_5,
        "Recall@10": m.recall_at_10,
        "MRR": round(m.mrr, 3),
        "right": m.right,
        "cited": m.cited,
        RIGHT_AND_CITED: m.right_and_cited,
        REFUSED_RIGHTLY: m.refused_rightly,
        REFUSED_WRONGLY: m.refused_wrongly,
        "unsupported figures": m.unsupported,
        "citations with a page": m.pages,
        "right PDF page": m.pages_right,
    }


def compare(suite: str, before: Record, scores: Sequence[Score]) -> tuple[Change, ...]:
    """Return the change of each measure since the baseline."""
    known = [score for score in scores if score.case.id in before.cases]
    return tuple(_change(suite, name, before.counted[name], known) for name in _COUNTED)


def _change(suite: str, name: str, counted: frozenset[str], known: Sequence[Score]) -> Change:
    counts = _COUNTED[name]
    gained = tuple(s for s in known if counts(s) and s.case.id not in counted)
    lost = tuple(s for s in known if not counts(s) and s.case.id in counted)
    before, now = sum(s.case.id in counted for s in known), sum(map(counts, known))
    worse, better = (gained, lost) if name == REFUSED_WRONGLY else (lost, gained)
    return Change(suite, name, before, now, worse, better)


def read_baseline(path: Path) -> dict[str, Record]:
    """Return the records of the suites, none where no baseline was saved yet."""
    if not path.exists():
        return {}
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BaselineInvalid(f"{path}: cannot be read ({problem}); type `{SAVE}`") from problem
    if not isinstance(raw, dict):
        raise BaselineInvalid(f"{path}: holds no suites; type `{SAVE}`")
    return {suite: _record(f"{path}: {suite}", entry) for suite, entry in raw.items()}


def _record(where: str, entry: object) -> Record:
    if not isinstance(entry, dict) or not isinstance(entry.get("measures"), dict):
        raise BaselineInvalid(f"{where}: holds no measures; type `{SAVE}`")
    for name in ("cases", *_COUNTED):
        if not isinstance(entry.get(name), list):
            raise BaselineInvalid(f"{where}: holds no list '{name}'; type `{SAVE}`")
    counted = {name: frozenset(entry[name]) for name in _COUNTED}
    return Record(frozenset(entry["cases"]), counted, entry["measures"])


def save_baseline(path: Path, records: dict[str, Record]) -> None:
    """Write the records, keeping those of suites that were not run."""
    entries = {
        suite: {
            "measures": kept.measures,
            "cases": sorted(kept.cases),
            **{name: sorted(ids) for name, ids in kept.counted.items()},
        }
        for suite, kept in (read_baseline(path) | records).items()
    }
    path.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
